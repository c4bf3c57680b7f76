import { CUSTOMER } from "../use-simulator";
import { useLevers } from "./use-levers";

const levers = useLevers();
const customer = encodeURIComponent(CUSTOMER);
const task = (sid: string) => levers.simulator.state().tasks.find((row) => row.sid === sid);

describe("the world", () => {
  it("is shown whole", async () => {
    const { status, body } = await levers.get("state");
    expect(status).toBe(200);
    expect(body).toEqual({ ...JSON.parse(JSON.stringify(levers.simulator.state())), now: expect.any(String) });
  });

  it("shows its history, and what came after an entry", async () => {
    await levers.offered();
    const all = [...levers.simulator.log.entries];
    expect((await levers.get("events")).body).toEqual(all);
    const last = Number(all.at(-1)?.seq);
    expect((await levers.get(`events?after=${last - 1}`)).body).toEqual([all.at(-1)]);
  });

  it("starts again with a reset", async () => {
    await levers.offered();
    expect(await levers.post("reset")).toMatchObject({ status: 200, body: { now: expect.any(String) } });
    expect(levers.simulator.state()).toMatchObject({ conversations: [], tasks: [] });
  });
});

describe("a customer", () => {
  it.each([
    ["a form", (path: string, body: Record<string, string>) => levers.submit(path, body)],
    ["JSON", (path: string, body: Record<string, string>) => levers.post(path, body)],
  ])("writes by %s", async (_, send) => {
    const { status, body } = await send(`customers/${customer}/messages`, { body: "Hello & é" });
    expect(status).toBe(200);
    expect(levers.simulator.state().conversations).toMatchObject([
      { sid: body.conversationSid, messages: [{ sid: body.messageSid, author: CUSTOMER, body: "Hello & é" }] },
    ]);
  });

  it("writes to the sender they name", async () => {
    const answer = await levers.post(`customers/${customer}/messages`, { body: "Hello", to: "+15550100999" });
    expect(answer).toMatchObject({ status: 404, body: { message: "+15550100999 is not a sender of this account" } });
  });

  it("sees what they wrote and received", async () => {
    await levers.post(`customers/${customer}/messages`, { body: "Hello" });
    const { body } = await levers.get(`customers/${customer}/messages`);
    expect(body).toMatchObject([{ direction: "out", body: "Hello" }]);
  });
});

describe("a Conversation", () => {
  it("is read as a transcript", async () => {
    const { conversationSid } = await levers.offered();
    expect(await levers.get(`conversations/${conversationSid}/transcript`)).toMatchObject({
      status: 200,
      body: [{ index: 0, author: CUSTOMER, body: "Hello", at: expect.any(String) }],
    });
  });

  it("is not read when it does not exist", async () => {
    expect(await levers.get("conversations/nobody/transcript")).toMatchObject({ status: 404, body: { code: 50350 } });
  });
});

