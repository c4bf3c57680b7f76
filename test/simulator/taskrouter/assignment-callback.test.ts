import type { WebhookAnswer } from "../../../src/simulator/webhooks/send-webhook";
import { type Bench, everyone, taskRouterBench, workspaceSid } from "./taskrouter-bench";

const URL = "https://flex-conversations-1234-dev.twil.io/assignment";
const FALLBACK = "https://flex-conversations-1234-dev.twil.io/fallback";

let bench: Bench;
let workflowSid: string;
beforeEach(() => {
  bench = taskRouterBench();
  [workflowSid = ""] = bench.taskrouter.workflows.keys();
  bench.taskrouter.updateWorkflow(workflowSid, { assignmentCallbackUrl: URL, fallbackAssignmentCallbackUrl: FALLBACK });
});

const json = (body: unknown): Partial<WebhookAnswer> => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

it("tells of the Task, the Worker and the Reservation, and waits 5 s", async () => {
  bench.answers[URL] = { status: 200 };
  const task = await bench.newTask({ attributes: { name: "Zoë" }, priority: 3 });
  const [reservation] = bench.taskrouter.reservationsOf(task.sid);
  expect(bench.webhooks).toEqual([
    expect.objectContaining({
      url: URL,
      timeoutMs: 5_000,
      params: {
        Timestamp: expect.stringMatching(/^\d+$/),
        AccountSid: bench.world.account.sid,
        WorkspaceSid: workspaceSid,
        WorkflowSid: workflowSid,
        TaskQueueSid: everyone,
        WorkerSid: reservation?.workerSid,
        WorkerAttributes: bench.taskrouter.worker("ada").attributes,
        TaskSid: task.sid,
        TaskAttributes: '{"name":"Zoë"}',
        TaskAge: "0",
        TaskPriority: "3",
        ReservationSid: reservation?.sid,
      },
    }),
  ]);
});

it("leaves the Reservation to whoever answers nothing but 200", async () => {
  bench.answers[URL] = { status: 200 };
  expect(bench.offers(await bench.newTask())).toEqual(["ada pending"]);
  expect(warnings()).toEqual([]);
});

it("accepts when told to", async () => {
  bench.answers[URL] = json({ instruction: "accept" });
  const task = await bench.newTask();
  expect([task.status, ...bench.offers(task)]).toEqual(["assigned", "ada accepted"]);
});

it("rejects when told to, and moves the Worker where it is told", async () => {
  const away = [...bench.taskrouter.activities.values()].find(({ friendlyName }) => friendlyName === "Break");
  bench.answers[URL] = json({ instruction: "reject", activity_sid: away?.sid });
  const task = await bench.newTask();
  expect(bench.offers(task)).toEqual(["ada rejected", "grace rejected"]);
  expect(bench.taskrouter.worker("ada").activitySid).toBe(away?.sid);
});

it.each([
  ["an answer with another status", { status: 500 }],
  ["no answer", { status: 0, failure: "timeout" as const }],
  ["an answer that is no JSON", { status: 200, body: "<Response/>", headers: { "content-type": "text/xml" } }],
])("asks the fallback after %s", async (_, answer) => {
  bench.answers[URL] = answer;
  bench.answers[FALLBACK] = json({ instruction: "accept" });
  const task = await bench.newTask();
  expect(bench.webhooks.map(({ url }) => url)).toEqual([URL, FALLBACK]);
  expect(task.status).toBe("assigned");
});

it.each([
  ["JSON that is broken", { ...json(""), body: "{" }, "40001"],
  ["no instruction", json({ say: "yes" }), "40005"],
  ["an unknown Activity", json({ instruction: "reject", activity_sid: "WA1" }), "40100"],
  ["an unknown instruction", json({ instruction: "juggle" }), "55555"],
  ["an instruction for calls", json({ instruction: "dequeue" }), "The simulator has no calls"],
])("follows no answer with %s, and says why", async (_, answer, why) => {
  bench.answers[URL] = answer;
  expect(bench.offers(await bench.newTask())).toEqual(["ada pending"]);
  expect(warnings()).toEqual([expect.stringContaining(why)]);
});

it("follows no instruction that comes too late", async () => {
  Object.defineProperty(bench.answers, URL, {
    get() {
      const pending = [...bench.taskrouter.reservations.values()].find(({ status }) => status === "pending");
      if (pending) bench.taskrouter.rejectReservation(pending.sid);
      return json({ instruction: "accept" });
    },
  });
  const task = await bench.newTask();
  expect(bench.offers(task)).toEqual(["ada rejected", "grace rejected"]);
  expect(warnings()).toEqual(Array(2).fill("The Reservation is rejected: accept came too late"));
});

function warnings() {
  return bench.log.entries.filter(({ kind }) => kind === "warning").map(({ name }) => name);
}
