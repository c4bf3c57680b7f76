import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Twilio } from "twilio";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { dependencies } from "../../package.json";
import { redirectTwilioHosts } from "../../src/simulator/redirect/redirect-twilio";
import { account } from "../../src/simulator/seeds";
import { hashOf, openEmptyAccount } from "./empty-account";
import { BUILD, CLI, copyProject, envText, type Project, SECRETS, TWILIO_RUN, VARIABLES } from "./project";

type Account = Awaited<ReturnType<typeof openEmptyAccount>>;

const ASSETS = {
  "/page/demo.html": { access: "public", file: "assets/page/demo.html" },
  "/texts.json": { access: "protected", file: "assets/texts.protected.json" },
  "/notes.txt": { access: "private", file: "assets/notes.private.txt" },
};

let project: Project;
let empty: Account;
beforeAll(async () => {
  project = copyProject();
  for (const { file } of Object.values(ASSETS)) project.write(file, `content of ${file}`);
  // What a build leaves beside the Functions must not be uploaded with them.
  expect(await project.run(BUILD, [])).toEqual({ code: 0, out: "", err: "" });
  project.write("dist/functions/studio/opening-hours.protected.js.map", "{}");
  empty = await openEmptyAccount();
});
afterAll(async () => {
  expect(empty.violations()).toEqual([]);
  project.delete();
  await empty.stop();
});

describe("npm run deploy, after check and build", () => {
  it("deploys to an empty account exactly what was built, and only the variables that are ours", async () => {
    const { code, out, err } = await project.run(CLI, ["deploy"], empty.shell);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(empty.deployed()).toEqual({
      domain: "flex-conversations-1234-dev.twil.io",
      includeCredentials: true,
      uiEditable: false,
      buildSid: expect.stringMatching(/^ZB/),
      runtime: "node22",
      dependencies,
      uploads: { ...functionsIn("dist/functions"), ...assets() },
      variables: VARIABLES,
    });
    expect(out).toContain("URL      https://flex-conversations-1234-dev.twil.io\n");
    expect(out).toContain("  protected  /studio/opening-hours\n");
    expect(out).toContain("cli -- flows render sms --environment dev -o sms-export.json");
    expect(secretsIn(out + err)).toEqual([]);
  });

  it("uploads no test, no map, nothing of the simulator and no credential", () => {
    const { serverless } = empty.simulator;
    const uploaded = [...serverless.versions.values()];
    expect(uploaded.map(({ path }) => path).filter((path) => /\.map$|\.test|simulator|tools/.test(path))).toEqual([]);
    const contents = uploaded.map(({ content }) => content.toString()).join("\n");
    expect(secretsIn(contents)).toEqual([]);
    expect(contents.includes("src/simulator/")).toBe(false);
  });

  it("deploys Functions that all load where nothing else lies", async () => {
    const { domain, uploads } = empty.deployed();
    const restore = redirectTwilioHosts(empty.simulator.port);
    const paths = Object.entries(uploads).filter(([, { kind }]) => kind === "function");
    for (const [path] of paths) {
      const url = `https://${domain}${path}`;
      const signature = getExpectedTwilioSignature(account.authToken, url, { EventType: "unknown" });
      const headers = { "x-twilio-signature": signature, "content-type": "application/x-www-form-urlencoded" };
      const { status } = await fetch(url, { method: "POST", headers, body: "EventType=unknown" });
      expect({ path, status, failed: status >= 500 }).toEqual({ path, status, failed: false });
    }
    restore();
  });

  it("is what twilio-run deploys by itself from the same build", async () => {
    const other = await openEmptyAccount();
    // Its note of where it deployed to holds for the first of these accounts, which have the same SID.
    project.remove(".twiliodeployinfo");
    const { code, err } = await project.run(TWILIO_RUN, ["deploy"], other.toolShell);
    if (code !== 0) throw new Error(err);
    const { buildSid, ...deployed } = other.deployed();
    expect(deployed).toEqual({ ...empty.deployed(), buildSid: undefined, domain: deployed.domain });
    expect(other.violations()).toEqual([]);
    await other.stop();
  });
});

