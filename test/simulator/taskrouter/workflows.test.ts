import type { TaskRow } from "../../../src/simulator/taskrouter/rows";
import { type Bench, everyone, taskRouterBench } from "./taskrouter-bench";

let bench: Bench;
let first: string;
let second: string;
beforeEach(() => {
  bench = taskRouterBench();
  first = bench.queue("First", "1==1");
  second = bench.queue("Second", "1==1");
});

it("sends a Task where the first matching filter says", async () => {
  const task = await routed(
    {
      filters: [
        filter("team == 'support'", [{ queue: everyone }]),
        filter("team == 'sales'", [{ queue: first }]),
        filter("1==1", [{ queue: second }]),
      ],
    },
    { team: "sales" },
  );
  expect(queueOf(task)).toBe("First");
});

it("shows a Task's first queue at its creation already", () => {
  const workflowSid = bench.workflow({
    filters: [filter("1==1", [{ queue: first, priority: "7" }])],
  });
  const task = bench.taskrouter.createTask({ attributes: {}, workflowSid });
  expect(task).toMatchObject({
    queueSid: first,
    priority: 7,
    queueEnteredAt: expect.any(Date),
  });
});

it("sends a Task that matches no filter to the default queue", async () => {
  const task = await routed({
    filters: [filter("team == 'sales'", [{ queue: first }])],
    default_filter: { queue: second },
  });
  expect(queueOf(task)).toBe("Second");
});

it("cancels a Task that matches nothing where there is no default", async () => {
  const task = await routed({
    filters: [filter("team == 'sales'", [{ queue: first }])],
  });
  expect(task).toMatchObject({
    status: "canceled",
    reason: "Task canceled on Workflow timeout",
  });
});

it("passes to the next target when a target's time is over, and inherits its queue", async () => {
  await bench.everyoneLeaves();
  const task = await routed({
    filters: [
      filter("1==1", [
        { queue: first, timeout: 30 },
        { timeout: "10", priority: 8 },
      ]),
    ],
  });
  await bench.advance(29);
  expect(task.priority).toBe(0);
  await bench.advance(1);
  expect({ queue: queueOf(task), priority: task.priority }).toEqual({
    queue: "First",
    priority: 8,
  });
  await bench.advance(9);
  expect(task.status).toBe("pending");
  await bench.advance(1);
  expect(task.status).toBe("canceled");
});

it("lets a target's priority replace the Task's, and leaves it where a target has none", async () => {
  const workflowSid = bench.workflow({
    filters: [filter("urgent == true", [{ queue: first, priority: 9 }])],
    default_filter: { queue: second },
  });
  const urgent = await bench.newTask({
    workflowSid,
    attributes: { urgent: true },
    priority: 1,
  });
  const usual = await bench.newTask({ workflowSid, priority: 1 });
  expect([urgent.priority, usual.priority]).toEqual([9, 1]);
});

it("counts a Task's time in a queue from when it came there, whatever the target", async () => {
  await bench.everyoneLeaves();
  const task = await routed({
    filters: [filter("1==1", [{ queue: first, timeout: 30 }, { timeout: 30 }, { queue: second }])],
  });
  await bench.advance(30);
  expect(task.queueEnteredAt).toEqual(task.createdAt);
  await bench.advance(30);
  expect(Number(task.queueEnteredAt) - Number(task.createdAt)).toBeGreaterThanOrEqual(60_000);
});

it("passes to the next matching filter after the last target of one", async () => {
  await bench.everyoneLeaves();
  const task = await routed({
    filters: [
      filter("1==1", [{ queue: first, timeout: 30 }]),
      filter("1==2", [{ queue: everyone, timeout: 30 }]),
      filter("1==1", [{ queue: second, timeout: 30 }]),
    ],
  });
  await bench.advance(30);
  expect(queueOf(task)).toBe("Second");
});

it("cancels a Task after its last target, and does not fall back to the default queue", async () => {
  await bench.everyoneLeaves();
  const task = await routed({
    filters: [filter("1==1", [{ queue: first, timeout: 30 }])],
    default_filter: { queue: second },
  });
  await bench.advance(30);
  expect(task).toMatchObject({
    status: "canceled",
    reason: "Task canceled on Workflow timeout",
    queueSid: first,
  });
});

