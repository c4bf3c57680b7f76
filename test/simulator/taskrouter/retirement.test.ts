import { type Bench, taskRouterBench } from "./taskrouter-bench";

let bench: Bench;
beforeEach(() => {
  bench = taskRouterBench();
});

it.each(["completed", "canceled"])("deletes a %s Task after five minutes", async (status) => {
  const task = await bench.newTask();
  bench.accept(task);
  if (status === "completed") bench.taskrouter.completeTask(task.sid, "solved");
  else bench.taskrouter.cancelTask(task.sid, "customer left");
  await bench.advance(299);
  expect(bench.taskrouter.tasks.has(task.sid)).toBe(true);
  await bench.advance(1);
  expect(bench.taskrouter.tasks.has(task.sid)).toBe(false);
  expect(bench.taskrouter.reservations.size).toBe(0);
  expect(bench.told.at(-1)).toBe(`task.system-deleted: task ${status}`);
});

it("keeps a Task for as long as whoever made it says", async () => {
  const task = await bench.newTask({ keptSeconds: 600 });
  bench.taskrouter.cancelTask(task.sid, "customer left");
  await bench.advance(599);
  expect(bench.taskrouter.tasks.has(task.sid)).toBe(true);
  await bench.advance(1);
  expect(bench.taskrouter.tasks.has(task.sid)).toBe(false);
});

it("deletes a Task that nobody completes for a day", async () => {
  const task = await bench.newTask();
  bench.accept(task);
  await bench.advance(86_400);
  expect(bench.taskrouter.tasks.has(task.sid)).toBe(false);
  expect(bench.taskrouter.occupied(bench.taskrouter.worker("ada").sid, task.taskChannelSid)).toBe(0);
});

it("leaves it there by the other reading", async () => {
  bench.world.positions.assignedTaskDeletedAfterADay = false;
  const task = await bench.newTask();
  bench.accept(task);
  await bench.advance(14 * 86_400);
  expect(task.status).toBe("assigned");
});
