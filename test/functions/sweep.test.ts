import { startBareFunctions } from "../support/bare-functions";
import { useContactCentre } from "../support/contact-centre";

const SECRET = "s".repeat(32);
const PATH = "/maintenance/sweep";

const centre = useContactCentre({ processes: 1 });
let functions: Awaited<ReturnType<typeof startBareFunctions>>;

async function start(SWEEP_SECRET?: string) {
  const { workspace, workflows } = centre.simulator.world().taskrouter;
  const flex = { FLEX_WORKSPACE_SID: workspace.sid, FLEX_WORKFLOW_SID: [...workflows.keys()][0] ?? "" };
  return startBareFunctions(centre.simulator, { ...flex, ...(SWEEP_SECRET ? { SWEEP_SECRET } : {}) });
}
beforeAll(async () => {
  functions = await start(SECRET);
}, 30_000);
afterAll(() => functions.stop());

/** Sends, and promises that no call to Twilio came of it. */
async function refused(fields: Record<string, string>, service = functions, query?: string) {
  const before = centre.simulator.log.entries.length;
  const answer = await service.call({ path: PATH, fields, query });
  expect(centre.simulator.log.entries.slice(before).filter(({ kind }) => kind === "rest")).toEqual([]);
  return answer;
}

const code = (answer: { body: Record<string, unknown> }) => Object(answer.body.error).code;

describe("maintenance/sweep", () => {
  it.each<[string, Record<string, string>]>([
    ["no secret", {}],
    ["an empty one", { secret: "" }],
    ["another", { secret: "t".repeat(32) }],
    ["the beginning of it", { secret: SECRET.slice(1) }],
    ["more than it", { secret: `${SECRET}s` }],
  ])("refuses %s", async (_, fields) => {
    const answer = await refused(fields);
    expect(answer.status).toBe(403);
    expect(code(answer)).toBe("forged_request");
  });

  it("takes a form only: GET, where the secret would stand in the URL, and JSON are refused", async () => {
    const get = await functions.call({ path: PATH, method: "GET", query: `?secret=${SECRET}` });
    expect(get.status).toBe(415);
    const body = { type: "application/json", text: JSON.stringify({ secret: SECRET }) };
    expect((await functions.call({ path: PATH, body })).status).toBe(415);
  });

  it.each([undefined, "", "too short to be a secret"])("lets nobody pass while the variable is %j", async (value) => {
    const closed = await start(value);
    try {
      for (const fields of [{}, { secret: "" }, { secret: value ?? "undefined" }] as Record<string, string>[]) {
        const answer = await refused(fields, closed);
        expect(answer.status).toBe(500);
        expect(code(answer)).toBe("misconfigured");
      }
      expect(closed.output()).toContain("SWEEP_SECRET");
    } finally {
      await closed.stop();
    }
  });

  it.each<[string, Record<string, string>, string]>([
    ["a fix that is neither", { fix: "yes" }, "fix"],
    ["no hours", { hours: "0" }, "hours"],
    ["more hours than there are Conversations for", { hours: "337" }, "hours"],
    ["a cursor of our own making", { cursor: "active.0.1.https://elsewhere.example/" }, "cursor"],
    ["a cursor to nowhere", { cursor: "past.0" }, "cursor"],
    ["an oversized cursor", { cursor: "a".repeat(301) }, "cursor"],
  ])("with %s is a 400 that names the field", async (_, fields, field) => {
    const answer = await refused({ secret: SECRET, ...fields });
    expect(answer.status).toBe(400);
    expect(Object(answer.body.error).field).toBe(field);
  });

  it("answers what it has looked at, page by page, to who knows the secret", async () => {
    const first = await functions.call({ path: PATH, fields: { secret: SECRET } });
    expect(first).toEqual({ status: 200, body: { cursor: "inactive.0", checked: 0, found: [] } });
    const last = await functions.call({ path: PATH, fields: { secret: SECRET, cursor: "tasks.0" } });
    expect(last).toEqual({ status: 200, body: { checked: 0, found: [] } });
    expect(functions.output()).not.toContain(SECRET);
  });
});