it("lets a pending Reservation outlast its target, and counts the next target from where the first ended", async () => {
  const task = await routed({
    filters: [
      filter("1==1", [
        { queue: first, timeout: 60 },
        { queue: second, timeout: 100 },
      ]),
    ],
  });
  await bench.advance(119);
  expect({ queue: queueOf(task), offers: bench.offers(task) }).toEqual({
    queue: "First",
    offers: ["ada pending"],
  });
  await bench.advance(1);
  expect({ queue: queueOf(task), offers: bench.offers(task) }).toEqual({
    queue: "Second",
    offers: ["ada timeout", "grace pending"],
  });
  await bench.reject(task);
  await bench.everyoneLeaves();
  await bench.advance(39);
  expect(task.status).toBe("pending");
  await bench.advance(1);
  expect(task.status).toBe("canceled");
});

it("offers a Task only to the queue's Workers", async () => {
  bench.setLevels({ ada: { skills: ["sms"] }, grace: { skills: ["chat"] } });
  const queue = bench.queue("Chat", "skills HAS 'chat'");
  expect(bench.offers(await routed({ default_filter: { queue } }))).toEqual(["grace pending"]);
});

it("offers nothing from a queue without an expression", async () => {
  const task = await routed({
    default_filter: { queue: bench.queue("Hold", "") },
  });
  expect(bench.offers(task)).toEqual([]);
});

it("offers a Task only to Workers whom the target's expression allows", async () => {
  bench.setLevels({ ada: { languages: ["de"] }, grace: { languages: ["en"] } });
  const targets = [{ queue: first, expression: "task.language IN worker.languages" }];
  expect(bench.offers(await routed({ filters: [filter("1==1", targets)] }, { language: "en" }))).toEqual([
    "grace pending",
  ]);
});

it("lets expressions name a Worker's Activity", async () => {
  const targets = [
    {
      queue: first,
      expression: "worker.activity_name IN ['Available'] AND worker.friendly_name == 'grace'",
    },
  ];
  expect(bench.offers(await routed({ filters: [filter("1==1", targets)] }))).toEqual(["grace pending"]);
});

it.each([
  ["worker.level DESC", "grace"],
  ["worker.level ASC", "ada"],
  ["worker.level", "ada"],
  ["worker.tier DESC, worker.level DESC", "grace"],
])("orders Workers by %s", async (order, best) => {
  bench.setLevels({ ada: { level: 1, tier: 1 }, grace: { level: 9, tier: 1 } });
  await bench.newTask({
    workflowSid: [...bench.taskrouter.workflows.keys()][0],
  });
  bench.taskrouter.setActivity("sam", "Available");
  bench.setLevels({ sam: { level: 5, tier: 1 } });
  const task = await routed({
    filters: [filter("1==1", [{ queue: first, order_by: order }])],
  });
  expect(bench.offers(task)).toEqual([`${best} pending`]);
});

it.each([
  ["known_worker_sid", (name: string) => bench.taskrouter.worker(name).sid],
  ["known_worker_friendly_name", (name: string) => name],
])("aims a target at one Worker by %s", async (key, identify) => {
  const filters = [filter("1==1", [{ queue: first, [key]: "task.last" }])];
  expect(bench.offers(await routed({ filters }, { last: identify("grace") }))).toEqual(["grace pending"]);
  expect(bench.offers(await routed({ filters }, { last: identify("sam") }))).toEqual([]);
  expect(bench.offers(await routed({ filters }, {}))).toEqual([]);
});

it("moves on from a known Worker who does not answer", async () => {
  const targets = [{ queue: first, known_worker_friendly_name: "grace", timeout: 20 }, { queue: second }];
  bench.taskrouter.setActivity("grace", "Offline");
  const task = await routed({ filters: [filter("1==1", targets)] });
  await bench.advance(20);
  expect(bench.offers(task)).toEqual(["ada pending"]);
});

