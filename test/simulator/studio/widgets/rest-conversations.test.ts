import { account } from "../../../../src/simulator/seeds";
import { ask, chat, customer, drawn, flowStartedBy, say, sender, state, studioBench, workflow } from "../studio-bench";

const other = "+15550101002";

describe("start-conversation", () => {
  it("makes a Conversation with its customer, in which the Flow goes on", async () => {
    const bench = await requested(
      start({ friendly_name: "For {{flow.data.name}}", attributes: '{"a":1}', timers_inactive: "PT10M" }),
      ask("ask", "Yes?", { incomingMessage: "thank" }),
      say("thank", "{{widgets.ask.inbound.Body}} in {{flow.channel.sid}}"),
    );
    const conversation = started(bench);
    expect(conversation).toMatchObject({
      friendlyName: "For Ada",
      attributes: '{"a":1}',
      serviceSid: account.chatServiceSid,
      timers: { inactive: "PT10M" },
    });
    const [participant] = bench.world.conversations.participants(conversation.sid);
    expect(participant?.binding).toEqual({ type: "sms", address: other, proxyAddress: sender });
    expect(bench.outputs("open")).toEqual({ ConversationSid: conversation.sid, ParticipantSid: participant?.sid });
    await bench.world.phones.send({ from: other, to: sender, body: "yes" });
    await bench.settled();
    expect(received(bench)).toEqual(["Yes?", `yes in ${conversation.sid}`]);
  });

  it("makes one for a member with an identity", async () => {
    const bench = await requested(
      start({ participants: [{ type: "chat", identity: "{{flow.data.name}}" }] }),
      say("ask", "Hi"),
    );
    const [participant] = bench.world.conversations.participants(started(bench).sid);
    expect(participant?.identity).toBe("Ada");
  });

  it.each([
    [true, "closed"],
    [false, "active"],
  ])("with close_conversation_on_execution_end %s leaves it %s, without its webhook", async (closes, left) => {
    const bench = await requested(start({ close_conversation_on_execution_end: closes }), say("ask", "Bye"));
    expect(bench.execution().status).toBe("ended");
    expect(started(bench).state).toBe(left);
    expect(bench.world.conversations.webhooks(started(bench).sid)).toEqual([]);
  });

  it("says nothing more in it once an agent has it, with 81011", async () => {
    const toAgent = state("send-to-flex", "ask", { workflow, channel: chat }, { callComplete: "late" });
    const bench = await requested(start(), toAgent, say("late", "Goodbye", { failed: "sorry" }), say("sorry", "Sorry"));
    expect(bench.widgetLines().slice(-2)).toEqual(["send-message late -> failed", "send-message sorry -> failed"]);
    expect(bench.codes()).toEqual([81011, 81011]);
    expect(received(bench)).toEqual([]);
  });

  it("leaves it open, without its webhook, when an agent takes over", async () => {
    const toAgent = state("send-to-flex", "ask", { workflow, channel: chat }, { callComplete: undefined });
    const bench = await requested(start({ close_conversation_on_execution_end: true }), toAgent);
    expect(bench.tasks()).toMatchObject([{ attributes: { conversationSid: started(bench).sid } }]);
    expect(started(bench).state).toBe("active");
    expect(bench.world.conversations.webhooks(started(bench).sid)).toEqual([]);
  });

  it.each([
    ["the service does not exist", { conversation_service_sid: "IS00000000000000000000000000000000" }],
    ["the address is none", { participants: [{ type: "sms", messaging_binding_address: "nobody" }] }],
    ["the pair has a Conversation already", { participants: [pair(customer)] }],
  ])("leaves by failed, and no Conversation, when %s", async (_what, properties) => {
    const bench = await requested(start(properties), say("sorry", "Sorry", {}, { from: sender }));
    expect(bench.widgetLines()).toContain("start-conversation open -> failed");
    expect(bench.world.conversations.conversations.size).toBe(1);
    expect(bench.heard()).toEqual(["Sorry"]);
  });

  it("leaves by failed the second time: an Execution has one Conversation", async () => {
    const again = {
      ...start({ participants: [{ type: "chat", identity: "bob" }] }, "again"),
      transitions: [{ event: "failed", next: "sorry" }],
    };
    const bench = await requested(
      { ...start(), transitions: [{ event: "created", next: "again" }] },
      again,
      say("sorry", "Sorry"),
    );
    expect(received(bench)).toEqual(["Sorry"]);
    expect(bench.world.conversations.conversations.size).toBe(2);
  });
});

