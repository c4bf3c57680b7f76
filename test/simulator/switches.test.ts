import { readFileSync } from "node:fs";
import { allAt, readings, switchboard } from "../../src/simulator/switches";

describe("the switches", () => {
  it("stand in docs/simulator.md, each with its readings, the harsher one first", () => {
    const rows = [...readFileSync("docs/simulator.md", "utf8").matchAll(/^\| `(\w+)` \| (`\w+`(?:, `\w+`)+) \|/gm)];
    const documented = Object.fromEntries(
      rows.map(([, name, values]) => [name, String(values).replaceAll("`", "").split(", ")]),
    );
    const known = Object.entries(readings).map(([name, values]) => [name, values.map(String)]);
    expect(documented).toEqual(Object.fromEntries(known));
  });

  it("are at their harsher reading, but for those that are set", () => {
    expect(switchboard({ flexClosesConversationAt: "complete" }).positions).toEqual({
      ...allAt(0),
      flexClosesConversationAt: "complete",
    });
  });

  it("remember which of them a run has asked", () => {
    const { switches, positions, openFacts } = switchboard();
    expect([switches.flexRevivesLeftChannel, positions.flexCloseSendsStateEvent]).toEqual([true, false]);
    expect([...openFacts]).toEqual(["flexRevivesLeftChannel"]);
  });
});
