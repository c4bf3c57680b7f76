import { readdirSync, readFileSync } from "node:fs";
import { cli, fixture, someFolder } from "./cli";
import { flowOf, say, state } from "./some-flow";

const folder = someFolder();
afterAll(folder.remove);

async function findingsIn(...args: string[]) {
  const { code, out } = await cli("flows", "lint", "--json", ...args);
  const { files } = JSON.parse(out) as { files: { file: string; findings: Record<string, string>[] }[] };
  return { code, files, findings: files.flatMap(({ findings }) => findings) };
}

describe("flows lint", () => {
  it("explains itself", async () => {
    for (const name of ["lint", "run", "draw"]) {
      expect(await cli("flows", name, "--help")).toMatchObject({ code: 0, out: expect.stringContaining("Usage: ") });
    }
  });

  it("finds nothing in our own sources, strictly", async () => {
    const files = readdirSync("studio-flows").map((name) => `studio-flows/${name}`);
    const { code, out } = await cli("flows", "lint", "--strict", ...files);
    const flows = files.filter((file) => !file.endsWith("addresses.json"));
    expect({ code, out }).toEqual({ code: 0, out: flows.map((file) => `${file}: clean`).join("\n") });
  });

  it.each(["bike-shop", "order-status", "clinic-whatsapp"])(
    "has no error to find in a good export: %s",
    async (name) => {
      const { code, findings } = await findingsIn(fixture(name));
      expect(code).toBe(0);
      expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(findings).toContainEqual(expect.objectContaining({ rule: "account-literal", severity: "note" }));
    },
  );

  it("takes the same SIDs for errors in a source of ours, by flag or by an addresses.json beside it", async () => {
    expect((await findingsIn("--ours", fixture("bike-shop"))).code).toBe(1);
    const copy = folder.write("bike-shop.json", readFileSync(fixture("bike-shop"), "utf8"));
    expect((await findingsIn(copy)).code).toBe(0);
    folder.write("addresses.json", []);
    const { code, findings } = await findingsIn(copy);
    expect(code).toBe(1);
    expect(findings).toContainEqual(expect.objectContaining({ severity: "error", state: "to-workshop" }));
  });

  it("says of a legacy export one thing: what it is, and what its widgets are called now", async () => {
    const { code, findings } = await findingsIn(fixture("before-version-2"));
    expect(code).toBe(1);
    expect(findings).toEqual([expect.objectContaining({ rule: "legacy-export", path: "#" })]);
    expect(findings[0]?.remedy).toContain("MessagePrompt is send-and-wait-for-reply now");
  });

  it.each([
    ["{definition}", { definition: flowOf(say("bye", "Bye")) }],
    ["a whole answer", { sid: "FW1", friendly_name: "Shop", valid: true, definition: flowOf(say("bye", "Bye")) }],
  ])("says of what Studio's REST API answers one thing: how to get at the Flow in it (%s)", async (_, answer) => {
    const { code, findings } = await findingsIn(folder.write("answer.json", answer));
    expect(code).toBe(1);
    expect(findings).toEqual([expect.objectContaining({ rule: "wrapped-flow", severity: "error", path: "#" })]);
    expect(findings[0]?.remedy).toContain("jq .definition");
  });

  it("names everything in a Flow that somebody has invented", async () => {
    const { code, out, err } = await cli("flows", "lint", fixture("invented-widgets"));
    expect(code).toBe(1);
    expect(out).toContain("unknown-widget: hangup is none of [trigger, send-message,");
    expect(out).toContain("at #/states/1/properties/timeout (ask)");
    expect(err).toMatch(/^5 errors, /);
  });

  it("lets warnings pass, unless told to be strict", async () => {
    const file = folder.write("warned.json", flowOf(say("hi", "Hi"), say("lonely", "Hi")));
    expect((await cli("flows", "lint", file)).code).toBe(0);
    expect((await cli("flows", "lint", "--strict", file)).code).toBe(1);
  });

  it("tells the channels of a Flow from its description and from the command", async () => {
    const telegram = { ...flowOf(say("hi", "Hi")), description: "Care channel:telegram" };
    expect((await findingsIn(folder.write("telegram.json", telegram))).findings).toMatchObject([
      { rule: "custom-channel-widget", message: "send-message does not reach telegram" },
    ]);
    const plain = folder.write("plain.json", flowOf(say("hi", "Hi")));
    expect((await findingsIn(plain, "--channel", "sms", "--channel", "viber")).code).toBe(1);
    expect((await findingsIn(plain, "--channel", "sms")).code).toBe(0);
  });

  it("reads several files, and tells them apart", async () => {
    const { files } = await findingsIn(fixture("bike-shop"), fixture("invented-widgets"));
    expect(files.map(({ file, findings }) => [file, findings.length > 0])).toEqual([
      [fixture("bike-shop"), true],
      [fixture("invented-widgets"), true],
    ]);
  });

  it.each([
    [["nowhere.json"], "nowhere.json cannot be read: name a JSON file."],
    [["README.md"], "README.md is not JSON"],
    [[], "missing required argument"],
  ])("calls %j misuse, exit code 2", async (args, words) => {
    const { code, err } = await cli("flows", "lint", ...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  it.each([
    [[]],
    ["text"],
    [{}],
    [{ states: [1, null], initial_state: 7 }],
    [{ states: [{ name: 1, transitions: {} }] }],
  ])("finds %j no Flow, and does not stumble", async (definition) => {
    const { code, findings } = await findingsIn(folder.write("odd.json", JSON.stringify(definition)));
    expect(code).toBe(1);
    expect(findings[0]?.severity).toBe("error");
  });

  it("is done with two thousand widgets in no time", async () => {
    const states = Array.from({ length: 1_999 }, (_, n) =>
      say(`s${n}`, `{{widgets.s${Math.max(0, n - 1)}.outbound.Sid}}`, { sent: `s${n + 1}`, failed: "s1999" }),
    );
    const file = folder.write(
      "large.json",
      flowOf(...states.slice(0, 1_998), state("s1998", "send-message", {}, { from: "B", body: "x" })),
    );
    const startedAt = performance.now();
    await cli("flows", "lint", file);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