describe("resume-conversation", () => {
  it("goes on in a Conversation that was there", async () => {
    const bench = await requested(
      resume(),
      ask("ask", "Still there?", { incomingMessage: "thank" }),
      say("thank", "Thanks"),
    );
    expect(bench.hooks).toMatchObject([{ target: "studio", filters: ["onMessageAdded"] }]);
    await bench.customerSays("yes");
    expect(bench.heard()).toEqual(["Still there?", "Thanks"]);
    expect(bench.hooks).toEqual([]);
    expect(bench.conversation.state).toBe("active");
  });

  it("closes it at the end where it is to", async () => {
    const bench = await requested(resume({ close_conversation_on_execution_end: true }), say("ask", "Bye"));
    expect(bench.conversation.state).toBe("closed");
  });

  it.each([
    ["it does not exist", { conversation_sid: "CH00000000000000000000000000000000" }],
    ["it is in another service", { conversation_service_sid: "IS00000000000000000000000000000000" }],
  ])("leaves by failed when %s", async (_what, properties) => {
    const bench = await requested(resume(properties), say("sorry", "Sorry", {}, { from: sender }));
    expect(bench.heard()).toEqual(["Sorry"]);
  });

  it("leaves by failed when the Conversation is closed, or another Flow has it", async () => {
    const bench = await studioBench().run(ask("ask", "Yes?"));
    const flow = bench.studio.createFlow(published(resume(), say("sorry", "Sorry", {}, { from: sender })));
    const parameters = { conversation: bench.conversation.sid };
    bench.studio.startExecution(flow, { to: customer, from: sender, parameters });
    await bench.settled();
    bench.studio.endExecution([...bench.studio.executions.values()].at(0) ?? bench.execution(), "ended by REST");
    bench.world.conversations.setState(bench.conversation.sid, "closed", "API", false);
    bench.studio.startExecution(flow, { to: customer, from: sender, parameters });
    await bench.settled();
    expect(bench.heard()).toEqual(["Yes?", "Sorry", "Sorry"]);
  });
});

it.each(["start-conversation", "resume-conversation"])(
  "%s cannot run in a subflow of a message's Flow: 81020",
  async (type) => {
    const bench = studioBench();
    const widget = type === "start-conversation" ? start() : resume();
    // What Twilio's validator refuses, if the subflow were reached by its parent alone.
    const { sid } = bench.studio.createFlow(published(widget, say("sorry", "Sorry")));
    const inner = bench.studio.flow(sid).revisions[0]?.definition.states[0];
    if (inner) inner.transitions = [{ event: "incomingParent", next: "open" }];
    await bench.run(state("run-subflow", "down", { flow_sid: sid, flow_revision: "1" }));
    expect(bench.codes()).toEqual([81020]);
    expect(bench.heard()).toEqual(["Sorry"]);
  },
);

type Bench = ReturnType<typeof studioBench>;
type State = ReturnType<typeof state>;

function pair(address: string) {
  const proxy = "{{trigger.request.from}}";
  return { type: "messaging", messaging_binding_address: address, messaging_binding_proxy_address: proxy };
}

function start(properties: object = {}, name = "open") {
  const given = { conversation_service_sid: account.chatServiceSid, participants: [pair(other)], ...properties };
  return state("start-conversation", name, given, { created: "ask", failed: "sorry" });
}

function resume(properties: object = {}) {
  const given = {
    conversation_service_sid: account.chatServiceSid,
    conversation_sid: "{{flow.data.conversation}}",
    ...properties,
  };
  return state("resume-conversation", "open", given, { resumed: "ask", failed: "sorry" });
}

function published(...states: State[]) {
  const definition = drawn(flowStartedBy(["incomingRequest"], ...states));
  return { friendlyName: "Flow", status: "published" as const, definition };
}

async function requested(...states: State[]) {
  const bench = studioBench();
  const flow = bench.studio.createFlow(published(...states));
  const parameters = { name: "Ada", conversation: bench.conversation.sid };
  bench.studio.startExecution(flow, { to: customer, from: sender, parameters });
  await bench.settled();
  return bench;
}

function started(bench: Bench) {
  const conversation = [...bench.world.conversations.conversations.values()].at(1);
  if (!conversation) throw new Error("no Conversation was started");
  return conversation;
}

const received = (bench: Bench) =>
  bench.world.phones
    .messages(other)
    .filter(({ direction }) => direction === "in")
    .map(({ body }) => body);
