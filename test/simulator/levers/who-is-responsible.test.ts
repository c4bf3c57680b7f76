import { useResponsibility } from "./use-responsibility";

const desk = useResponsibility();

let sid: string;
beforeEach(async () => {
  sid = await desk.conversation();
});

it("says nothing of Conversations without a customer", async () => {
  const empty = await desk.conversations.conversations.create();
  expect(desk.verdictOn(empty.sid)).toBeUndefined();
});

it("finds nobody for a customer whom nothing has, and says what our notes claim", async () => {
  await desk.writes();
  desk.note(sid, { state: "open" });
  expect(desk.left()).toEqual([
    { conversationSid: sid, who: "nobody", detail: expect.stringContaining("the Document says open") },
  ]);
});

it("still counts a customer who wrote and is no member any more", async () => {
  await desk.writes();
  const [member] = desk.world.conversations.participants(sid);
  desk.world.conversations.removeParticipant(sid, String(member?.sid));
  expect(desk.who()).toEqual(["nobody"]);
});

describe("a Task", () => {
  it("that waits, or is offered, has the customer in the queue", async () => {
    await desk.inbound(sid);
    expect(desk.who()).toEqual(["queue"]);
    desk.simulator.agent("ada").reject();
    expect(desk.who()).toEqual(["queue"]);
  });

  it("that is accepted has the customer with that agent", async () => {
    await desk.accepted(sid);
    expect(desk.verdictOn(sid)).toMatchObject({ who: "agent", detail: expect.stringContaining("ada") });
  });

  it("that is wrapped up on a live channel still has the customer", async () => {
    const { taskSid } = await desk.accepted(sid);
    desk.world.taskrouter.wrapTask(taskSid, "by hand");
    expect(desk.who()).toEqual(["agent"]);
  });

  it("that is canceled leaves the customer with nobody, though the channel lives", async () => {
    const { taskSid } = await desk.inbound(sid);
    desk.world.taskrouter.cancelTask(taskSid, "by hand");
    expect(desk.who()).toEqual(["nobody"]);
  });

  it("that its agent completed alone leaves the customer with nobody", async () => {
    await desk.accepted(sid);
    desk.simulator.agent("ada").finish();
    expect(desk.who()).toEqual(["nobody"]);
  });

  it("is worth nothing once its channel has failed", async () => {
    const { channelSid } = await desk.inbound(sid);
    Object.assign(desk.world.interactions.channel(channelSid), { status: "failed" });
    expect(desk.who()).toEqual(["nobody"]);
  });
});

describe("a channel", () => {
  it("that an agent left is Flex's", async () => {
    await desk.accepted(sid);
    desk.simulator.agent("ada").leave();
    expect(desk.who()).toEqual(["flex"]);
  });

  it("that is paused is Flex's", async () => {
    const { channelSid } = await desk.accepted(sid);
    desk.simulator.agent("ada").leave();
    Object.assign(desk.world.interactions.channel(channelSid), { status: "pause" });
    expect(desk.who()).toEqual(["flex"]);
  });
});

describe("under custom routing", () => {
  const custom = useResponsibility({ flexRevivesLeftChannel: false });

  it("a channel that an agent left is Flex's until the customer writes, then nobody's", async () => {
    const left = await custom.conversation();
    await custom.accepted(left);
    custom.simulator.agent("ada").leave();
    expect(custom.who()).toEqual(["flex"]);
    await custom.simulator.advance(1);
    await custom.writes();
    expect(custom.who()).toEqual(["nobody"]);
  });
});

describe("a Flow", () => {
  it("that waits for the customer has them", async () => {
    desk.attach(sid, desk.flow());
    await desk.writes();
    expect(desk.verdictOn(sid)).toMatchObject({ who: "flow", detail: expect.stringContaining("waits until") });
  });

  it("that has ended has nobody, attached though it is", async () => {
    desk.attach(sid, desk.flow());
    await desk.writes();
    for (const execution of desk.world.studio.executions.values()) desk.world.studio.endExecution(execution, "by hand");
    expect(desk.who()).toEqual(["nobody"]);
  });

  it("that is to be entered again has the customer while a timer would route them", () => {
    desk.attach(sid, desk.flow());
    desk.hearStates();
    expect(desk.who()).toEqual(["nobody"]);
    desk.armTimer(sid);
    expect(desk.who()).toEqual(["flow timer"]);
  });

  it.each([
    ["nobody hears", () => undefined],
    ["somebody else's program hears", () => desk.hearStates("https://example.com/hooks/conversation-events")],
  ])("is not helped by a timer that %s", (_, hear) => {
    desk.attach(sid, desk.flow());
    desk.armTimer(sid);
    hear();
    expect(desk.who()).toEqual(["nobody"]);
  });

  it("is not helped by a timer that has run out", async () => {
    desk.attach(sid, desk.flow());
    desk.hearStates();
    desk.armTimer(sid);
    await desk.simulator.advance(601);
    expect(desk.who()).toEqual(["nobody"]);
  });
});