describe("deploying again", () => {
  // A private or protected Asset cannot be read back, and would be uploaded each time.
  beforeAll(async () => {
    for (const { access, file } of Object.values(ASSETS)) if (access !== "public") project.remove(`dist/${file}`);
    expect((await project.run(CLI, ["deploy"], empty.shell)).code).toBe(0);
  });
  beforeEach(() => empty.simulator.log.clear());

  it("changes nothing when nothing changed", async () => {
    const before = empty.deployed();
    const { code, out } = await project.run(CLI, ["deploy"], empty.shell);
    expect({ code, changes: empty.changes(), deployed: empty.deployed() }).toEqual({
      code: 0,
      changes: [],
      deployed: before,
    });
    expect(out).toContain('flex-conversations is up to date in the environment "dev": nothing was changed.');
  });

  it("sets a variable that changed, drops one that is gone, and builds nothing", async () => {
    const { SMS_SENDER: _, ...kept } = VARIABLES;
    const variables = { ...kept, FLEX_WORKFLOW_SID: "WW00000000000000000000000000000002" };
    project.write(".env", envText(variables));
    const before = empty.deployed();
    const { code, out } = await project.run(CLI, ["deploy"], empty.shell);
    expect({ code, changes: empty.changes() }).toEqual({ code: 0, changes: ["UpdateVariable", "DeleteVariable"] });
    expect(empty.deployed()).toEqual({ ...before, variables });
    expect(out).toContain("variable FLEX_WORKFLOW_SID: changed\n  variable SMS_SENDER: goes");
    expect(out).not.toContain(variables.FLEX_WORKFLOW_SID);
  });

  it("tells which Function changed, and leaves the others' content as it was", async () => {
    const file = "dist/functions/studio/opening-hours.protected.js";
    project.write(file, `${project.read(file)}\n// changed`);
    const before = empty.deployed();
    const { code, out } = await project.run(CLI, ["deploy"], empty.shell);
    expect(code).toBe(0);
    expect(out).toMatch(/environment "dev"\.\n {2}function \/studio\/opening-hours: changed\n\n/);
    const changed = { kind: "function", access: "protected", hash: hashOf(project.read(file)) };
    expect(empty.deployed().uploads).toEqual({ ...before.uploads, "/studio/opening-hours": changed });
  });

  it("leaves the other environments of the service alone", async () => {
    const before = empty.deployed();
    const { code, out } = await project.run(CLI, ["deploy", "--environment", "stage"], empty.shell);
    expect(code).toBe(0);
    expect(out).toContain("URL      https://flex-conversations-1234-stage.twil.io\n");
    expect(empty.deployed(undefined, "stage").uploads).toEqual(before.uploads);
    expect(empty.deployed()).toEqual(before);
  });
});

describe("what a deployment says is next", () => {
  it("renders the Flow with the deployed host", async () => {
    const { code, out } = await project.run(CLI, ["flows", "render", "sms", "--environment", "stage"], empty.shell);
    expect(code).toBe(0);
    expect(out).toContain("https://flex-conversations-1234-stage.twil.io/studio/customer-context");
  });

  it("has the account's events come to the deployed hooks, unless they are somebody else's", async () => {
    const workspace = () => empty.simulator.world().taskrouter.workspace;
    const { code, out } = await project.run(CLI, ["hooks", "apply"], empty.shell);
    expect({ code, out }).toEqual({
      code: 0,
      out: "Task and Conversation events go to https://flex-conversations-1234-dev.twil.io/hooks/.\n",
    });
    expect(workspace().eventCallbackUrl).toBe("https://flex-conversations-1234-dev.twil.io/hooks/task-events");
    const restore = redirectTwilioHosts(empty.simulator.port);
    const { workspaces } = new Twilio(account.sid, account.authToken).taskrouter.v1;
    await workspaces(workspace().sid).update({ eventCallbackUrl: "https://example.com/theirs" });
    restore();
    const foreign = await project.run(CLI, ["hooks", "apply"], empty.shell);
    expect(foreign).toMatchObject({
      code: 2,
      err: expect.stringContaining("https://example.com/theirs, which is not ours"),
    });
    expect(workspace().eventCallbackUrl).toBe("https://example.com/theirs");
  });

  it.each([
    ["flows", "render", "sms"],
    ["hooks", "apply"],
  ])("asks for a deployment first: %s %s", async (...args) => {
    const { code, err } = await project.run(CLI, [...args, "--environment", "prod"], empty.shell);
    expect({ code, err }).toEqual({ code: 2, err: 'The service "flex-conversations" has no environment "prod".\n' });
  });
});

/** The built Functions, by the path and with the access that their file names give them. */
function functionsIn(folder: string) {
  const root = join(project.root, folder);
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  return Object.fromEntries(
    files.map((file) => {
      const [, path, access = "public"] = /^(.*?)(?:\.(protected|private))?\.js$/.exec(file) ?? [];
      return [`/${path}`, { kind: "function", access, hash: hashOf(readFileSync(join(root, file))) }];
    }),
  );
}

function assets() {
  return Object.fromEntries(
    Object.entries(ASSETS).map(([path, { access, file }]) => [
      path,
      { kind: "asset", access, hash: hashOf(`content of ${file}`) },
    ]),
  );
}

function secretsIn(output: string): string[] {
  const secrets = [account.authToken, ...Object.values(SECRETS).slice(1), ...Object.values(VARIABLES)];
  return secrets.filter((secret) => output.includes(secret));
}