describe("an agent", () => {
  it("accepts, replies, wraps up and completes", async () => {
    const { taskSid, conversationSid } = await levers.offered();
    expect((await levers.post("agents/ada/accept")).body).toMatchObject({ taskSid, status: "accepted" });
    expect((await levers.submit("agents/ada/reply", { body: "Hi there" })).status).toBe(200);
    expect(levers.heard()).toEqual(["Hi there"]);
    expect((await levers.post("agents/ada/wrapup")).body).toMatchObject({ sid: taskSid, status: "wrapping" });
    expect(levers.world.conversations.conversation(conversationSid).state).toBe("closed");
    expect((await levers.post("agents/ada/complete")).body).toMatchObject({ sid: taskSid, status: "completed" });
  });

  it("completes without wrapping up", async () => {
    const { taskSid } = await levers.offered();
    await levers.post("agents/ada/accept");
    expect((await levers.post("agents/ada/complete")).body).toMatchObject({ sid: taskSid, status: "completed" });
  });

  it("rejects", async () => {
    const { taskSid } = await levers.offered();
    expect((await levers.post("agents/ada/reject")).body).toMatchObject({ taskSid, status: "rejected" });
  });

  it.each([
    ["leave", "completed", "inactive"],
    ["finish", "completed", "active"],
  ])("ends their part by %s while the Conversation stays open", async (act, task, channel) => {
    const { taskSid, conversationSid } = await levers.offered();
    await levers.post("agents/ada/accept");
    expect((await levers.post(`agents/ada/${act}`)).body).toMatchObject({ sid: taskSid, status: task });
    expect(levers.world.conversations.conversation(conversationSid).state).toBe("active");
    expect(levers.simulator.state().channels).toMatchObject([{ status: channel }]);
  });

  it("transfers to another", async () => {
    await levers.offered();
    await levers.post("agents/ada/accept");
    await levers.post("agents/grace/activity", { activity: "Available" });
    const { body } = await levers.submit("agents/ada/transfer", { to: "grace" });
    const { reservations } = levers.simulator.state();
    const { sid: grace } = levers.world.taskrouter.worker("grace");
    expect(reservations.at(-1)).toMatchObject({ taskSid: body.sid, workerSid: grace, status: "pending" });
  });

  it("acts on the Task they name", async () => {
    const first = await levers.offered();
    levers.simulator.agent("ada").accept();
    const { conversationSid } = await levers.simulator.customerSends("+15550105678", "Me too");
    const { workspace } = levers.world.taskrouter;
    const second = levers.world.interactions.create({
      channel: { type: "sms", initiatedBy: "customer", mediaChannelSid: conversationSid },
      routing: { workspaceSid: workspace.sid, workerSid: levers.world.taskrouter.worker("ada").sid },
    });
    await levers.simulator.settled();
    await levers.post("agents/ada/accept", { task: second.taskSid });
    await levers.post("agents/ada/complete", { task: first.taskSid });
    expect([task(first.taskSid)?.status, task(String(second.taskSid))?.status]).toEqual(["completed", "assigned"]);
  });

  it("changes their activity", async () => {
    await levers.submit("agents/ada/activity", { activity: "Break" });
    expect(levers.simulator.state().workers.find(({ friendlyName }) => friendlyName === "ada")?.activity).toBe("Break");
  });

  it("is given a token that names them and their roles", async () => {
    const { body } = await levers.post("agents/sam/token");
    const { account } = levers.simulator;
    const response = await fetch(`https://iam.twilio.com/v1/Accounts/${account.sid}/Tokens/validate`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${account.sid}:${account.authToken}`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ token: body.token }),
    });
    expect(await response.json()).toMatchObject({ valid: true, identity: "sam", roles: ["supervisor"] });
  });

  it.each(["accept", "reject", "wrapup", "complete"])("with nothing to %s is told so", async (act) => {
    expect(await levers.post(`agents/ada/${act}`)).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining("ada has no") },
    });
  });

  it("is not found by a name that nobody has", async () => {
    expect(await levers.post("agents/nobody/accept")).toMatchObject({ status: 404 });
  });
});

describe("time", () => {
  it("goes on, and what is due happens before the answer", async () => {
    const { sid } = await levers.conversations.conversations.create({ state: "active", "timers.inactive": "PT10M" });
    const before = levers.simulator.clock.ms();
    const { status, body } = await levers.submit("clock/advance", { seconds: "600" });
    expect(status).toBe(200);
    expect(new Date(String(body.now)).getTime() - before).toBeGreaterThanOrEqual(600_000);
    expect(levers.world.conversations.conversation(sid).state).toBe("inactive");
  });
});

describe("trouble", () => {
  it("is ordered as latency of an operation, or of all", async () => {
    expect(await levers.submit("latency", { operation: "CreateInteraction", ms: "300" })).toMatchObject({
      status: 200,
    });
    expect(await levers.post("latency", { ms: 20 })).toEqual({ status: 200, body: { operation: "*", ms: 20 } });
    const { latency } = levers.world;
    expect([latency.of("CreateInteraction"), latency.of("CreateConversation")]).toEqual([300, 20]);
  });

  it("is ordered as the refusal of an operation", async () => {
    await levers.submit("faults", { operation: "CreateConversation", status: "503", code: "50074", times: "1" });
    const creating = levers.conversations.conversations.create();
    await expect(creating).rejects.toMatchObject({ status: 503, code: 50074 });
    expect(await levers.conversations.conversations.create()).toMatchObject({ state: "active" });
  });
});

it.each([
  ["clock/advance", {}, "seconds"],
  ["clock/advance", { seconds: "soon" }, "seconds"],
  ["clock/advance", { seconds: -1 }, "seconds"],
  ["clock/advance", { seconds: 367 * 86_400 }, "seconds"],
  [`customers/${customer}/messages`, {}, "body"],
  [`customers/${customer}/messages`, { body: "" }, "body"],
  [`customers/${customer}/messages`, { body: "Hello", to: 5 }, "to"],
  ["agents/ada/accept", { task: 5 }, "task"],
  ["agents/ada/reply", {}, "body"],
  ["agents/ada/transfer", {}, "to"],
  ["agents/ada/activity", {}, "activity"],
  ["latency", {}, "ms"],
  ["latency", { ms: -1 }, "ms"],
  ["faults", { status: 500 }, "operation"],
  ["faults", { operation: "CreateInteraction", status: 200 }, "status"],
  ["faults", { operation: "CreateInteraction", status: 500.5 }, "status"],
  ["faults", { operation: "CreateInteraction", status: 500, times: 0 }, "times"],
])("refuses POST %s with %j and names the field", async (path, input, field) => {
  expect(await levers.post(path, input)).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(new RegExp(`^${field}: `)) },
  });
});

it("refuses a body that is no JSON though it says so", async () => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(levers.url("latency"), { method: "POST", headers, body: "{ms:" });
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 400,
    body: { message: "The body is not valid JSON" },
  });
});

it.each(["nothing", "agents/ada/dance", "agents/ada/accept/now"])("does not know the lever %s", async (path) => {
  expect(await levers.post(path)).toMatchObject({ status: 404, body: { code: 20404 } });
});

it("knows a lever by its method too", async () => {
  expect(await levers.get("agents/ada/accept")).toMatchObject({ status: 404 });
});

describe("the stream of events", () => {
  it("begins with what was, and goes on with what comes", async () => {
    await levers.conversations.conversations.create({ uniqueName: "was" });
    const stream = await open("events/stream");
    await levers.conversations.conversations.create({ uniqueName: "comes" });
    expect(await stream.until("comes")).toEqual(levers.simulator.log.entries.slice(0, stream.seen().length));
    stream.close();
  });

  it("begins after the entry it is asked for", async () => {
    await levers.conversations.conversations.create();
    const { seq } = levers.simulator.log.add({ kind: "clock", name: "a mark" });
    const stream = await open(`events/stream?after=${seq}`);
    const next = levers.simulator.log.add({ kind: "clock", name: "after the mark" });
    expect(await stream.until("after the mark")).toEqual([next]);
    stream.close();
  });

  it("goes on where a browser lost it", async () => {
    const { seq } = levers.simulator.log.add({ kind: "clock", name: "the last one seen" });
    const next = levers.simulator.log.add({ kind: "clock", name: "missed" });
    const stream = await open("events/stream?after=0", { "last-event-id": String(seq) });
    expect(await stream.until("missed")).toEqual([next]);
    stream.close();
  });

  it("opens though nothing has happened yet", async () => {
    levers.simulator.log.clear();
    const stream = await open("events/stream");
    stream.close();
    expect(stream.type).toBe("text/event-stream");
  });

  it("survives a reset", async () => {
    const stream = await open("events/stream");
    await levers.post("reset");
    await levers.conversations.conversations.create({ uniqueName: "after the reset" });
    expect(await stream.until("after the reset")).toBeDefined();
    stream.close();
  });

  it.each(["events", "events/stream"])("refuses GET %s after what is no number", async (path) => {
    expect(await levers.get(`${path}?after=yesterday`)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^after: /) },
    });
  });

  async function open(path: string, headers: Record<string, string> = {}) {
    const abort = new AbortController();
    const response = await fetch(levers.url(path), { headers, signal: abort.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const seen = () =>
      text
        .split("\n\n")
        .slice(0, -1)
        .map((event) => JSON.parse(String(/^data: (.*)$/m.exec(event)?.[1])));
    return {
      type: response.headers.get("content-type"),
      seen,
      async until(words: string) {
        while (!text.includes(words)) text += (await reader?.read())?.value ?? "";
        while (!text.endsWith("\n\n")) text += (await reader?.read())?.value ?? "";
        return seen();
      },
      close: () => abort.abort(),
    };
  }
});

describe("a page of another site", () => {
  it.each(["https://evil.example", "http://localhost:1", "null"])("moves nothing from %s", async (origin) => {
    const { port } = levers.simulator;
    const response = await fetch(`http://127.0.0.1:${port}/simulator/reset`, { method: "POST", headers: { origin } });
    expect(response.status).toBe(403);
  });

  it("of the simulator itself may", async () => {
    const origin = `http://127.0.0.1:${levers.simulator.port}`;
    const response = await fetch(`${origin}/simulator/reset`, { method: "POST", headers: { origin } });
    expect(response.status).toBe(200);
  });
});
