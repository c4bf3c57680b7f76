import { useSimulator } from "../use-simulator";
import { everyone, workspaceSid } from "./taskrouter-bench";

const centre = useSimulator({ switches: { rateLimits: false } });
const workspace = () => centre.twilio.taskrouter.v1.workspaces(workspaceSid);
const workflow = () => [...centre.world.taskrouter.workflows.keys()][0] ?? "";

/** One Task that Ada accepted after 10 s and completed, and one that she is offered since then. */
beforeEach(async () => {
  const { taskrouter } = centre.world;
  taskrouter.setActivity("grace", "Break");
  await workspace().tasks.create({ taskChannel: "voice" });
  await workspace().tasks.create({ taskChannel: "voice", priority: 5 });
  await centre.simulator.advance(10);
  centre.simulator.agent("ada").accept();
  const [first] = taskrouter.tasks.values();
  if (first) taskrouter.completeTask(first.sid, "done");
  await centre.simulator.advance(20);
});

it("counts what goes on in the workspace", async () => {
  expect(await workspace().realTimeStatistics().fetch()).toMatchObject({
    tasksByStatus: { pending: 0, reserved: 1, assigned: 0, wrapping: 0 },
    tasksByPriority: { "5": 1 },
    totalTasks: 1,
    totalWorkers: 3,
    longestTaskWaitingAge: 0,
    longestTaskWaitingSid: null,
  });
});

it("counts what goes on in a queue, and who is there for it", async () => {
  await workspace().tasks.create({ taskChannel: "voice" });
  await centre.simulator.advance(7);
  const statistics = await workspace().taskQueues(everyone).realTimeStatistics().fetch();
  expect(statistics).toMatchObject({
    taskQueueSid: everyone,
    totalTasks: 2,
    tasksByStatus: { pending: 1, reserved: 1 },
    totalEligibleWorkers: 3,
    totalAvailableWorkers: 1,
    longestTaskWaitingAge: 7,
    longestRelativeTaskAgeInQueue: 7,
  });
  const activities = statistics.activityStatistics as { friendly_name: string; workers: number }[];
  expect(activities.map((row) => [row.friendly_name, row.workers])).toEqual([
    ["Offline", 1],
    ["Available", 1],
    ["Unavailable", 0],
    ["Break", 1],
  ]);
});

it("counts only the Tasks of a channel when asked for one", async () => {
  const { totalTasks } = await workspace().realTimeStatistics().fetch({ taskChannel: "chat" });
  expect(totalTasks).toBe(0);
});

it("counts what went on in a span of time", async () => {
  const past = { tasksCompleted: 1, reservationsCreated: 2, reservationsAccepted: 1, avgTaskAcceptanceTime: 10 };
  expect(await workspace().cumulativeStatistics().fetch()).toMatchObject({ ...past, tasksCreated: 2 });
  expect(await workspace().workflows(workflow()).cumulativeStatistics().fetch()).toMatchObject({
    ...past,
    tasksEntered: 2,
  });
  expect(await workspace().taskQueues(everyone).cumulativeStatistics().fetch()).toMatchObject({
    ...past,
    tasksEntered: 2,
    waitDurationInQueueUntilAccepted: { avg: 10, min: 10, max: 10, total: 10 },
  });
});

it("splits the waits at the seconds asked for", async () => {
  const { splitByWaitTime } = await workspace().cumulativeStatistics().fetch({ splitByWaitTime: "5,30" });
  expect(splitByWaitTime).toMatchObject({
    "5": { above: { reservations_accepted: 1 }, below: { reservations_accepted: 0 } },
    "30": { above: { reservations_accepted: 0 }, below: { reservations_accepted: 1 } },
  });
});

it("forgets what lies before the minutes asked for", async () => {
  await centre.simulator.advance(120);
  expect(await workspace().cumulativeStatistics().fetch({ minutes: 1 })).toMatchObject({ tasksCompleted: 0 });
});

it.each([
  ["Minutes beside a start", { minutes: 5, startDate: new Date() }, 20001],
  ["a start of more than 30 days ago", { startDate: new Date("2020-01-01") }, 14241],
  ["a split that is no number", { splitByWaitTime: "soon" }, 20001],
])("refuses %s", async (_, given, code) => {
  await expect(workspace().cumulativeStatistics().fetch(given)).rejects.toMatchObject({ status: 400, code });
});

