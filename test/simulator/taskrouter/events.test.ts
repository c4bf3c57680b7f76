import { account } from "../../../src/simulator/seeds";
import { type Bench, everyone, taskRouterBench, workspaceSid } from "./taskrouter-bench";

const URL = "https://flex-conversations-1234-dev.twil.io/hooks/task-events";

let bench: Bench;
beforeEach(() => {
  bench = taskRouterBench();
});

it("tells the other products of each change once it is complete", async () => {
  const task = await bench.newTask();
  bench.accept(task);
  bench.taskrouter.wrapTask(task.sid, "hung up");
  bench.taskrouter.completeTask(task.sid, "solved");
  bench.taskrouter.deleteTask(task.sid);
  expect(bench.told).toEqual([
    "task.created: task pending",
    "workflow.entered: task pending",
    "workflow.target-matched: task pending",
    "task-queue.entered: task pending",
    "reservation pending: task reserved",
    "reservation.created: task reserved",
    "reservation accepted: task assigned",
    "reservation.accepted: task assigned",
    "reservation wrapping: task wrapping",
    "task.wrapup: task wrapping",
    "reservation completed: task completed",
    "task.completed: task completed",
    "task.deleted: task completed",
  ]);
});

it("tells of a lost Reservation and of what follows", async () => {
  const task = await bench.newTask();
  bench.told.length = 0;
  await bench.reject(task);
  bench.taskrouter.cancelTask(task.sid, "customer left");
  expect(bench.told).toEqual([
    "reservation rejected: task pending",
    "reservation.rejected: task pending",
    "reservation pending: task reserved",
    "reservation.created: task reserved",
    "reservation canceled: task canceled",
    "task.canceled: task canceled",
  ]);
});

it("lets a listener act on what it is told", async () => {
  bench.world.bus.on("reservation.updated", ({ sid, status }) => {
    if (status === "pending") bench.taskrouter.acceptReservation(sid);
  });
  const task = await bench.newTask();
  await bench.advance(120);
  expect({ status: task.status, offers: bench.offers(task) }).toEqual({ status: "assigned", offers: ["ada accepted"] });
});

it("writes the history of a Task with what it belongs to", async () => {
  const task = await bench.newTask({ attributes: { conversationSid: "CH1", flexInteractionSid: "KD1" } });
  bench.accept(task);
  bench.taskrouter.completeTask(task.sid, "solved");
  const sids = { taskSid: task.sid, conversationSid: "CH1", interactionSid: "KD1" };
  const [{ sid: reservationSid } = { sid: "none" }] = bench.taskrouter.reservationsOf(task.sid);
  expect(bench.log.entries).toMatchObject([
    { kind: "task", name: "created", ...sids },
    { kind: "task", name: "entered queue Everyone", ...sids },
    { kind: "reservation", name: "created ada", ...sids, reservationSid },
    { kind: "reservation", name: "accepted ada", ...sids, reservationSid },
    { kind: "task", name: "assigned", ...sids, reservationSid },
    { kind: "reservation", name: "completed ada", ...sids, reservationSid },
    { kind: "task", name: "completed", ...sids, data: { reason: "solved" } },
  ]);
});

it("writes down what agents do", () => {
  bench.taskrouter.setActivity("ada", "Break");
  bench.taskrouter.setActivity("ada", "Break");
  expect(bench.log.entries).toMatchObject([{ kind: "agent", name: "ada Break" }]);
});

