import { once } from "node:events";
import { createServer } from "node:net";
import { Twilio } from "twilio";
import { redirectTwilioHosts } from "../../src/simulator/redirect/redirect-twilio";
import { account } from "../../src/simulator/seeds";
import { openEmptyAccount } from "./empty-account";
import { CLI, copyProject, envText, type Project, SECRETS, VARIABLES } from "./project";

let project: Project;
let empty: Awaited<ReturnType<typeof openEmptyAccount>>;
beforeAll(() => {
  project = copyProject();
});
afterAll(() => project.delete());
beforeEach(async () => {
  empty = await openEmptyAccount();
});
afterEach(async () => {
  expect(empty.violations()).toEqual([]);
  await empty.stop();
});

const deploy = (args: string[] = [], shell: Record<string, string> = {}) =>
  project.run(CLI, ["deploy", ...args], { ...empty.shell, ...shell });

/** Runs the command in a project changed for it, and puts it back as it was. */
async function deployWithout(name: string, args?: string[]) {
  const kept = copyProject();
  kept.remove(name);
  const run = await kept.run(CLI, ["deploy", ...(args ?? [])], empty.shell);
  kept.delete();
  return run;
}

describe("before anything is sent to Twilio", () => {
  it.each([
    [{ TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "" }, "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (Twilio Console"],
    [{ TWILIO_AUTH_TOKEN: "" }, "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (Twilio Console"],
    [{ TWILIO_ACCOUNT_SID: "SK1" }, "TWILIO_ACCOUNT_SID is not an account SID (AC and 32 hex digits)."],
  ])("asks for credentials when the shell has %j", async (shell, words) => {
    expect(await deploy([], shell)).toMatchObject({ code: 2, err: expect.stringContaining(words) });
  });

  it("says that there is no environment file, and how to make one", async () => {
    expect(await deploy(["--env", ".env.stage"])).toEqual({
      code: 2,
      out: "",
      err: "There is no .env.stage: copy .env.example to it and fill it in.\n",
    });
  });

  it("names each required variable that is missing, with where its value is found", async () => {
    project.write(".env.partial", envText({ ...SECRETS, FLEX_WORKSPACE_SID: "", SMS_SENDER: "x".repeat(451) }));
    const { code, err } = await deploy(["--env", ".env.partial"]);
    expect(code).toBe(2);
    expect(err.trim().split("\n")).toEqual([
      expect.stringMatching(/^\.env\.partial: FLEX_WORKSPACE_SID is not set\. .*Console: TaskRouter, Workspaces/),
      expect.stringMatching(/^\.env\.partial: FLEX_WORKFLOW_SID is not set\. .*Console: the workspace above/),
      ".env.partial: SMS_SENDER is longer than Twilio takes (450 bytes).",
    ]);
    expect(empty.simulator.log.entries).toEqual([]);
  });

  it.each([
    ["dist", "There are no built Functions in dist/functions. Run npm run build first."],
    [".twilioserverlessrc", "There is no .twilioserverlessrc: run this at the root of the project."],
  ])("says what to do without %s", async (name, words) => {
    expect(await deployWithout(name)).toEqual({ code: 2, out: "", err: `${words}\n` });
  });
});

it("says that Twilio does not accept the credentials", async () => {
  expect(await deploy([], { TWILIO_AUTH_TOKEN: "f".repeat(32) })).toEqual({
    code: 2,
    out: "",
    err: "Twilio does not accept these credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.\n",
  });
});

it("says that Twilio cannot be reached", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const address = closed.address();
  closed.close();
  const port = typeof address === "object" && address ? String(address.port) : "";
  expect(await deploy([], { TWILIO_SIMULATOR_PORT: port })).toEqual({
    code: 1,
    out: "",
    err: "Twilio cannot be reached (ECONNREFUSED). Try again.\n",
  });
});

describe("a service of our name that is not ours", () => {
  async function somebodyElse() {
    const restore = redirectTwilioHosts(empty.simulator.port);
    const { services } = new Twilio(account.sid, account.authToken).serverless.v1;
    const { sid } = await services.create({ uniqueName: "flex-conversations", friendlyName: "Theirs" });
    for (const friendlyName of ["/voice", "/menu"]) await services(sid).functions.create({ friendlyName });
    restore();
    empty.simulator.log.clear();
    return sid;
  }

  it("is left as it is, and named with what it would lose", async () => {
    const sid = await somebodyElse();
    const { code, err } = await deploy();
    expect({ code, changes: empty.changes() }).toEqual({ code: 2, changes: [] });
    expect(err).toBe(
      [
        `This account already has a service "flex-conversations" (${sid}), and it does not look like ours.`,
        "It has what this bundle does not, and would lose it: /menu, /voice.",
        'Choose another "serviceName" in .twilioserverlessrc; or, if it is an older version of this bundle, add --adopt.',
        "",
      ].join("\n"),
    );
  });

  it("is deployed to with --adopt", async () => {
    await somebodyElse();
    expect(await deploy(["--adopt"])).toMatchObject({ code: 0, err: "" });
    expect(empty.deployed().variables).toEqual(VARIABLES);
  });
});

it("says that a build failed at Twilio, what may be the reason, and that nothing changed", async () => {
  empty.simulator.world().faults.add({ operation: "PackageBuild", status: 500 });
  const { code, err } = await deploy();
  expect(code).toBe(1);
  expect(err).toMatch(/^Twilio could not build it \(ZB[0-9a-f]{32} failed\); nothing that is live has changed\.\n/);
  expect(err).toContain("a version under `dependencies` in package.json that npm does not have");
  expect(empty.deployed().buildSid).toBeUndefined();
});

it("says which upload Twilio refused and why; the next run finishes what was begun", async () => {
  empty.simulator.world().faults.add({ operation: "CreateFunctionVersion", status: 403, code: 20403 });
  const refused = await deploy();
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(/^Twilio refused the upload of Function \/\S+ \(Response code 403 \(Forbidden\)\)\. /);
  expect(refused.err).toContain("Nothing that is live has changed. Run the same command again");
  expect(await deploy()).toMatchObject({ code: 0, err: "" });
  expect(empty.simulator.serverless.services.size).toBe(1);
});

it("says that it was interrupted; the next run finishes what was begun", async () => {
  empty.simulator.world().latency.set("CreateFunctionVersion", 60_000);
  const { child, ended } = project.start(CLI, ["deploy"], empty.shell);
  await new Promise<void>((resolve) => {
    empty.simulator.log.subscribe(({ name }) => name === "POST CreateFunction" && resolve());
  });
  child.kill("SIGINT");
  const { code, err } = await ended;
  expect({ code, err }).toEqual({
    code: 1,
    err: "The deployment was interrupted. Nothing that is live has changed. Run the same command again: it finishes what was begun.\n",
  });
  empty.simulator.world().latency.clear();
  expect(await deploy()).toMatchObject({ code: 0, err: "" });
  expect(empty.simulator.serverless.services.size).toBe(1);
  expect(empty.deployed().variables).toEqual(VARIABLES);
});