describe("a claim to route", () => {
  it("has the customer as long as it lives", () => {
    desk.note(sid, { state: "routing", until: desk.inSeconds(15) });
    expect(desk.who()).toEqual(["routing"]);
  });

  it("that is dead has nobody, unless a watchdog will find it", async () => {
    desk.note(sid, { state: "routing", until: desk.inSeconds(15) });
    await desk.simulator.advance(16);
    expect(desk.who()).toEqual(["nobody"]);
    desk.hearStates();
    desk.armTimer(sid);
    expect(desk.who()).toEqual(["watchdog"]);
  });
});

it("has a watchdog for a customer whom our notes take for open, though no Task is", () => {
  desk.note(sid, { state: "open" });
  desk.hearStates();
  desk.armTimer(sid);
  expect(desk.who()).toEqual(["watchdog"]);
});

it("takes no watchdog for granted where we have no notes", () => {
  desk.hearStates();
  desk.armTimer(sid);
  expect(desk.who()).toEqual(["nobody"]);
});

describe("a customer who is parked", () => {
  beforeEach(async () => {
    await desk.writes();
    await desk.simulator.advance(1);
    desk.note(sid, { state: "parked" });
  });

  it("is so while the webhook lives that will hear them", () => {
    desk.hook(sid, "/inbound/message-added");
    expect(desk.who()).toEqual(["parked"]);
  });

  it.each([
    ["no webhook", () => undefined],
    ["a webhook elsewhere", () => desk.hook(sid, "/relay/message-added")],
    ["a webhook for other events", () => desk.hook(sid, "/inbound/message-added", ["onParticipantAdded"])],
  ])("has nobody with %s", (_, attach) => {
    attach();
    expect(desk.who()).toEqual(["nobody"]);
  });

  it("has nobody once they wrote and were not heard, or a watchdog if there is one", async () => {
    desk.hook(sid, "/inbound/message-added");
    await desk.simulator.advance(1);
    await desk.writes("Still there?");
    expect(desk.who()).toEqual(["nobody"]);
    desk.hearStates();
    desk.armTimer(sid);
    expect(desk.who()).toEqual(["watchdog"]);
  });
});

describe("a customer handled twice", () => {
  it("has two live channels", async () => {
    await desk.inbound(sid);
    await desk.inbound(sid);
    expect(desk.left()).toMatchObject([{ who: "double", detail: expect.stringMatching(/UO.*, UO/) }]);
  });

  it("has two Tasks that were made before any agent had them", async () => {
    const { channelSid } = await desk.inbound(sid);
    desk.world.interactions.invite(channelSid, { workspaceSid: desk.world.taskrouter.workspace.sid });
    await desk.simulator.settled();
    expect(desk.who()).toEqual(["double"]);
    desk.simulator.agent("ada").accept();
    expect(desk.who()).toEqual(["double"]);
  });

  it("has two agents at once", async () => {
    const { channelSid } = await desk.accepted(sid);
    desk.world.interactions.invite(channelSid, { workspaceSid: desk.world.taskrouter.workspace.sid });
    desk.simulator.agent("grace").setActivity("Available");
    await desk.simulator.settled();
    desk.simulator.agent("grace").accept();
    expect(desk.who()).toEqual(["double"]);
  });

  it("is not one whom an agent is about to hand over", async () => {
    const { channelSid } = await desk.accepted(sid);
    await desk.simulator.advance(1);
    desk.world.interactions.invite(channelSid, { workspaceSid: desk.world.taskrouter.workspace.sid });
    await desk.simulator.settled();
    expect(desk.who()).toEqual(["agent"]);
  });

  it("is not one whose first agent only wraps up", async () => {
    const { channelSid, taskSid } = await desk.accepted(sid);
    desk.world.interactions.invite(channelSid, { workspaceSid: desk.world.taskrouter.workspace.sid });
    desk.world.taskrouter.wrapTask(taskSid, "by hand");
    desk.simulator.agent("grace").setActivity("Available");
    await desk.simulator.settled();
    desk.simulator.agent("grace").accept();
    expect(desk.who()).toEqual(["agent"]);
  });
});

it("is shown with each Conversation in the state", async () => {
  await desk.accepted(sid);
  const empty = await desk.conversations.conversations.create();
  const { conversations } = desk.simulator.state();
  expect(conversations.find((row) => row.sid === sid)?.responsible).toMatchObject({ who: "agent" });
  expect(conversations.find((row) => row.sid === empty.sid)?.responsible).toBeNull();
});