describe("the event callback", () => {
  beforeEach(async () => {
    bench.taskrouter.updateWorkspace({ eventCallbackUrl: URL });
    await bench.settled();
    bench.webhooks.length = 0;
  });

  it("is sent for every event when nothing is filtered", async () => {
    const task = await bench.newTask();
    await bench.advance(120);
    bench.taskrouter.cancelTask(task.sid, "customer left");
    await bench.settled();
    expect(events()).toEqual([
      "task.created",
      "workflow.entered",
      "workflow.target-matched",
      "task-queue.entered",
      "reservation.created",
      "reservation.timeout",
      "worker.activity.update",
      "reservation.created",
      "reservation.canceled",
      "task.canceled",
    ]);
  });

  it("is sent only for the events of the filter", async () => {
    bench.taskrouter.updateWorkspace({ eventsFilter: "task.created, reservation.created" });
    await bench.newTask();
    expect(events()).toEqual(["task.created", "reservation.created"]);
  });

  it("stays away without a URL", async () => {
    bench.taskrouter.updateWorkspace({ eventCallbackUrl: null });
    await bench.newTask();
    expect(events()).toEqual([]);
  });

  it("carries the Task as it was when the event happened", async () => {
    const task = await bench.newTask({ attributes: { name: "Zoë 🎉" }, priority: 3 });
    bench.taskrouter.cancelTask(task.sid, "customer left");
    await bench.settled();
    const about = { TaskSid: task.sid, TaskAttributes: '{"name":"Zoë 🎉"}', TaskPriority: "3" };
    expect(paramsOf("task.created")).toMatchObject({
      ...about,
      AccountSid: account.sid,
      WorkspaceSid: workspaceSid,
      WorkspaceName: "Flex Task Assignment",
      ResourceType: "task",
      ResourceSid: task.sid,
      TaskAssignmentStatus: "pending",
      TaskQueueName: "Everyone",
      WorkflowName: "Assign to Anyone",
      TaskChannelUniqueName: "chat",
    });
    expect(paramsOf("task.created")).not.toHaveProperty("TaskCanceledReason");
    expect(paramsOf("task.canceled")).toMatchObject({
      ...about,
      TaskAssignmentStatus: "canceled",
      TaskCanceledReason: "customer left",
    });
  });

  it("carries the Worker of a Reservation", async () => {
    const task = await bench.newTask();
    const [reservation] = bench.taskrouter.reservationsOf(task.sid);
    expect(paramsOf("reservation.created")).toMatchObject({
      ResourceType: "reservation",
      ReservationSid: reservation?.sid,
      TaskSid: task.sid,
      WorkerSid: reservation?.workerSid,
      WorkerName: "ada",
      WorkerActivityName: "Available",
    });
  });

  it("carries what a Worker did before", async () => {
    await bench.advance(60);
    bench.taskrouter.setActivity("ada", "Break");
    await bench.settled();
    const params = paramsOf("worker.activity.update");
    expect(params).toMatchObject({ WorkerName: "ada", WorkerActivityName: "Break", ResourceType: "worker" });
    const previous = bench.taskrouter.activities.get(String(params?.WorkerPreviousActivitySid));
    expect(previous?.friendlyName).toBe("Available");
    expect(Number(params?.WorkerTimeInPreviousActivityMs)).toBeGreaterThanOrEqual(60_000);
  });

  it("says that a Workflow ran out of targets before the Task is canceled", async () => {
    await bench.everyoneLeaves();
    bench.webhooks.length = 0;
    const workflowSid = bench.workflow({
      filters: [{ expression: "1==1", targets: [{ queue: everyone, timeout: 30 }] }],
    });
    await bench.newTask({ workflowSid });
    await bench.advance(30);
    expect(events().slice(-3)).toEqual(["task-queue.timeout", "workflow.timeout", "task.canceled"]);
    expect(paramsOf("task.canceled")).toMatchObject({ TaskCanceledReason: "Task canceled on Workflow timeout" });
  });

  it("is waited for no longer than 15 s", async () => {
    await bench.newTask();
    expect(bench.webhooks[0]).toMatchObject({ url: URL, timeoutMs: 15_000, name: "TaskRouter task.created" });
  });
});

function events() {
  return bench.webhooks.map(({ params }) => params.EventType);
}

function paramsOf(event: string) {
  return bench.webhooks.find(({ params }) => params.EventType === event)?.params;
}
