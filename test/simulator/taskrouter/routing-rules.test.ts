import { ApiError } from "../../../src/simulator/server/api-error";
import { type Bench, everyone, taskRouterBench, workspacePath } from "./taskrouter-bench";

let bench: Bench;
beforeEach(() => {
  bench = taskRouterBench();
});

const one = (target: object) => ({ filters: [{ expression: "1==1", targets: [{ queue: everyone, ...target }] }] });

it.each(["ASC", "DESC"])("puts Workers without the level last, ordered by it %s", async (direction) => {
  bench.setLevels({ ada: {}, grace: { level: 3 } });
  const workflowSid = bench.workflow(one({ order_by: `worker.level ${direction}` }));
  expect(bench.offers(await bench.newTask({ workflowSid }))).toEqual(["grace pending"]);
});

it("lets an empty target stay in the queue of the one before, for anybody there", async () => {
  const targets = [{ queue: everyone, expression: "worker.friendly_name == 'sam'", timeout: "5" }, {}];
  const workflowSid = bench.workflow({ filters: [{ expression: "1==1", targets }] });
  const task = await bench.newTask({ workflowSid });
  expect(bench.offers(task)).toEqual([]);
  await bench.advance(5);
  expect({ queue: task.queueSid, offers: bench.offers(task) }).toEqual({ queue: everyone, offers: ["ada pending"] });
});

it.each([
  ["an unknown one", "task.last", "40154"],
  ["one outside the queue", "sam", "40152"],
])("warns of a known Worker who is %s", async (_, known, code) => {
  const queue = bench.queue("Desk", "friendly_name IN ['ada', 'grace']");
  const workflowSid = bench.workflow(one({ queue, known_worker_friendly_name: known, timeout: 9 }));
  expect(bench.offers(await bench.newTask({ workflowSid }))).toEqual([]);
  expect(bench.log.entries.filter(({ kind }) => kind === "warning")).toMatchObject([
    { name: expect.stringContaining(code) },
  ]);
});

it("warns of nobody when the Task says that it has no known Worker", async () => {
  const workflowSid = bench.workflow(one({ known_worker_sid: "task.agents.last" }));
  await bench.newTask({ workflowSid, attributes: { agents: { last: null } } });
  expect(bench.log.entries.filter(({ kind }) => kind === "warning")).toEqual([]);
});

it("refuses a configuration of more than a megabyte", () => {
  expect(() => bench.workflow({ ...one({}), comment: "x".repeat(1_038_576) })).toThrow("bytes");
});

it("tells which queue a Task leaves when it moves to another", async () => {
  await bench.everyoneLeaves();
  const [first, second] = [bench.queue("First", "1==1"), bench.queue("Second", "1==1")];
  const targets = [{ queue: first, timeout: 10 }, { timeout: 10 }, { queue: second }];
  const workflowSid = bench.workflow({ filters: [{ expression: "1==1", targets }] });
  await bench.newTask({ workflowSid });
  await bench.advance(20);
  const moves = [...bench.taskrouter.events.values()].filter(({ type }) => type === "task-queue.moved");
  expect(moves.map(({ fields }) => fields.TaskQueueName)).toEqual(["First"]);
});

it("waits with a Task of a queue without Workers until it may move on", async () => {
  const hold = bench.queue("Hold", "");
  const targets = [{ queue: hold, timeout: 30 }, { queue: everyone }];
  const task = await bench.newTask({ workflowSid: bench.workflow({ filters: [{ expression: "1==1", targets }] }) });
  await bench.advance(29);
  expect(bench.offers(task)).toEqual([]);
  await bench.advance(1);
  expect(bench.offers(task)).toEqual(["ada pending"]);
});

it.each([
  ["FIFO", "first in"],
  ["LIFO", "last in"],
] as const)("serves %s queues first when the workspace says so", async (order, served) => {
  bench.taskrouter.updateWorkspace({ prioritizeQueueOrder: order });
  const last = bench.taskrouter.createQueue({ friendlyName: "Last in", taskOrder: "LIFO" }).sid;
  await bench.everyoneLeaves();
  const tasks = {
    "first in": await bench.newTask({ taskChannel: "voice", queueSid: everyone }),
    "last in": await bench.newTask({ taskChannel: "voice", queueSid: last }),
  };
  bench.taskrouter.setActivity("ada", "Available");
  await bench.settled();
  expect(bench.offers(tasks[served])).toEqual(["ada pending"]);
});

it("orders a queue by virtual start time", async () => {
  await bench.everyoneLeaves();
  await bench.newTask({ taskChannel: "voice" });
  const old = await bench.newTask({ taskChannel: "voice", virtualStartedAt: new Date("2020-01-01") });
  bench.taskrouter.setActivity("ada", "Available");
  await bench.settled();
  expect(bench.offers(old)).toEqual(["ada pending"]);
});

