import { type Bench, taskRouterBench } from "./taskrouter-bench";

let bench: Bench;
beforeEach(() => {
  bench = taskRouterBench();
});

it("offers a new Task to the Worker who has been idle longest", async () => {
  await bench.advance(10);
  bench.taskrouter.setActivity("ada", "Break");
  bench.taskrouter.setActivity("ada", "Available");
  const task = await bench.newTask();
  expect(bench.offers(task)).toEqual(["grace pending"]);
  expect(task.status).toBe("reserved");
});

it("answers the creation of a Task before anybody is offered it", async () => {
  const task = bench.taskrouter.createTask({
    attributes: {},
    taskChannel: "chat",
  });
  expect({ status: task.status, offers: bench.offers(task) }).toEqual({
    status: "pending",
    offers: [],
  });
  await bench.settled();
  expect(bench.offers(task)).toEqual(["ada pending"]);
});

it("spreads Tasks over the Workers before anybody gets a second one", async () => {
  const tasks = [await bench.newTask(), await bench.newTask(), await bench.newTask()];
  expect(tasks.map(bench.offers)).toEqual([["ada pending"], ["grace pending"], ["ada pending"]]);
});

it("puts a Worker who finishes a Task behind those who have waited longer", async () => {
  const task = await bench.newTask();
  bench.accept(task);
  await bench.advance(10);
  bench.taskrouter.completeTask(task.sid, "done");
  expect(bench.offers(await bench.newTask())).toEqual(["grace pending"]);
});

it("prefers among busy Workers whoever was given work longest ago", async () => {
  const [adas, graces] = [await bench.newTask(), await bench.newTask()];
  bench.accept(graces);
  await bench.advance(10);
  bench.accept(adas);
  expect(bench.offers(await bench.newTask())).toEqual(["grace pending"]);
});

it("never offers a Task to an unavailable Worker", async () => {
  bench.taskrouter.setActivity("ada", "Break");
  bench.taskrouter.setActivity("grace", "Unavailable");
  const task = await bench.newTask();
  await bench.advance(3600);
  expect(bench.offers(task)).toEqual([]);
});

it("offers a waiting Task as soon as a Worker becomes available", async () => {
  await bench.everyoneLeaves();
  const task = await bench.newTask();
  expect(bench.offers(task)).toEqual([]);
  bench.taskrouter.setActivity("sam", "Available");
  await bench.settled();
  expect(bench.offers(task)).toEqual(["sam pending"]);
});

it("keeps a Worker's Tasks of a channel within its capacity", async () => {
  bench.taskrouter.setActivity("grace", "Offline");
  const chats = [await bench.newTask(), await bench.newTask(), await bench.newTask(), await bench.newTask()];
  const email = await bench.newTask({ taskChannel: "email" });
  expect(chats.map(({ status }) => status)).toEqual(["reserved", "reserved", "reserved", "pending"]);
  expect(bench.offers(email)).toEqual(["ada pending"]);
});

it("frees capacity when a Task is completed, not when it wraps up", async () => {
  bench.taskrouter.setActivity("grace", "Offline");
  const first = await bench.newTask({ taskChannel: "voice" });
  bench.accept(first);
  const second = await bench.newTask({ taskChannel: "voice" });
  bench.taskrouter.wrapTask(first.sid, "hung up");
  await bench.settled();
  expect(second.status).toBe("pending");
  bench.taskrouter.completeTask(first.sid, "done");
  await bench.settled();
  expect(bench.offers(second)).toEqual(["ada pending"]);
});

it("frees capacity when a Task is deleted", async () => {
  bench.taskrouter.setActivity("grace", "Offline");
  const first = await bench.newTask({ taskChannel: "voice" });
  const second = await bench.newTask({ taskChannel: "voice" });
  bench.taskrouter.deleteTask(first.sid);
  await bench.settled();
  expect(bench.offers(second)).toEqual(["ada pending"]);
});

it("serves Tasks of higher priority first, and older ones among equals", async () => {
  await bench.everyoneLeaves();
  const old = await bench.newTask({ taskChannel: "voice" });
  await bench.advance(1);
  const young = await bench.newTask({ taskChannel: "voice" });
  const urgent = await bench.newTask({ taskChannel: "voice", priority: 5 });
  bench.taskrouter.setActivity("ada", "Available");
  await bench.settled();
  expect(bench.offers(urgent)).toEqual(["ada pending"]);
  bench.taskrouter.setActivity("grace", "Available");
  await bench.settled();
  expect([bench.offers(old), bench.offers(young)]).toEqual([["grace pending"], []]);
});

it("serves the youngest Task first in a LIFO queue", async () => {
  const { sid } = bench.taskrouter.createQueue({
    friendlyName: "Last first",
    taskOrder: "LIFO",
  });
  await bench.everyoneLeaves();
  const old = await bench.newTask({ taskChannel: "voice", queueSid: sid });
  await bench.advance(1);
  const young = await bench.newTask({ taskChannel: "voice", queueSid: sid });
  bench.taskrouter.setActivity("ada", "Available");
  await bench.settled();
  expect([bench.offers(old), bench.offers(young)]).toEqual([[], ["ada pending"]]);
});

it("offers a rejected Task to the others first, and to whoever rejected it after a pause", async () => {
  const task = await bench.newTask();
  await bench.reject(task);
  await bench.reject(task);
  expect(bench.offers(task)).toEqual(["ada rejected", "grace rejected"]);
  await bench.advance(5);
  expect(bench.offers(task)).toEqual(["ada rejected", "grace rejected", "ada pending"]);
});

it("cancels a Task when nobody took it a thousand times", async () => {
  const task = await bench.newTask();
  while (task.status === "reserved") {
    await bench.reject(task);
    await bench.advance(5);
  }
  expect(task.status).toBe("canceled");
  expect(bench.offers(task)).toHaveLength(1000);
});

it("takes an unanswered Task back after 120 s and its Worker out of service", async () => {
  const task = await bench.newTask();
  await bench.advance(119);
  expect(bench.offers(task)).toEqual(["ada pending"]);
  await bench.advance(1);
  expect(bench.offers(task)).toEqual(["ada timeout", "grace pending"]);
  const { activitySid } = bench.taskrouter.worker("ada");
  expect(bench.taskrouter.activities.get(activitySid)?.friendlyName).toBe("Offline");
});

it("leaves an accepted Task with its Worker beyond its time to live", async () => {
  const task = await bench.newTask({ timeout: 600 });
  bench.accept(task);
  await bench.advance(86_399);
  expect({ status: task.status, offers: bench.offers(task) }).toEqual({
    status: "assigned",
    offers: ["ada accepted"],
  });
});

it("cancels a Task that outlives its time to live", async () => {
  await bench.everyoneLeaves();
  const task = await bench.newTask({ timeout: 60 });
  await bench.advance(59);
  expect(task.status).toBe("pending");
  await bench.advance(1);
  expect(task).toMatchObject({
    status: "canceled",
    reason: "Task TTL Exceeded",
  });
});

it("withdraws the offer of a Task that outlives its time to live", async () => {
  const task = await bench.newTask({ timeout: 60 });
  await bench.advance(60);
  expect(bench.offers(task)).toEqual(["ada canceled"]);
  expect(bench.taskrouter.occupied(bench.taskrouter.worker("ada").sid, task.taskChannelSid)).toBe(0);
});
