import { useSimulator } from "../use-simulator";
import { workspaceSid } from "./taskrouter-bench";

const centre = useSimulator();
const workspace = () => centre.twilio.taskrouter.v1.workspaces(workspaceSid);
const refusal = (what: RegExp) => ({ status: 400, code: 20001, message: expect.stringMatching(what) });

describe("Activities", () => {
  it("are created, renamed and deleted, and never change whether they are available", async () => {
    const { sid, available } = await workspace().activities.create({ friendlyName: "Lunch", available: false });
    await workspace().activities(sid).update({ friendlyName: "Long lunch" });
    expect(await workspace().activities(sid).fetch()).toMatchObject({ friendlyName: "Long lunch", available });
    await workspace().activities(sid).remove();
    await expect(workspace().activities(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it("have names of their own", async () => {
    await expect(workspace().activities.create({ friendlyName: "Break" })).rejects.toMatchObject(refusal(/taken/));
  });

  it("are not deleted while a Worker is in them, or the workspace names them", async () => {
    const named = async (friendlyName: string) => (await workspace().activities.list({ friendlyName }))[0]?.sid ?? "";
    await expect(
      workspace()
        .activities(await named("Available"))
        .remove(),
    ).rejects.toMatchObject(refusal(/Worker/));
    await expect(
      workspace()
        .activities(await named("Offline"))
        .remove(),
    ).rejects.toMatchObject(refusal(/./));
  });
});

describe("TaskQueues", () => {
  it("change whom they serve, and offer at once what waits", async () => {
    const { sid } = await workspace().taskQueues.create({ friendlyName: "Hold", targetWorkers: "" });
    const task = await workspace().tasks.create({ taskQueueSid: sid });
    await workspace().taskQueues(sid).update({ targetWorkers: "1==1", maxReservedWorkers: 2, taskOrder: "LIFO" });
    await centre.simulator.settled();
    expect((await workspace().tasks(task.sid).fetch()).assignmentStatus).toBe("reserved");
  });

  it("show the Activities they name", async () => {
    const [available] = await workspace().activities.list({ friendlyName: "Available" });
    const row = await workspace().taskQueues.create({ friendlyName: "Old", reservationActivitySid: available?.sid });
    expect(row).toMatchObject({ reservationActivityName: "Available", assignmentActivityName: null });
  });

  it("are not deleted while a Workflow or a Task is with them", async () => {
    const [everyone] = await workspace().taskQueues.list();
    await expect(
      workspace()
        .taskQueues(everyone?.sid ?? "")
        .remove(),
    ).rejects.toMatchObject(refusal(/Workflow/));
    const queue = await workspace().taskQueues.create({ friendlyName: "Hold", targetWorkers: "" });
    const task = await workspace().tasks.create({ taskQueueSid: queue.sid });
    await expect(workspace().taskQueues(queue.sid).remove()).rejects.toMatchObject(refusal(/Tasks/));
    await workspace().tasks(task.sid).update({ assignmentStatus: "canceled", reason: "test" });
    expect(await workspace().taskQueues(queue.sid).remove()).toBe(true);
  });

  it("are found by the Workers they serve", async () => {
    await workspace().taskQueues.create({ friendlyName: "Supervised", targetWorkers: "roles HAS 'supervisor'" });
    const names = async (expression: string) =>
      (await workspace().taskQueues.list({ evaluateWorkerAttributes: expression })).map((row) => row.friendlyName);
    expect(await names("roles HAS 'supervisor'")).toEqual(["Everyone", "Supervised"]);
    expect(await names("roles HAS 'agent'")).toEqual(["Everyone"]);
  });
});

describe("Workflows", () => {
  const configurationOf = (queue: string) => JSON.stringify({ task_routing: { default_filter: { queue } } });

  it("are not deleted while Tasks are on their way through them", async () => {
    const [everyone] = await workspace().taskQueues.list();
    const workflow = await workspace().workflows.create({
      friendlyName: "Second",
      configuration: configurationOf(everyone?.sid ?? ""),
    });
    const task = await workspace().tasks.create({ workflowSid: workflow.sid });
    await expect(workspace().workflows(workflow.sid).remove()).rejects.toMatchObject(refusal(/Tasks/));
    await workspace().tasks(task.sid).update({ assignmentStatus: "canceled", reason: "test" });
    expect(await workspace().workflows(workflow.sid).remove()).toBe(true);
    // What is left of the Task goes all the same.
    await centre.simulator.advance(300);
    await expect(workspace().tasks(task.sid).fetch()).rejects.toMatchObject({ status: 404 });
  });

  it("have names of their own", async () => {
    const [everyone] = await workspace().taskQueues.list();
    const again = { friendlyName: "Assign to Anyone", configuration: configurationOf(everyone?.sid ?? "") };
    await expect(workspace().workflows.create(again)).rejects.toMatchObject(refusal(/taken/));
  });
});

describe("TaskChannels", () => {
  it("are found by name, and every Worker takes one Task of a new one", async () => {
    await workspace().taskChannels.create({ friendlyName: "Fax", uniqueName: "fax", channelOptimizedRouting: true });
    expect(await workspace().taskChannels("fax").fetch()).toMatchObject({ channelOptimizedRouting: true });
    for (const _ of ["ada", "grace", "nobody"]) await workspace().tasks.create({ taskChannel: "fax" });
    await centre.simulator.settled();
    const statuses = (await workspace().tasks.list()).map(({ assignmentStatus }) => assignmentStatus);
    expect(statuses).toEqual(["reserved", "reserved", "pending"]);
  });

  it("are deleted when no Task is on them", async () => {
    await workspace().tasks.create({ taskChannel: "sms" });
    await expect(workspace().taskChannels("sms").remove()).rejects.toMatchObject(refusal(/Task is on it/));
    expect(await workspace().taskChannels("video").remove()).toBe(true);
    await expect(workspace().taskChannels("default").remove()).rejects.toMatchObject(refusal(/default/));
  });
});

describe("Workers", () => {
  it("join in the default Activity and take Tasks once they are available", async () => {
    const linus = await workspace().workers.create({ friendlyName: "linus", attributes: '{"team":"night"}' });
    expect(linus).toMatchObject({ activityName: "Offline", available: false });
    const queue = await workspace().taskQueues.create({ friendlyName: "Night", targetWorkers: "team == 'night'" });
    const task = await workspace().tasks.create({ taskQueueSid: queue.sid });
    const [available] = await workspace().activities.list({ friendlyName: "Available" });
    await workspace().workers(linus.sid).update({ activitySid: available?.sid });
    await centre.simulator.settled();
    expect(await workspace().tasks(task.sid).reservations.list()).toMatchObject([
      { workerName: "linus", reservationStatus: "pending" },
    ]);
  });

  it("have names of their own, of at most 64 characters", async () => {
    const create = (friendlyName: string) => workspace().workers.create({ friendlyName });
    await expect(create("ada")).rejects.toMatchObject(refusal(/taken/));
    await expect(create("x".repeat(65))).rejects.toMatchObject(refusal(/64/));
  });

  it("are not deleted while they have work, and their names outlive them on what they did", async () => {
    const task = await workspace().tasks.create();
    await centre.simulator.settled();
    const [reservation] = await workspace().tasks(task.sid).reservations.list();
    const worker = workspace().workers(reservation?.workerSid ?? "");
    await expect(worker.remove()).rejects.toMatchObject(refusal(/Reservations/));
    for (const reservationStatus of ["accepted", "completed"] as const) {
      await workspace()
        .tasks(task.sid)
        .reservations(reservation?.sid ?? "")
        .update({ reservationStatus });
    }
    expect(await worker.remove()).toBe(true);
    expect(await workspace().tasks(task.sid).reservations.list()).toMatchObject([
      { workerName: "ada", reservationStatus: "completed" },
    ]);
  });

  it("refuse a change by whoever read them before the last one", async () => {
    const [ada] = await workspace().workers.list({ friendlyName: "ada" });
    const worker = workspace().workers(ada?.sid ?? "");
    await worker.update({ attributes: "{}" });
    const outdated = { ifMatch: '"0"', attributes: '{"a":1}' };
    await expect(worker.update(outdated)).rejects.toMatchObject({ status: 412 });
  });
});

describe("Worker Channels", () => {
  const channel = async (name: string, unique: string) => {
    const [worker] = await workspace().workers.list({ friendlyName: name });
    const channels = workspace().workers(worker?.sid ?? "").workerChannels;
    const found = (await channels.list()).find(({ taskChannelUniqueName }) => taskChannelUniqueName === unique);
    return workspace()
      .workers(worker?.sid ?? "")
      .workerChannels(found?.sid ?? "");
  };
  const offered = async () => {
    const task = await workspace().tasks.create({ taskChannel: "chat" });
    await centre.simulator.settled();
    return (await workspace().tasks(task.sid).reservations.list())[0]?.workerName;
  };

  it("take no Task beyond their capacity, and none when they are unavailable", async () => {
    await (await channel("ada", "chat")).update({ capacity: 0 });
    await (await channel("grace", "chat")).update({ available: false });
    expect(await offered()).toBeUndefined();
    expect(await (await channel("grace", "chat")).fetch()).toMatchObject({ available: false, configuredCapacity: 3 });
    await (await channel("grace", "chat")).update({ available: true });
    expect(await offered()).toBe("grace");
  });

  it("tell of their changes", async () => {
    await (await channel("ada", "chat")).update({ capacity: 5, available: false });
    const events = await workspace().events.list();
    expect(events.map(({ eventType }) => eventType)).toEqual([
      "worker.channel.availability.update",
      "worker.capacity.update",
    ]);
    expect(events[1]?.eventData).toMatchObject({
      worker_channel_available_capacity: "5",
      worker_channel_previous_capacity: "3",
      task_channel_unique_name: "chat",
    });
  });
});

it("orders the kinds of queues as the workspace says", async () => {
  expect(await workspace().update({ prioritizeQueueOrder: "LIFO" })).toMatchObject({ prioritizeQueueOrder: "LIFO" });
  await expect(workspace().update({ multiTaskEnabled: false })).rejects.toMatchObject(refusal(/single-tasking/));
});

it("does not make or delete workspaces: Flex has the one", async () => {
  const { workspaces } = centre.twilio.taskrouter.v1;
  await expect(workspaces.create({ friendlyName: "Another" })).rejects.toMatchObject({ status: 501 });
  await expect(workspace().remove()).rejects.toMatchObject({ status: 501 });
});
