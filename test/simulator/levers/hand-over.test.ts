import { useLevers } from "./use-levers";

const levers = useLevers();

let chat: Awaited<ReturnType<typeof levers.offered>>;
beforeEach(async () => {
  chat = await levers.offered();
  levers.simulator.agent("ada").accept();
  await levers.simulator.settled();
});

const tasks = () => levers.simulator.state().tasks;
const openTasks = () => tasks().filter(({ status }) => status !== "completed" && status !== "canceled");
const channel = () => levers.simulator.state().channels[0];
const members = () => levers.world.conversations.participants(chat.conversationSid).map(({ identity }) => identity);
const offeredTo = () => {
  const { reservations, workers } = levers.simulator.state();
  const pending = reservations.find(({ status }) => status === "pending");
  return workers.find(({ sid }) => sid === pending?.workerSid)?.friendlyName;
};
const everyone = () => [...levers.world.taskrouter.queues.values()][0]?.sid;

describe("an agent who leaves", () => {
  it("completes the Task and goes, while the Conversation stays open on an inactive channel", async () => {
    expect(await levers.post("agents/ada/leave")).toMatchObject({ status: 200, body: { sid: chat.taskSid } });
    expect(tasks()).toMatchObject([{ status: "completed" }]);
    expect(channel()?.status).toBe("inactive");
    expect(members()).toEqual([null]);
    expect(levers.simulator.state().conversations[0]?.state).toBe("active");
  });
});

describe("an agent who finishes a Task under way", () => {
  it("goes alone: the channel stays active", async () => {
    expect(await levers.post("agents/ada/finish", { task: chat.taskSid })).toMatchObject({ status: 200 });
    expect(tasks()).toMatchObject([{ status: "completed" }]);
    expect(channel()?.status).toBe("active");
    expect(members()).toEqual([null]);
  });
});

describe("an agent who transfers", () => {
  it("to a colleague: they are offered a new Task on the same channel, with the attributes of the old one", async () => {
    levers.simulator.agent("grace").setActivity("Available");
    const { status, body } = await levers.submit("agents/ada/transfer", { to: "grace" });
    expect(status).toBe(200);
    expect(openTasks()).toMatchObject([
      {
        sid: body.sid,
        attributes: { conversationSid: chat.conversationSid, flexInteractionChannelSid: channel()?.sid },
      },
    ]);
    expect(offeredTo()).toBe("grace");
    expect(tasks()[0]).toMatchObject({ sid: chat.taskSid, status: "completed" });
    expect(members()).toEqual([null]);
  });

  it("to a colleague by SID, who accepts, and is then in the Conversation", async () => {
    levers.simulator.agent("grace").setActivity("Available");
    levers.simulator.agent("ada").transfer(levers.world.taskrouter.worker("grace").sid);
    await levers.simulator.settled();
    levers.simulator.agent("grace").accept();
    expect(members()).toEqual([null, "grace"]);
    expect(openTasks()).toMatchObject([{ status: "assigned" }]);
  });

  it("to a colleague who rejects: the Workflow offers it to the next agent", async () => {
    levers.simulator.agent("grace").setActivity("Available");
    const { body } = await levers.submit("agents/ada/transfer", { to: "grace" });
    levers.simulator.agent("grace").reject();
    await levers.simulator.settled();
    expect(openTasks()).toMatchObject([{ sid: body.sid, status: "reserved" }]);
    expect(offeredTo()).toBe("ada");
  });

  it("to a colleague who lets it pass: the Workflow offers it to the next agent", async () => {
    levers.simulator.agent("grace").setActivity("Available");
    await levers.submit("agents/ada/transfer", { to: "grace" });
    await levers.simulator.advance(121);
    expect(offeredTo()).toBe("ada");
    expect(openTasks()).toHaveLength(1);
  });

  it("to a colleague who is away: the Workflow offers it at once", async () => {
    levers.simulator.agent("sam").setActivity("Break");
    await levers.submit("agents/ada/transfer", { to: "sam" });
    expect(offeredTo()).toBe("ada");
  });

  it.each([
    ["its name", () => "Everyone"],
    ["its SID", () => String(everyone())],
  ])("to a queue by %s: it waits right there", async (_, to) => {
    await levers.submit("agents/ada/transfer", { to: to() });
    expect(openTasks()).toMatchObject([{ queueSid: everyone(), routingTarget: everyone() }]);
  });

  it("to nobody we know is refused, and nothing changes", async () => {
    expect(await levers.submit("agents/ada/transfer", { to: "nobody" })).toMatchObject({ status: 404 });
    expect(openTasks()).toMatchObject([{ sid: chat.taskSid, status: "assigned" }]);
  });
});

it.each(["leave", "finish", "transfer"])("has nothing to %s without an accepted Task", async (act) => {
  expect(await levers.submit(`agents/grace/${act}`, { to: "ada" })).toMatchObject({ status: 409 });
});

it.each([
  ["agents/ada/transfer", {}, "to"],
  ["agents/ada/transfer", { to: "" }, "to"],
  ["agents/ada/leave", { task: 5 }, "task"],
  ["agents/ada/finish", { task: 5 }, "task"],
])("refuses POST %s with %j and names the field", async (path, input, field) => {
  expect(await levers.post(path, input)).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(new RegExp(`^${field}: `)) },
  });
});
