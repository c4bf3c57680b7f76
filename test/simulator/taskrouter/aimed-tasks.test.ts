import { type Bench, everyone, taskRouterBench } from "./taskrouter-bench";

let bench: Bench;
let grace: string;
beforeEach(() => {
  bench = taskRouterBench();
  grace = bench.taskrouter.worker("grace").sid;
});

it("offers a Task to the Worker it is aimed at and to nobody else", async () => {
  const task = await bench.newTask({ routingTarget: grace });
  expect(bench.offers(task)).toEqual(["grace pending"]);
});

it("ignores the Worker's capacity and availability unless told otherwise", async () => {
  bench.taskrouter.setActivity("grace", "Offline");
  const [first, second] = [
    await bench.newTask({ routingTarget: grace, taskChannel: "voice" }),
    await bench.newTask({ routingTarget: grace, taskChannel: "voice" }),
  ];
  expect([bench.offers(first), bench.offers(second)]).toEqual([["grace pending"], ["grace pending"]]);
});

it("waits for the Worker's availability and capacity when told to", async () => {
  const aimed = { routingTarget: grace, taskChannel: "voice", ignoreCapacity: false };
  bench.taskrouter.setActivity("grace", "Break");
  const [first, second] = [await bench.newTask(aimed), await bench.newTask(aimed)];
  expect(bench.offers(first)).toEqual([]);
  bench.taskrouter.setActivity("grace", "Available");
  await bench.settled();
  expect([bench.offers(first), bench.offers(second)]).toEqual([["grace pending"], []]);
});

it("is canceled when its Worker rejects it", async () => {
  const task = await bench.newTask({ routingTarget: grace });
  await bench.reject(task);
  expect({ status: task.status, offers: bench.offers(task) }).toEqual({
    status: "canceled",
    offers: ["grace rejected"],
  });
});

it("is canceled when its Worker lets it time out", async () => {
  const task = await bench.newTask({ routingTarget: grace });
  await bench.advance(120);
  expect({ status: task.status, offers: bench.offers(task) }).toEqual({
    status: "canceled",
    offers: ["grace timeout"],
  });
});

it("waits in the queue it is aimed at, whatever the Workflows say", async () => {
  const queue = bench.queue("Only Grace", "friendly_name == 'grace'");
  const task = await bench.newTask({ routingTarget: queue });
  expect({ queueSid: task.queueSid, offers: bench.offers(task) }).toEqual({
    queueSid: queue,
    offers: ["grace pending"],
  });
});

it("takes the Workflow it is aimed at", async () => {
  const workflow = bench.workflow({ default_filter: { queue: bench.queue("Only Grace", "friendly_name == 'grace'") } });
  const task = await bench.newTask({ routingTarget: workflow });
  expect({ workflowSid: task.workflowSid, offers: bench.offers(task) }).toEqual({
    workflowSid: workflow,
    offers: ["grace pending"],
  });
});

it("takes the only Workflow when none is named, and wants a name when there are several", async () => {
  const task = await bench.newTask();
  expect(bench.taskrouter.workflows.get(String(task.workflowSid))?.friendlyName).toBe("Assign to Anyone");
  bench.workflow({ default_filter: { queue: everyone } });
  expect(() => bench.taskrouter.createTask({ attributes: {} })).toThrow("WorkflowSid field is required");
});

it.each(["WK", "WQ", "WW"])("refuses an unknown target %s", (prefix) => {
  const routingTarget = `${prefix}00000000000000000000000000000000`;
  expect(() => bench.taskrouter.createTask({ attributes: {}, routingTarget })).toThrow("was not found");
  expect(bench.taskrouter.tasks.size).toBe(0);
});
