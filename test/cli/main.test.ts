import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../src/cli/main";
import { validateDefinition } from "../../src/simulator/studio/validate-definition";

/** Runs a command as the program does, and collects what it says. */
async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, { print: (text) => out.push(text), warn: (text) => err.push(text) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = process.env;
beforeEach(() => {
  delete process.env.TWILIO_ACCOUNT_SID;
  delete process.env.TWILIO_AUTH_TOKEN;
});
afterAll(() => {
  if (TWILIO_ACCOUNT_SID) process.env.TWILIO_ACCOUNT_SID = TWILIO_ACCOUNT_SID;
  if (TWILIO_AUTH_TOKEN) process.env.TWILIO_AUTH_TOKEN = TWILIO_AUTH_TOKEN;
});

describe("the command line", () => {
  it.each([
    ["--help"],
    ["start", "--help"],
    ["demo", "--help"],
    ["simulate", "--help"],
    ["flows", "--help"],
    ["flows", "render", "--help"],
    ["hooks", "apply", "--help"],
    ["channels", "--help"],
    ["channels", "telegram", "connect", "--help"],
    ["channels", "viber", "status", "--help"],
    ["sweep", "--help"],
    ["deploy", "--help"],
  ])("explains itself: %s %s", async (...args) => {
    const { code, out } = await run(...args);
    expect(code).toBe(0);
    expect(out).toContain("Usage: flex-conversations");
  });

  it.each([
    [["stat"], "unknown command"],
    [["start", "--prot", "3000"], "unknown option"],
    [["start", "--port", "many"], "a port is a number"],
    [["start", "--switch", "nonsense=true"], 'there is no switch "nonsense". There is: studioStays'],
    [["demo", "--switch", "interactionCreateStatus=418"], "interactionCreateStatus reads 201 or 200"],
    [["demo", "--channel", "telegraph"], "Allowed choices are sms, mms, whatsapp, messenger"],
    [["demo", "--channel", "mms", "--story", "sms"], 'There is no story "sms". There is: mms.'],
    [["demo", "--story", "nonsense"], 'There is no story "nonsense". There is: sms,'],
    [["simulate", "--port", "many"], "a port is a number"],
    [["simulate", "--seeds", "nowhere.json"], "nowhere.json cannot be read: name a JSON file with --seeds."],
    [["start", "--seeds", "README.md"], "README.md is not JSON"],
    [["demo", "--seeds", "package.json"], 'package.json cannot be used:\nThe file has no "name", '],
    [["flows", "render"], "missing required argument"],
    [["flows", "render", "telegraph"], 'There is no Flow "telegraph" in studio-flows. There is: '],
    [["flows", "render", "sms"], "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"],
    [["flows", "render", "sms", "--directory", "nowhere"], "There is no"],
    [["hooks", "apply"], "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"],
    [["channels", "telegraph", "status"], "unknown command"],
    [["channels", "telegram", "status"], "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"],
    [["deploy"], "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"],
  ])("calls %j misuse, exit code 2, and says what to do", async (args, words) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

describe("flows render", () => {
  it("prints what Studio imports, resolved against the account", async () => {
    const { code, out } = await run("flows", "render", "sms", "--simulated");
    expect(code).toBe(0);
    expect(validateDefinition(JSON.parse(out))).toEqual([]);
    expect(out).not.toContain("${");
    expect(out).toContain("https://flex-conversations-1234-dev.twil.io/studio/customer-context");
  });

  it("takes another host for the Functions", async () => {
    const { out } = await run("flows", "render", "sms", "--simulated", "--domain", "care-1-prod.twil.io");
    expect(out).toContain("https://care-1-prod.twil.io/studio/opening-hours");
  });

  it("says what there is when a name is not in the account", async () => {
    const folder = mkdtempSync(join(tmpdir(), "flows-"));
    const flow = { states: [{ name: "a", w: "${workflow:Nobody}" }], initial_state: "a" };
    writeFileSync(join(folder, "lost.json"), JSON.stringify(flow));
    const { code, err } = await run("flows", "render", "lost", "--simulated", "--directory", folder);
    rmSync(folder, { recursive: true });
    expect(code).toBe(2);
    expect(err).toBe('There is no Workflow "Nobody" in this account. There is: Assign to Anyone.');
  });
});

describe("demo", () => {
  it("plays a story and prints it as one JSON document", async () => {
    const { code, out } = await run("demo", "--story", "sms", "--json");
    expect(code).toBe(0);
    const { stories } = JSON.parse(out);
    expect(stories).toEqual([expect.objectContaining({ name: "sms", ok: true })]);
    const kinds = stories[0].steps.map(({ kind }: { kind: string }) => kind);
    for (const kind of [
      "customer",
      "webhook",
      "widget",
      "function",
      "rest",
      "interaction",
      "task",
      "reservation",
      "agent",
    ]) {
      expect(kinds).toContain(kind);
    }
    expect(stories[0].calls["/studio/opening-hours"]).toEqual({
      count: 1,
      most: 1,
      mostSequential: 1,
      mostOfPlatforms: 0,
    });
    expect(stories[0].steps[0]).toEqual(
      expect.objectContaining({ kind: "customer", at: expect.stringMatching(/^\d{4}-/) }),
    );
  });
});

describe("demo --channel", () => {
  it.each(["mms", "whatsapp", "messenger"])("plays the stories of %s alone", async (channel) => {
    const { code, out } = await run("demo", "--channel", channel, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out).stories).toEqual([expect.objectContaining({ name: channel, ok: true })]);
  });
});

describe("a broken Flow file", () => {
  it("is named with the place and the reason, before anything runs", async () => {
    const root = mkdtempSync(join(tmpdir(), "project-"));
    mkdirSync(join(root, "studio-flows"));
    copyFileSync("studio-flows/addresses.json", join(root, "studio-flows/addresses.json"));
    const definition = {
      states: [
        { name: "Trigger", type: "trigger", properties: {}, transitions: [{ event: "incomingMessage", next: "lost" }] },
      ],
      initial_state: "Trigger",
    };
    writeFileSync(join(root, "studio-flows/sms.json"), JSON.stringify(definition));
    const { openContactCentre } = await import("../../src/cli/offline/contact-centre");
    const { readFlows } = await import("../../src/cli/read-flows");
    const opening = openContactCentre({ flows: readFlows(join(root, "studio-flows")), processes: 1 });
    await expect(opening).rejects.toThrow(
      /studio-flows\/sms\.json #: Studio refused it: .*#\/states\/0\/transitions\/0/,
    );
    rmSync(root, { recursive: true });
  });
});