it("says how long Workers were in each Activity", async () => {
  const grace = centre.world.taskrouter.worker("grace").sid;
  const { cumulative } = await workspace().workers(grace).statistics().fetch();
  const { activity_durations: durations } = cumulative as { activity_durations: Record<string, unknown>[] };
  expect(durations.find((row) => row.friendly_name === "Break")).toMatchObject({ total: 30, avg: 30 });
  expect(await workspace().workers.cumulativeStatistics().fetch()).toMatchObject({ reservationsAccepted: 1 });
  expect(await workspace().workers.realTimeStatistics().fetch()).toMatchObject({ totalWorkers: 3 });
});

it("shows both together", async () => {
  const both = { realtime: { total_tasks: 1 }, cumulative: { tasks_completed: 1 } };
  expect(await workspace().statistics().fetch()).toMatchObject(both);
  expect(await workspace().workflows(workflow()).statistics().fetch()).toMatchObject(both);
  expect(await workspace().taskQueues(everyone).statistics().fetch()).toMatchObject(both);
  expect(await workspace().taskQueues.statistics.list()).toMatchObject([{ taskQueueSid: everyone, ...both }]);
  expect(await workspace().workers.statistics().fetch({ taskQueueName: "Everyone" })).toMatchObject({
    realtime: { total_workers: 3 },
    cumulative: { reservations_created: 2 },
  });
});

describe("the statistics of several queues at once", () => {
  const ask = (body: object) => workspace().taskQueues.bulkRealTimeStatistics.create(body);

  it("come in one answer", async () => {
    expect(await ask({ QueueSids: [everyone] })).toMatchObject({
      taskQueueResponseCount: 1,
      taskQueueData: [{ task_queue_sid: everyone, total_tasks: 1, total_available_workers: 1 }],
    });
  });

  it("are nothing for a queue of somebody else's", async () => {
    const stranger = `WQ${"0".repeat(32)}`;
    expect(await ask({ QueueSids: [stranger] })).toMatchObject({
      taskQueueData: [{ task_queue_sid: stranger, total_tasks: 0, total_eligible_workers: 0 }],
    });
  });

  it.each([0, 51])("are refused for %s queues", async (length) => {
    await expect(ask({ QueueSids: Array.from({ length }, () => everyone) })).rejects.toMatchObject({ status: 400 });
  });
});

describe("events", () => {
  it("are kept with their fields, newest first", async () => {
    const [first] = centre.world.taskrouter.tasks.keys();
    const rows = await workspace().events.list({ taskSid: first });
    expect(rows.map(({ eventType }) => eventType)).toEqual([
      "task.completed",
      "reservation.completed",
      "reservation.accepted",
      "reservation.created",
      "task-queue.entered",
      "workflow.target-matched",
      "workflow.entered",
      "task.created",
    ]);
    expect(rows[2]).toMatchObject({
      resourceType: "reservation",
      actorType: "workspace",
      eventData: {
        task_sid: first,
        worker_name: "ada",
        task_channel_unique_name: "voice",
        workspace_sid: workspaceSid,
      },
    });
    expect(
      await workspace()
        .events(rows[2]?.sid ?? "")
        .fetch(),
    ).toMatchObject({ eventType: "reservation.accepted" });
  });

  it("are found by type, Worker, queue, Workflow and channel", async () => {
    const ada = centre.world.taskrouter.worker("ada").sid;
    const types = async (given: object) => (await workspace().events.list(given)).map(({ eventType }) => eventType);
    expect(await types({ eventType: "task.created" })).toEqual(["task.created", "task.created"]);
    expect(new Set(await types({ workerSid: ada }))).toEqual(
      new Set(["reservation.created", "reservation.accepted", "reservation.completed"]),
    );
    expect(await types({ taskQueueSid: everyone, eventType: "task-queue.entered", taskChannel: "voice" })).toHaveLength(
      2,
    );
    expect(await types({ workflowSid: workflow(), taskChannel: "sms" })).toEqual([]);
  });

  it("are shown of the last 15 minutes unless asked otherwise", async () => {
    await centre.simulator.advance(16 * 60);
    const created = { eventType: "task.created" };
    expect(await workspace().events.list(created)).toHaveLength(0);
    expect(await workspace().events.list({ ...created, minutes: 60 })).toHaveLength(2);
  });

  it("are gone after 30 days", async () => {
    const [sid] = centre.world.taskrouter.events.keys();
    await centre.simulator.advance(31 * 86_400);
    centre.world.taskrouter.setActivity("grace", "Available");
    await expect(
      workspace()
        .events(sid ?? "")
        .fetch(),
    ).rejects.toMatchObject({ status: 404 });
  });
});
