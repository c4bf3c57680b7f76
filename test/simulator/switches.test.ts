import { readFileSync } from "node:fs";
import { readings, switches } from "../../src/simulator/switches";

describe("the switches", () => {
  it("stand in docs/simulator.md, each with its readings, the harsher one first", () => {
    const rows = [...readFileSync("docs/simulator.md", "utf8").matchAll(/^\| `(\w+)` \| (`\w+`, `\w+`) \|/gm)];
    const documented = Object.fromEntries(
      rows.map(([, name, values]) => [name, String(values).replaceAll("`", "").split(", ")]),
    );
    const known = Object.entries(readings).map(([name, values]) => [name, values.map(String)]);
    expect(documented).toEqual(Object.fromEntries(known));
  });

  it("are at their harsher reading, but for those that are set", () => {
    expect(switches({ flexClosesConversationAt: "complete" })).toMatchObject({
      flexClosesConversationAt: "complete",
      studioStaysAfterSendToFlex: true,
    });
  });
});
