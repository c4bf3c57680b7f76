import { fromTagged, toTagged } from "../../../src/simulator/snapshot/tagged-json";
import type { TaskRow } from "../../../src/simulator/taskrouter/rows";
import { type Bench, taskRouterBench } from "./taskrouter-bench";

let bench: Bench;
beforeEach(() => {
  bench = taskRouterBench();
});

it("counts on in a target, a life and an offer that were written down and read back", async () => {
  const [first, second] = [bench.queue("First", "friendly_name == 'ada'"), bench.queue("Second", "1==1")];
  const targets = [
    { queue: first, timeout: 200 },
    { queue: second, timeout: 60 },
  ];
  const { sid } = await bench.newTask({ workflowSid: bench.workflow({ filters: [{ expression: "1==1", targets }] }) });
  await bench.advance(100);
  restart();
  const task = bench.taskrouter.task(sid);
  await bench.advance(19);
  expect(bench.offers(task)).toEqual(["ada pending"]);
  await bench.advance(1);
  expect(bench.offers(task)).toEqual(["ada timeout"]);
  restart();
  await bench.everyoneLeaves();
  await bench.advance(79);
  expect(queueOf(sid)).toBe("First");
  await bench.advance(1);
  expect(queueOf(sid)).toBe("Second");
  await bench.advance(60);
  expect(bench.taskrouter.task(sid)).toMatchObject({ status: "canceled", reason: "Task canceled on Workflow timeout" });
});

it("ends the life of a Task when it would have", async () => {
  await bench.everyoneLeaves();
  const { sid } = await bench.newTask({ timeout: 60 });
  await bench.advance(59);
  restart();
  expect(bench.taskrouter.task(sid).status).toBe("pending");
  await bench.advance(1);
  expect(bench.taskrouter.task(sid)).toMatchObject({ status: "canceled", reason: "Task TTL Exceeded" });
  restart();
  await bench.advance(300);
  expect(bench.taskrouter.tasks.has(sid)).toBe(false);
});

it("knows whom it offered a Task, what they have to do, and the rules of before", async () => {
  const { sid } = await bench.newTask();
  await bench.reject(bench.taskrouter.task(sid));
  restart();
  await bench.reject(bench.taskrouter.task(sid));
  expect(bench.offers(bench.taskrouter.task(sid))).toEqual(["ada rejected", "grace rejected"]);
  await bench.advance(5);
  bench.accept(bench.taskrouter.task(sid));
  restart();
  const { taskChannelSid } = bench.taskrouter.task(sid);
  expect(bench.taskrouter.occupied(bench.taskrouter.worker("ada").sid, taskChannelSid)).toBe(1);
  bench.taskrouter.completeTask(sid, "solved");
  expect(bench.taskrouter.occupied(bench.taskrouter.worker("ada").sid, taskChannelSid)).toBe(0);
});

it("sends on its way a Task that was written down before it had set out", async () => {
  const { sid }: TaskRow = bench.taskrouter.createTask({ attributes: {}, taskChannel: "chat" });
  restart();
  await bench.settled();
  expect(bench.offers(bench.taskrouter.task(sid))).toEqual(["ada pending"]);
});

/** The world gets back what a file would have kept of it. */
function restart(): void {
  const { memory } = bench.world;
  const file = JSON.stringify(toTagged(memory.tables(), "world"));
  memory.putBack(fromTagged(JSON.parse(file)) as Record<string, unknown>);
  memory.rebuild();
}

function queueOf(sid: string) {
  return bench.taskrouter.queues.get(bench.taskrouter.task(sid).queueSid ?? "")?.friendlyName;
}