describe("skip_if", () => {
  const onlySam = { known_worker_friendly_name: "sam" };

  it.each([
    ["workers.available == 0", "First"],
    ["workers.available == 2", "Second"],
    ["workers.unavailable == 1", "Second"],
    ["1==1", "Second"],
  ])("with %s leaves the Task in %s", async (skipIf, queue) => {
    const targets = [
      { queue: first, timeout: 60, skip_if: skipIf, ...onlySam },
      { queue: second, ...onlySam },
    ];
    expect(queueOf(await routed({ filters: [filter("1==1", targets)] }))).toBe(queue);
  });

  it("counts Workers by Activity", async () => {
    const [offline] = [...bench.taskrouter.activities.values()].filter(
      ({ friendlyName }) => friendlyName === "Offline",
    );
    const targets = [
      { queue: first, skip_if: `workers.${offline?.sid} == 1`, ...onlySam },
      { queue: second, ...onlySam },
    ];
    expect(queueOf(await routed({ filters: [filter("1==1", targets)] }))).toBe("Second");
  });

  it("is not asked when a Worker is reserved at once", async () => {
    const targets = [{ queue: first, skip_if: "1==1" }, { queue: second }];
    const task = await routed({ filters: [filter("1==1", targets)] });
    expect({ queue: queueOf(task), offers: bench.offers(task) }).toEqual({
      queue: "First",
      offers: ["ada pending"],
    });
  });

  it("makes a skipped filter count as unmatched, so that the default queue takes the Task", async () => {
    const task = await routed({
      filters: [filter("1==1", [{ queue: first, timeout: 60, skip_if: "1==1", ...onlySam }])],
      default_filter: { queue: second },
    });
    expect({ queue: queueOf(task), offers: bench.offers(task) }).toEqual({
      queue: "Second",
      offers: ["ada pending"],
    });
  });

  it("cancels a Task that skips the default queue", async () => {
    const task = await routed({ default_filter: { queue: first, skip_if: "1==1", ...onlySam } });
    expect(task.status).toBe("canceled");
  });

  it("cancels a Task when everything is skipped", async () => {
    const targets = [{ queue: first, skip_if: "1==1", ...onlySam }];
    expect((await routed({ filters: [filter("1==1", targets)] })).status).toBe("canceled");
  });
});

it("tells filters the time of day in UTC", async () => {
  const hour = bench.clock.now().getUTCHours();
  const filters = [filter(`taskrouter.currentHour == ${hour + 30}`, [{ queue: first }])];
  const open = [filter(`taskrouter.currentHour == ${hour}`, [{ queue: first }])];
  expect(queueOf(await routed({ filters, default_filter: { queue: second } }))).toBe("Second");
  expect(queueOf(await routed({ filters: open, default_filter: { queue: second } }))).toBe("First");
});

it("keeps waiting Tasks on their old rules until they are evaluated again", async () => {
  await bench.everyoneLeaves();
  const workflowSid = bench.workflow({ default_filter: { queue: first } });
  const task = await bench.newTask({ workflowSid });
  const configuration = JSON.stringify({
    task_routing: { default_filter: { queue: second } },
  });
  bench.taskrouter.updateWorkflow(workflowSid, { configuration });
  await bench.settled();
  expect(queueOf(task)).toBe("First");
  bench.taskrouter.updateWorkflow(workflowSid, {}, true);
  await bench.settled();
  expect(queueOf(task)).toBe("Second");
});

it("asks the Workflow how long a Reservation may stay unanswered", async () => {
  const workflowSid = bench.workflow({ default_filter: { queue: first } }, 15);
  const task = await bench.newTask({ workflowSid });
  await bench.advance(15);
  expect(bench.offers(task)).toEqual(["ada timeout", "grace pending"]);
});

it.each([
  ["no JSON", "{", "it is not JSON"],
  ["no task_routing", "{}", "task_routing"],
  ["an unknown queue", rulesText({ default_filter: { queue: "WQ1" } }), "unknown queue WQ1"],
  ["a target without any queue", rulesText({ filters: [filter("1==1", [{}])] }), "unknown queue (none)"],
  ["a broken expression", rulesText({ filters: [filter("a-b == 1", [{ queue: everyone }])] }), "cannot read -b"],
  ["a time-out that is no number", rulesText({ default_filter: { queue: everyone, timeout: "soon" } }), "timeout"],
])("refuses a configuration with %s", (_, configuration, why) => {
  expect(() => bench.taskrouter.createWorkflow({ friendlyName: "Broken", configuration })).toThrow(why);
});

function filter(expression: string, targets: object[]) {
  return { filter_friendly_name: expression, expression, targets };
}

function rulesText(rules: object): string {
  return JSON.stringify({ task_routing: rules });
}

function routed(rules: object, attributes: Record<string, unknown> = {}): Promise<TaskRow> {
  return bench.newTask({ workflowSid: bench.workflow(rules), attributes });
}

function queueOf({ queueSid }: TaskRow): string | undefined {
  return bench.taskrouter.queues.get(String(queueSid))?.friendlyName;
}
