import { main } from "../../src/cli/main";
import { useContactCentre } from "../support/contact-centre";

/** At the present: the command works by the clock of the machine it runs on. */
const centre = useContactCentre({ processes: 1, whenOpen: false });

/** Runs the command as the program does, and collects what it says. */
async function sweep(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(["sweep", ...args], { print: (text) => out.push(text), warn: (text) => err.push(text) });
  await centre.simulator.settled();
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = process.env;
beforeEach(() => {
  const { sid, authToken } = centre.simulator.account;
  process.env.TWILIO_ACCOUNT_SID = sid;
  process.env.TWILIO_AUTH_TOKEN = authToken;
});
afterAll(() => {
  process.env.TWILIO_ACCOUNT_SID = TWILIO_ACCOUNT_SID;
  process.env.TWILIO_AUTH_TOKEN = TWILIO_AUTH_TOKEN;
});

/** As `deploy` leaves them in the account. */
async function setVariables(variables: Record<string, string>): Promise<void> {
  const { services } = centre.twilio.serverless.v1;
  for (const { sid: service } of await services.list()) {
    for (const { sid } of await services(service).environments.list()) {
      const rows = services(service).environments(sid).variables;
      for (const [key, value] of Object.entries(variables)) await rows.create({ key, value });
    }
  }
}

/** An outbound call died after its first step, some minutes ago. */
async function halfMade(name: string): Promise<string> {
  const dateCreated = new Date(Date.now() - 10 * 60_000);
  return (await centre.twilio.conversations.v1.conversations.create({ uniqueName: `outbound.${name}`, dateCreated }))
    .sid;
}

describe("flex-conversations sweep, before a deployment has set the variables", () => {
  it("exits 2 where the deployed Functions lack a variable, and names it", async () => {
    const { code, err } = await sweep();
    expect(code).toBe(2);
    expect(err).toContain("FLEX_WORKSPACE_SID");
  });
});

describe("flex-conversations sweep", () => {
  beforeAll(async () => {
    const { workspace, workflows } = centre.simulator.world().taskrouter;
    await setVariables({ FLEX_WORKSPACE_SID: workspace.sid, FLEX_WORKFLOW_SID: [...workflows.keys()][0] ?? "" });
  });

  it("exits 0 where there is nothing to do", async () => {
    expect(await sweep()).toEqual({
      code: 0,
      out: "Looked at 0 Conversations and Tasks: 0 problems, 0 repaired.",
      err: "",
    });
  });

  it("tells what it finds and exits 1, repairs it with --fix and exits 0, and finds nothing more", async () => {
    const sid = await halfMade("a");
    const told = await sweep();
    expect(told.code).toBe(1);
    expect(told.out).toMatch(new RegExp(`${sid}\\s+no-document\\s+adopt\\s+no`));
    expect(centre.state().conversations[0]?.state).toBe("active");
    const fixed = await sweep("--fix");
    expect(fixed.code).toBe(0);
    expect(fixed.out).toMatch(new RegExp(`${sid}\\s+no-document\\s+adopt\\s+yes`));
    expect(centre.state().conversations[0]?.state).toBe("closed");
    expect((await sweep("--fix")).out).toContain("0 problems");
  });

  it("goes through all pages, and prints one JSON document for programs", async () => {
    for (let i = 0; i < 23; i += 1) await halfMade(String(i));
    const { code, out } = await sweep("--json");
    expect(code).toBe(1);
    const { checked, found } = JSON.parse(out) as { checked: number; found: object[] };
    expect(checked).toBe(23);
    expect(found).toHaveLength(23);
    const fixed = await sweep("--fix");
    expect(fixed.code).toBe(0);
    expect(fixed.out).toContain("23 problems, 23 repaired");
    expect(found[0]).toEqual({
      conversationSid: expect.any(String),
      problem: "no-document",
      action: "adopt",
      done: false,
    });
  });

  it.each([[["--hours", "0"]], [["--hours", "many"]], [["--unknown"]], [["--environment", "nowhere"]]])(
    "exits 2 at misuse: %j",
    async (args) => {
      expect((await sweep(...args)).code).toBe(2);
    },
  );

  it("exits 2 without credentials", async () => {
    delete process.env.TWILIO_AUTH_TOKEN;
    const { code, err } = await sweep();
    expect(code).toBe(2);
    expect(err).toContain("TWILIO_AUTH_TOKEN");
  });
});