it.each([
  [false, "grace"],
  [true, "ada"],
])("looks at idleness on the channel alone when that is optimized: %s", async (channelOptimizedRouting, chosen) => {
  const { sid } = bench.taskrouter.taskChannel("email");
  bench.taskrouter.updateTaskChannel(sid, { channelOptimizedRouting });
  const [ada, grace] = ["ada", "grace"].map((name) => bench.taskrouter.worker(name).sid);
  const finish = async (routingTarget: string | undefined, taskChannel: string) => {
    const task = await bench.newTask({ routingTarget, taskChannel });
    bench.accept(task);
    await bench.advance(10);
    bench.taskrouter.completeTask(task.sid, "done");
  };
  await finish(grace, "email");
  await finish(ada, "email");
  await finish(grace, "email");
  await finish(ada, "chat");
  expect(bench.offers(await bench.newTask({ taskChannel: "email" }))).toEqual([`${chosen} pending`]);
});

it("leaves a pending Reservation with a Worker who goes, until its time is over", async () => {
  const task = await bench.newTask();
  bench.taskrouter.setActivity("ada", "Offline");
  await bench.advance(119);
  expect(bench.offers(task)).toEqual(["ada pending"]);
  await bench.advance(1);
  expect(bench.offers(task)).toEqual(["ada timeout", "grace pending"]);
});

it("moves a Task to another channel, and with it to other room", async () => {
  const [first, second] = [
    await bench.newTask({ taskChannel: "voice" }),
    await bench.newTask({ taskChannel: "voice" }),
  ];
  const waiting = await bench.newTask({ taskChannel: "voice" });
  expect([first, second, waiting].map(({ status }) => status)).toEqual(["reserved", "reserved", "pending"]);
  const form = { TaskChannel: "chat", VirtualStartTime: "2026-03-01T00:00:00Z" };
  const { body } = await bench.call(`POST ${workspacePath}/Tasks/${waiting.sid}`, { form });
  await bench.settled();
  expect(body).toMatchObject({ task_channel_unique_name: "chat", virtual_start_time: "2026-03-01T00:00:00Z" });
  expect(waiting.status).toBe("reserved");
});

it("refuses a virtual start in the future", async () => {
  const form = { VirtualStartTime: "2030-01-01T00:00:00Z" };
  expect(await bench.call(`POST ${workspacePath}/Tasks`, { form })).toMatchObject({ status: 400 });
});

describe("the instructions of a Reservation", () => {
  const url = async () => {
    const task = await bench.newTask();
    const [reservation] = bench.taskrouter.reservationsOf(task.sid);
    return `POST ${workspacePath}/Tasks/${task.sid}/Reservations/${reservation?.sid}`;
  };

  it.each([
    ["accept", "accepted"],
    ["reject", "rejected"],
  ])("%s it", async (Instruction, status) => {
    const { body } = await bench.call(await url(), { form: { Instruction } });
    expect(body).toMatchObject({ reservation_status: status });
  });

  it.each(["call", "dequeue", "conference", "redirect", "supervise"])(
    "that need a call (%s) are not served",
    async (Instruction) => {
      expect(await bench.call(await url(), { form: { Instruction } })).toMatchObject({ status: 501 });
    },
  );

  it("are refused to whoever read it before its last change", async () => {
    const request = await url();
    const headers = { "if-match": '"0"' };
    await bench.call(request, { form: { ReservationStatus: "accepted" }, headers });
    expect(await bench.call(request, { form: { ReservationStatus: "completed" }, headers })).toMatchObject({
      status: 412,
    });
  });
});

describe("NOT", () => {
  const create = () => bench.taskrouter.createQueue({ friendlyName: "No sales", targetWorkers: "NOT team == 'sales'" });

  it("is no operator by the harsher reading", () => {
    expect(create).toThrow(ApiError);
    const rules = { filters: [{ expression: "NOT 1 == 2", targets: [{ queue: everyone }] }] };
    expect(() => bench.workflow(rules)).toThrow("NOT is no operator");
    expect(() => bench.workflow(one({ skip_if: "NOT 1 == 2" }))).toThrow("NOT is no operator");
  });

  it("negates by the other", async () => {
    bench.world.positions.expressionNot = "negates";
    const queueSid = create().sid;
    bench.setLevels({ ada: { team: "sales" } });
    expect(bench.offers(await bench.newTask({ queueSid }))).toEqual(["grace pending"]);
  });
});

it("pages by token alone", async () => {
  const request = `GET ${workspacePath}/Activities`;
  const paged = await bench.call(request, { query: { PageSize: "2", Page: "1" } });
  expect(paged).toMatchObject({ status: 400, body: { code: 40153 } });
  const query = { PageSize: "2", Page: "1", PageToken: "PA1" };
  expect((await bench.call(request, { query })).body).toMatchObject({
    activities: [{ friendly_name: "Unavailable" }, { friendly_name: "Break" }],
  });
});
