import { type Bench, everyone, taskRouterBench } from "./taskrouter-bench";

let bench: Bench;
beforeEach(() => {
  bench = taskRouterBench();
  bench.taskrouter.setActivity("sam", "Available");
  bench.taskrouter.updateQueue(everyone, { maxReservedWorkers: 2 });
});

it("offers a Task to as many Workers at once as its queue says", async () => {
  const task = await bench.newTask();
  expect([task.status, ...bench.offers(task)]).toEqual(["reserved", "ada pending", "grace pending"]);
});

it("offers it to whoever is there when there are fewer", async () => {
  await bench.everyoneLeaves();
  bench.taskrouter.setActivity("sam", "Available");
  await bench.settled();
  expect(bench.offers(await bench.newTask())).toEqual(["sam pending"]);
});

it("takes the offer from the others when the first accepts", async () => {
  const task = await bench.newTask();
  bench.accept(task);
  expect([task.status, ...bench.offers(task)]).toEqual(["assigned", "ada accepted", "grace rescinded"]);
  expect(bench.told.slice(-3)).toEqual([
    "reservation accepted: task assigned",
    "reservation.accepted: task assigned",
    "reservation rescinded: task assigned",
  ]);
});

it("leaves those who lost it room for other Tasks", async () => {
  bench.taskrouter.setActivity("sam", "Offline");
  const first = await bench.newTask({ taskChannel: "voice" });
  const second = await bench.newTask({ taskChannel: "voice" });
  expect(bench.offers(second)).toEqual([]);
  bench.accept(first);
  await bench.settled();
  expect(bench.offers(second)).toEqual(["grace pending"]);
});

it("keeps the Task reserved until the last of them says no, and then offers it to others first", async () => {
  const task = await bench.newTask();
  await bench.reject(task);
  expect([task.status, ...bench.offers(task)]).toEqual(["reserved", "ada rejected", "grace pending"]);
  await bench.reject(task);
  expect(bench.offers(task)).toEqual(["ada rejected", "grace rejected", "sam pending"]);
});

it("lets all time out, and moves them all to the time-out Activity", async () => {
  const task = await bench.newTask();
  await bench.advance(120);
  expect(bench.offers(task)).toEqual(["ada timeout", "grace timeout", "sam pending"]);
  const names = ["ada", "grace"].map((name) => bench.taskrouter.worker(name).activitySid);
  expect(names).toEqual(Array(2).fill(bench.taskrouter.workspace.timeoutActivitySid));
});

it("ends all offers when the Task is canceled", async () => {
  const task = await bench.newTask();
  bench.taskrouter.cancelTask(task.sid, "customer left");
  expect(bench.offers(task)).toEqual(["ada canceled", "grace canceled"]);
});

it("lets whoever hears of it first accept", async () => {
  bench.world.bus.on("reservation.updated", ({ sid, status }) => {
    if (status === "pending") bench.taskrouter.acceptReservation(sid);
  });
  const task = await bench.newTask();
  expect([task.status, ...bench.offers(task)]).toEqual(["assigned", "ada accepted", "grace rescinded"]);
});
