import { agents } from "../../../src/simulator/seeds";
import { type Bench, everyone, taskRouterBench, workspacePath, workspaceSid } from "./taskrouter-bench";

let bench: Bench;
beforeEach(() => {
  bench = taskRouterBench();
});

it("serves Flex's one workspace", async () => {
  const shown = { sid: workspaceSid, friendly_name: "Flex Task Assignment", timeout_activity_name: "Offline" };
  expect((await bench.call("GET /v1/Workspaces")).body).toMatchObject({ workspaces: [shown] });
  expect((await bench.call(`GET ${workspacePath}`)).body).toMatchObject(shown);
});

it("sets and clears the event callback", async () => {
  const form = { EventCallbackUrl: "https://example.twil.io/hook", EventsFilter: "task.created" };
  expect((await bench.call(`POST ${workspacePath}`, { form })).body).toMatchObject({
    event_callback_url: "https://example.twil.io/hook",
    events_filter: "task.created",
  });
  await bench.call(`POST ${workspacePath}`, { form: { FriendlyName: "Renamed" } });
  expect(bench.taskrouter.workspace).toMatchObject({
    friendlyName: "Renamed",
    eventCallbackUrl: "https://example.twil.io/hook",
  });
  await bench.call(`POST ${workspacePath}`, { form: { EventCallbackUrl: "", EventsFilter: "" } });
  expect(bench.taskrouter.workspace).toMatchObject({ eventCallbackUrl: null, eventsFilter: null });
});

it("refuses an event callback that is no URL", async () => {
  const reply = await bench.call(`POST ${workspacePath}`, { form: { EventCallbackUrl: "ftp://host/hook" } });
  expect({ status: reply.status, url: bench.taskrouter.workspace.eventCallbackUrl }).toEqual({
    status: 400,
    url: null,
  });
});

it.each([
  ["Activities", "activities", ["Offline", "Available", "Unavailable", "Break"]],
  ["TaskQueues", "task_queues", ["Everyone"]],
  ["Workflows", "workflows", ["Assign to Anyone"]],
  ["TaskChannels", "channels", ["Default", "Voice", "Programmable Chat", "SMS", "Video", "Email"]],
  ["Workers", "workers", agents.map(({ name }) => name)],
])("lists the seeded %s", async (path, key, names) => {
  const body = (await bench.call(`GET ${workspacePath}/${path}`)).body as Record<string, Shown[]>;
  expect(body[key]?.map((row) => row.friendly_name)).toEqual(names);
  const [first] = body[key] ?? [];
  expect((await bench.call(`GET ${workspacePath}/${path}/${first?.sid}`)).body).toEqual(first);
});

it.each([
  ["Activities?Available=true", ["Available"]],
  ["Activities?FriendlyName=Break", ["Break"]],
  ["Workers?Available=true", ["ada", "grace"]],
  ["Workers?Available=0", ["sam"]],
  ["Workers?FriendlyName=grace", ["grace"]],
  ["Workers?ActivityName=Offline", ["sam"]],
  ["Workers?TargetWorkersExpression=roles HAS 'supervisor'", ["sam"]],
  ["Workers?TaskQueueName=Everyone", ["ada", "grace", "sam"]],
  ["Workers?TaskQueueName=Nowhere", []],
  ["Workflows?FriendlyName=Nothing", []],
])("filters %s", async (request, names) => {
  const [path, query] = request.split("?");
  const { body } = await bench.call(`GET ${workspacePath}/${path}`, {
    query: Object.fromEntries([String(query).split(/=(.*)/s).slice(0, 2)]) as Record<string, string>,
  });
  const { meta } = body as { meta: { key: string } };
  expect((body as Record<string, Shown[]>)[meta.key]?.map((row) => row.friendly_name)).toEqual(names);
});

it("creates a Workflow and a queue that Tasks then take", async () => {
  const form = { FriendlyName: "Only Grace", TargetWorkers: "friendly_name == 'grace'" };
  const queue = (await bench.call(`POST ${workspacePath}/TaskQueues`, { form })).body as Shown;
  const Configuration = JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } });
  const workflow = await bench.call(`POST ${workspacePath}/Workflows`, {
    form: { FriendlyName: "Mine", Configuration },
  });
  expect(workflow).toMatchObject({
    status: 201,
    body: { configuration: Configuration, task_reservation_timeout: 120 },
  });
  const task = await bench.newTask({ workflowSid: (workflow.body as Shown).sid });
  expect(bench.offers(task)).toEqual(["grace pending"]);
});

it("updates a Workflow and keeps what it was not told", async () => {
  const sid = bench.workflow({ default_filter: { queue: everyone } });
  const form = { TaskReservationTimeout: "30", AssignmentCallbackUrl: "https://example.twil.io/assign" };
  const { body } = await bench.call(`POST ${workspacePath}/Workflows/${sid}`, { form });
  expect(body).toMatchObject({
    friendly_name: "Under test",
    task_reservation_timeout: 30,
    assignment_callback_url: "https://example.twil.io/assign",
  });
});

it.each([
  ["Workflows", { FriendlyName: "Broken", Configuration: "{}" }],
  ["TaskQueues", { FriendlyName: "Broken", TargetWorkers: "skill-level > 3" }],
])("refuses what it cannot read among %s", async (path, form) => {
  const reply = await bench.call(`POST ${workspacePath}/${path}`, { form: form as unknown as Record<string, string> });
  expect(reply).toMatchObject({ status: 400, body: { code: 20001 } });
});

it("sets a Worker's Activity and attributes", async () => {
  const { sid } = bench.taskrouter.worker("sam");
  const available = [...bench.taskrouter.activities.values()].find((row) => row.friendlyName === "Available");
  const form = { ActivitySid: String(available?.sid), Attributes: '{"roles":["agent"]}' };
  expect((await bench.call(`POST ${workspacePath}/Workers/${sid}`, { form })).body).toMatchObject({
    activity_name: "Available",
    available: true,
    attributes: '{"roles":["agent"]}',
  });
});

it("rejects a Worker's pending Reservations on request when they leave", async () => {
  const task = await bench.newTask();
  const { sid } = bench.taskrouter.worker("ada");
  const ActivitySid = bench.taskrouter.workspace.defaultActivitySid;
  await bench.call(`POST ${workspacePath}/Workers/${sid}`, {
    form: { ActivitySid, RejectPendingReservations: "true" },
  });
  await bench.settled();
  expect(bench.offers(task)).toEqual(["ada rejected", "grace pending"]);
});

it("shows how much work a Worker has and may have on each channel", async () => {
  await bench.newTask();
  const { sid } = bench.taskrouter.worker("ada");
  const { channels } = (await bench.call(`GET ${workspacePath}/Workers/${sid}/Channels`)).body as {
    channels: object[];
  };
  expect(channels).toHaveLength(6);
  expect(channels).toContainEqual(
    expect.objectContaining({
      task_channel_unique_name: "chat",
      configured_capacity: 3,
      assigned_tasks: 1,
      available_capacity_percentage: 67,
    }),
  );
});

it("seeds Workers with what Flex keeps about agents", () => {
  const ada = bench.taskrouter.worker("ada");
  expect(JSON.parse(ada.attributes)).toEqual({
    full_name: "Ada Lovelace",
    roles: ["agent"],
    contact_uri: "client:ada",
  });
  expect(ada.capacity).toEqual({ default: 1, voice: 1, chat: 3, sms: 3, video: 1, email: 1 });
});

interface Shown {
  sid: string;
  friendly_name: string;
}
