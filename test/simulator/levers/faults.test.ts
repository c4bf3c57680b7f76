import { useLevers } from "./use-levers";

const levers = useLevers();
const CREATE = "CreateConversation";

const created = () =>
  levers.conversations.conversations.create().then(
    () => "done",
    (error: { status?: number; code?: unknown }) => error.status ?? error.code,
  );

it.each([
  [{ kind: "refused", status: "409", code: "50353", retryAfter: "1" }, 409, 0],
  [{ kind: "reset before" }, "ECONNRESET", 0],
  [{ kind: "reset after" }, "ECONNRESET", 1],
  [{ kind: "error after" }, 500, 1],
  [{ kind: "error after", status: "503" }, 503, 1],
  [{ kind: "slow", ms: "5" }, "done", 1],
  [{ kind: "crash before" }, "ECONNRESET", 0],
  [{ kind: "crash after" }, "ECONNRESET", 1],
])("orders %j", async (order: Record<string, string>, outcome, conversations) => {
  const answer = await levers.submit("faults", { operation: CREATE, ...order });
  expect(answer).toMatchObject({ status: 200, body: { operation: CREATE, kind: order.kind } });
  expect(await created()).toBe(outcome);
  expect(levers.simulator.state().conversations).toHaveLength(conversations);
});

it("orders which use of an operation is struck", async () => {
  await levers.submit("faults", { operation: CREATE, kind: "reset before", after: "1", times: "1" });
  expect([await created(), await created(), await created()]).toEqual(["done", "ECONNRESET", "done"]);
});

it("shows what struck on the event log", async () => {
  await levers.submit("faults", { operation: CREATE, kind: "reset before" });
  await created();
  const { body } = await levers.get("events");
  expect(body).toContainEqual(expect.objectContaining({ kind: "fault", name: `reset before: ${CREATE}` }));
});

it.each([
  [{ operation: CREATE, kind: "explode" }, "kind"],
  [{ operation: CREATE, kind: 5 }, "kind"],
  [{ operation: CREATE }, "status"],
  [{ operation: CREATE, kind: "refused" }, "status"],
  [{ operation: CREATE, kind: "refused", status: 429, retryAfter: -1 }, "retryAfter"],
  [{ operation: CREATE, kind: "error after", status: 404 }, "status"],
  [{ operation: CREATE, kind: "slow" }, "ms"],
  [{ operation: CREATE, kind: "slow", ms: 60_001 }, "ms"],
  [{ operation: CREATE, kind: "malformed", after: -1 }, "after"],
  [{ operation: CREATE, kind: "malformed", times: 0 }, "times"],
  [{ operation: "create a conversation", kind: "malformed" }, "operation"],
  [{ operation: "widget send-to-flex", kind: "crash after" }, "operation"],
  [{ operation: "webhook onMessageAdded", kind: "crash before" }, "operation"],
  [{ operation: CREATE, kind: "twice" }, "operation"],
  [{ operation: "webhook onMessageAdded", kind: "late" }, "ms"],
])("refuses %j and names the field", async (order, field) => {
  expect(await levers.post("faults", order)).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(new RegExp(`^${field}: `)) },
  });
});

it("refuses a field that the kind does not know, by its name", async () => {
  const answer = await levers.post("faults", { operation: CREATE, kind: "reset before", status: 500 });
  expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining('"status"') } });
});

it.each<Record<string, string>>([{ kind: "twice" }, { kind: "late", ms: "5" }, { kind: "reset before" }])(
  "orders %j of a webhook",
  async (order) => {
    const answer = await levers.submit("faults", { operation: "webhook onMessageAdded", ...order });
    expect(answer).toMatchObject({ status: 200, body: { operation: "webhook onMessageAdded", kind: order.kind } });
  },
);

it("sets how webhooks are tried, and leaves what it is not told", async () => {
  expect(await levers.submit("webhooks", { postRetryCount: "2" })).toMatchObject({
    status: 200,
    body: { preRetryCount: 0, postRetryCount: 2, timeoutMs: 5_000 },
  });
  expect(await levers.post("webhooks", { timeoutMs: 0 })).toMatchObject({ status: 400 });
});
