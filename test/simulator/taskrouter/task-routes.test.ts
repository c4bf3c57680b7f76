import { taskProperties } from "../../../src/simulator/taskrouter/wire";
import { type Bench, everyone, taskRouterBench, workspacePath } from "./taskrouter-bench";

const TASKS = `${workspacePath}/Tasks`;

let bench: Bench;
beforeEach(() => {
  bench = taskRouterBench();
});

it("creates a Task and answers before it is offered to anybody", async () => {
  const { status, body, headers } = await create({ Attributes: '{"name":"Zoë"}', TaskChannel: "sms", Priority: "4" });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    assignment_status: "pending",
    attributes: '{"name":"Zoë"}',
    priority: 4,
    timeout: 86_400,
    reason: null,
    task_queue_sid: everyone,
    task_queue_friendly_name: "Everyone",
    task_channel_unique_name: "sms",
    workflow_friendly_name: "Assign to Anyone",
    routing_target: null,
  });
  expect(headers?.ETag).toMatch(/^"\d+"$/);
});

it.each([
  ["attributes that are no JSON", { Attributes: "{" }, 400],
  ["attributes that are no object", { Attributes: "[1]" }, 400],
  ["attributes beyond 4096 characters", { Attributes: JSON.stringify({ text: "x".repeat(4096) }) }, 400],
  ["a life of more than two weeks", { Timeout: "1209601" }, 400],
  ["an unknown Task Channel", { TaskChannel: "fax" }, 404],
])("refuses %s", async (_, form, status) => {
  expect(await create(form)).toMatchObject({ status });
  expect(bench.taskrouter.tasks.size).toBe(0);
});

it.each([
  ["yes", true],
  ["1", true],
  ["no", false],
  [undefined, true],
])("reads IgnoreCapacity %s of a Task aimed at a Worker as %s", async (text, expected) => {
  const RoutingTarget = bench.taskrouter.worker("ada").sid;
  const { body } = await create({ RoutingTarget, ...(text ? { IgnoreCapacity: text } : {}) });
  expect(body).toMatchObject({ ignore_capacity: expected, routing_target: RoutingTarget });
});

it("finds a Task, and nothing below another workspace", async () => {
  const task = await bench.newTask();
  expect(await bench.call(`GET ${TASKS}/${task.sid}`)).toMatchObject({ status: 200, body: { sid: task.sid } });
  const elsewhere = `/v1/Workspaces/WS${"0".repeat(32)}/Tasks/${task.sid}`;
  expect(await bench.call(`GET ${elsewhere}`)).toMatchObject({ status: 404, body: { code: 20404 } });
});

it("walks a Task through its states", async () => {
  const task = await bench.newTask();
  bench.accept(task);
  expect(await update(task.sid, { AssignmentStatus: "wrapping" })).toMatchObject({
    status: 200,
    body: { assignment_status: "wrapping" },
  });
  expect(await update(task.sid, { AssignmentStatus: "completed", Reason: "solved" })).toMatchObject({
    status: 200,
    body: { assignment_status: "completed", reason: "solved" },
  });
});

it("cancels a Task only until it is assigned", async () => {
  const task = await bench.newTask();
  bench.accept(task);
  const canceled = { AssignmentStatus: "canceled", Reason: "customer left" };
  expect(await update(task.sid, canceled)).toMatchObject({ status: 400 });
  const other = await bench.newTask();
  expect(await update(other.sid, canceled)).toMatchObject({ status: 200, body: { assignment_status: "canceled" } });
});

it.each([
  ["pending", "reserved"],
  ["assigned", "reserved"],
  ["wrapping", "reserved"],
  ["completed", "reserved"],
  ["reserved", "assigned"],
  ["pending", "assigned"],
])("does not let a Task be made %s when it is %s", async (AssignmentStatus, from) => {
  const task = await bench.newTask();
  if (from === "assigned") bench.accept(task);
  const reply = await update(task.sid, { AssignmentStatus, Reason: "test" });
  expect({ status: reply.status, task: task.status }).toEqual({ status: 400, task: from });
});

it.each(["completed", "canceled"])("wants a reason for %s", async (AssignmentStatus) => {
  const task = await bench.newTask();
  if (AssignmentStatus === "completed") bench.accept(task);
  const before = task.status;
  expect(await update(task.sid, { AssignmentStatus })).toMatchObject({ status: 400, body: { code: 20001 } });
  expect(task.status).toBe(before);
});

it("sets attributes and priority, but not together with the status", async () => {
  const task = await bench.newTask();
  expect(await update(task.sid, { Attributes: '{"a":1}', Priority: "9" })).toMatchObject({
    body: { attributes: '{"a":1}', priority: 9 },
  });
  const mixed = { Attributes: '{"a":2}', AssignmentStatus: "canceled", Reason: "test" };
  expect(await update(task.sid, mixed)).toMatchObject({ status: 400, body: { code: 20001 } });
  expect(task).toMatchObject({ status: "reserved", attributes: '{"a":1}' });
});

it("refuses a change to a Task that has changed since it was read", async () => {
  const task = await bench.newTask();
  const { headers } = await bench.call(`GET ${TASKS}/${task.sid}`);
  const outdated = { "if-match": String(headers?.ETag) };
  expect(await update(task.sid, { Attributes: '{"a":1}' }, outdated)).toMatchObject({ status: 200 });
  expect(await update(task.sid, { Attributes: '{"a":2}' }, outdated)).toMatchObject({
    status: 412,
    body: { code: 20412 },
  });
  expect(await bench.call(`DELETE ${TASKS}/${task.sid}`, { headers: outdated })).toMatchObject({ status: 412 });
  expect(task.attributes).toBe('{"a":1}');
});

it("deletes a Task", async () => {
  const task = await bench.newTask();
  expect(await bench.call(`DELETE ${TASKS}/${task.sid}`)).toMatchObject({ status: 204 });
  expect(await bench.call(`GET ${TASKS}/${task.sid}`)).toMatchObject({ status: 404 });
});

describe("the list of Tasks", () => {
  beforeEach(async () => {
    const other = bench.workflow({ default_filter: { queue: bench.queue("Nobody", "") } });
    const workflowSid = [...bench.taskrouter.workflows.keys()][0];
    await bench.newTask({ workflowSid, attributes: { name: "assigned", conversationSid: "CH1" }, priority: 1 });
    await bench.newTask({ workflowSid, attributes: { name: "reserved", conversationSid: "CH2" }, priority: 2 });
    await bench.newTask({ workflowSid: other, attributes: { name: "pending", conversationSid: "CH1" } });
    const [first] = bench.taskrouter.tasks.values();
    if (first) bench.accept(first);
  });

  it.each([
    [{}, ["assigned", "reserved", "pending"]],
    [{ AssignmentStatus: ["pending", "reserved"] }, ["reserved", "pending"]],
    [{ AssignmentStatus: "assigned,reserved" }, ["assigned", "reserved"]],
    [{ WorkflowName: "Under test" }, ["pending"]],
    [{ TaskQueueName: "Everyone" }, ["assigned", "reserved"]],
    [{ TaskQueueSid: everyone, Priority: "2" }, ["reserved"]],
    [{ EvaluateTaskAttributes: "conversationSid == 'CH1'" }, ["assigned", "pending"]],
    [{ EvaluateTaskAttributes: "missing == 'CH1'" }, []],
    [{ Ordering: "Priority:desc" }, ["reserved", "assigned", "pending"]],
    [{ Ordering: "Priority:asc,DateCreated:desc" }, ["pending", "assigned", "reserved"]],
    [{ HasAddons: "true" }, []],
    [{ HasAddons: "false" }, ["assigned", "reserved", "pending"]],
  ])("answers %j with %j", async (query, names) => {
    expect(await listed(query as Record<string, string>)).toEqual(names);
  });

  it("filters by Workflow SID", async () => {
    const [, other] = [...bench.taskrouter.workflows.keys()];
    expect(await listed({ WorkflowSid: String(other) })).toEqual(["pending"]);
  });

  it.each([{ EvaluateTaskAttributes: "a-b == 1" }, { Ordering: "Name:asc" }, { Page: "2" }])(
    "refuses %j",
    async (query) => {
      expect(await bench.call(`GET ${TASKS}`, { query: query as unknown as Record<string, string> })).toMatchObject({
        status: 400,
      });
    },
  );

  async function listed(query: Record<string, string>) {
    const { body } = await bench.call(`GET ${TASKS}`, { query });
    const { tasks } = body as { tasks: { attributes: string }[] };
    return tasks.map(({ attributes }) => (JSON.parse(attributes) as { name: string }).name);
  }
});

it("shows a Task as an Interaction's routing properties do", async () => {
  const task = await bench.newTask({ attributes: { name: "Zoë" } });
  await bench.advance(10);
  expect(taskProperties(bench.world, task)).toMatchObject({
    sid: task.sid,
    date_created: Math.floor(task.createdAt.getTime() / 1000),
    attributes: '{"name":"Zoë"}',
    assignment_status: "reserved",
    workflow_name: "Assign to Anyone",
    queue_name: "Everyone",
    reason: "",
    age: 10,
    age_in_queue: 10,
    assignmentCounter: 1,
    task_channel_unique_name: "chat",
    routing_target: null,
    addons: "{}",
  });
});

function create(form: Record<string, string>) {
  return bench.call(`POST ${TASKS}`, { form });
}

function update(sid: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  return bench.call(`POST ${TASKS}/${sid}`, { form, headers });
}
