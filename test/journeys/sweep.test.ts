import { CUSTOMER } from "../support/contact-centre";
import { MINUTE, useSweeps } from "../support/sweep-bench";

const bench = useSweeps();
const { centre, call, sweep, expectRepaired, world, openTasks, conversation, sidOf, hooks, conversationRow } = bench;
const { write, stopClocks, later, customerWaits, withAgent, withAgentAt, cancelUnheard } = bench;

describe("a sweep that finds nothing", () => {
  it("leaves a customer in a Flow, in a queue, with an agent, and one who has left alone", async () => {
    await centre.customerSends("Hello");
    await centre.simulator.advance(5 * MINUTE);
    expect(await sweep({ fix: "true" })).toEqual([]);
    const agent = await withAgentAt("1");
    await later();
    expect(await sweep({ fix: "true" })).toEqual([]);
    await centre.agent(agent, "wrapUp");
    await centre.agent(agent, "complete");
    await later();
    expect(await sweep({ fix: "true" })).toEqual([]);
    expect(centre.state().conversations).toHaveLength(1);
  });

  it("leaves what is younger than two minutes, and whom somebody is routing", async () => {
    await customerWaits();
    await cancelUnheard();
    expect(await sweep({ fix: "true" })).toEqual([]);
    await later();
    const until = new Date(centre.simulator.clock.ms() + 10_000).toISOString();
    await write({ state: "routing", owner: "somebody", until });
    expect(await sweep({ fix: "true" })).toEqual([]);
    expect(openTasks()).toEqual([]);
  });

  it("does not touch Conversations that are not ours", async () => {
    const { conversations } = centre.twilio.conversations.v1;
    const { sid } = await conversations.create({ friendlyName: "somebody else's" });
    await conversations(sid).participants.create({
      "messagingBinding.address": CUSTOMER,
      "messagingBinding.proxyAddress": "+15550100100",
    });
    await later();
    expect(await sweep({ fix: "true" })).toEqual([]);
    centre.leavesUnattended("somebody else's Conversation is none of ours");
  });

  it("makes no call for ten thousand Conversations that closed long ago", async () => {
    const { conversations } = world();
    for (let i = 0; i < 10_000; i += 1) conversations.setState(conversations.create({}).sid, "closed", "API", false);
    await centre.simulator.advance(20 * 24 * 60 * MINUTE);
    centre.simulator.log.clear();
    expect(await sweep()).toEqual([]);
    expect(centre.callsOf("ListConversation").length + centre.callsOf("ListTask").length).toBeLessThanOrEqual(4);
    expect(centre.callsOf("FetchDocument")).toEqual([]);
  });

  it("costs at most five calls for a Conversation with an agent", async () => {
    await withAgent();
    await later();
    centre.simulator.log.clear();
    await sweep();
    const calls = centre.simulator.log.entries.filter(
      ({ kind, name }) => kind === "rest" && !/ List(Conv|Task)/.test(name),
    );
    expect(calls.length).toBeLessThanOrEqual(2 + 4);
  });
});

describe("nobody has the customer", () => {
  it("whose Task was canceled unheard: they are invited again", async () => {
    await customerWaits();
    await cancelUnheard();
    await stopClocks();
    await later();
    await expectRepaired("no-task: follow-task");
    expect(openTasks()).toHaveLength(1);
    expect(centre.state().interactions).toHaveLength(1);
  });

  it("whose agent completed the Task alone, unheard: another is asked", async () => {
    await withAgent();
    const member = [...world().interactions.participants.values()].findLast(({ type }) => type === "agent");
    await centre.simulator.advance(10);
    centre.functionFails("/hooks/task-events", 5);
    world().interactions.updateParticipant(member?.sid ?? "", "closed");
    await centre.simulator.settled();
    world().faults.clear();
    await stopClocks();
    await later();
    await expectRepaired("no-task: follow-task");
    expect(openTasks()).toHaveLength(1);
  });

  it("because whoever claimed the right to route died: routed at once", async () => {
    await centre.bindToWebhook();
    world().faults.add({ operation: "CreateInteraction", kind: "crash before" });
    await centre.customerSends("Hello");
    expect(openTasks()).toEqual([]);
    await stopClocks();
    await later();
    await expectRepaired("dead-claim: route");
    expect(openTasks()).toHaveLength(1);
  });

  it("because the Flow ended without a word to us, and no timer is left: routed", async () => {
    await centre.customerSends("Hello");
    const execution = [...world().studio.executions.values()].at(-1);
    if (execution) world().studio.endExecution(execution, "ended by somebody");
    await stopClocks();
    await later();
    await expectRepaired("flow-over: route");
    expect(openTasks()).toHaveLength(1);
  });

  it("but a Flow that waits for ever: it is ended, and they are routed", async () => {
    await centre.customerSends("Hello");
    const execution = [...world().studio.executions.values()].at(-1);
    world()
      .alarms.bell("Studio wait", () => undefined)
      .cancel(execution?.sid ?? "");
    await stopClocks();
    await centre.simulator.advance(60 * MINUTE);
    await expectRepaired("flow-stuck: end-flow-and-route");
    expect(openTasks()).toHaveLength(1);
    expect(centre.state().executions.filter(({ status }) => status === "active")).toEqual([]);
  });

  it("whose watchdog died at its own first call, while they keep silent: found and watched again", async () => {
    await customerWaits();
    centre.functionFails("/hooks/task-events", 99);
    world().taskrouter.cancelTask(openTasks()[0]?.sid ?? "", "canceled by somebody");
    await centre.simulator.settled();
    world().faults.add({ operation: "FetchDocument", kind: "crash before" });
    await centre.simulator.advance(21 * MINUTE);
    await later();
    world().faults.clear();
    expect(conversation()?.state).toBe("inactive");
    await expectRepaired("no-task: follow-task");
    expect(openTasks()).toHaveLength(1);
    expect(conversationRow()?.timers.dateInactive).toBeDefined();
  });

  it("and no Document: taken up", async () => {
    await centre.bindToWebhook();
    world().faults.add({ operation: "CreateDocument", kind: "crash before" });
    await centre.customerSends("Hello");
    expect(openTasks()).toEqual([]);
    await stopClocks();
    await later();
    await expectRepaired("no-document: adopt");
    expect(openTasks()).toHaveLength(1);
  });
});

describe("a channel", () => {
  const channel = () => [...world().interactions.channels.values()].at(-1);
  const forgetChannel = () => (world().interactions.channels as Map<string, unknown>).delete(channel()?.sid ?? "");

  it("that failed under an open Task: the Task ends, and a new Interaction takes its place", async () => {
    await customerWaits();
    const row = channel();
    if (row) row.status = "failed";
    await stopClocks();
    await later();
    await expectRepaired("dead-channel: cancel-task-and-route");
    expect(openTasks()).toHaveLength(1);
    expect(centre.state().interactions).toHaveLength(2);
  });

  it("that was left, and is gone after half a year: closed when nobody waits", async () => {
    await withAgent();
    await centre.agentLeaves();
    forgetChannel();
    await stopClocks();
    await later();
    await expectRepaired("no-channel: close");
    expect(conversation()?.state).toBe("closed");
  });

  it("that was left, and is gone, with a customer who wrote: they get a new Interaction", async () => {
    await withAgent();
    await centre.agentLeaves();
    forgetChannel();
    await centre.customerSends("Are you there?");
    await stopClocks();
    await later();
    await expectRepaired("no-channel: invite");
    expect(openTasks()).toHaveLength(1);
  });
});

describe("a parked Conversation", () => {
  async function parked() {
    await withAgent();
    await write({ state: "parked" });
    const member = [...world().interactions.participants.values()].findLast(({ type }) => type === "agent");
    await centre.simulator.advance(10);
    world().interactions.updateParticipant(member?.sid ?? "", "closed");
    await centre.simulator.settled();
  }

  it("without its hook gets it back", async () => {
    await parked();
    for (const { sid } of hooks()) world().conversations.removeWebhook(sidOf(), sid);
    await later();
    await expectRepaired("no-hook: add-hook");
    expect(hooks()).toHaveLength(1);
  });

  it("whose hook did not hear the customer: they are invited", async () => {
    await parked();
    await centre.simulator.advance(10);
    centre.functionFails("/inbound/message-added");
    await centre.customerSends("Hello again");
    await later();
    await expectRepaired("unanswered: invite");
    expect(openTasks()).toHaveLength(1);
  });
});

describe("a Document and its Conversation that disagree", () => {
  it("ended, and the customer writes into it: routed", async () => {
    await customerWaits();
    await cancelUnheard();
    await write({ state: "ended" });
    await stopClocks();
    await centre.customerSends("Anybody?");
    await later();
    await expectRepaired("ended-but-lives: route-or-close");
    expect(openTasks()).toHaveLength(1);
  });

  it("ended, and nobody waits: closed", async () => {
    const agent = await withAgent();
    await centre.agentReplies(agent, "Goodbye");
    await centre.agentLeaves();
    await write({ state: "ended" });
    await later();
    await expectRepaired("ended-but-lives: route-or-close");
    expect(conversation()?.state).toBe("closed");
  });

  it("closing, and Flex never closed it: closed", async () => {
    const agent = await withAgent();
    await centre.agentReplies(agent, "Goodbye");
    await centre.agentLeaves();
    await write({ state: "closing" });
    await centre.simulator.advance(20 * MINUTE);
    await expectRepaired("not-closed: close");
    expect(conversation()?.state).toBe("closed");
  });

  it("open, and it was closed with a late message: the message goes on in a successor", async () => {
    const agent = await withAgent();
    await centre.simulator.advance(MINUTE);
    await centre.customerSends("Wait, one more thing");
    centre.functionFails("/hooks/task-events", 9);
    centre.functionFails("/hooks/conversation-events", 9);
    centre.simulator.agent(agent).wrapUp();
    centre.simulator.agent(agent).complete();
    await centre.simulator.settled();
    await centre.simulator.advance(12 * MINUTE);
    world().faults.clear();
    expect(conversation()?.state).toBe("closed");
    await write({ state: "open", closingAt: new Date(centre.simulator.clock.ms() - 13 * MINUTE * 1000).toISOString() });
    await expectRepaired("close-unheard: write-down");
    expect(openTasks()).toHaveLength(1);
  });

  it("ended, with a late message whose successor was never made: made", async () => {
    const agent = await withAgent();
    await centre.simulator.advance(MINUTE);
    await centre.customerSends("Wait, one more thing");
    world().faults.add({ operation: "ListMessage", status: 404, times: 9 });
    world().faults.add({ operation: "ListConversationMessage", status: 404, times: 9 });
    centre.simulator.agent(agent).wrapUp();
    centre.simulator.agent(agent).complete();
    await centre.simulator.settled();
    await centre.simulator.advance(12 * MINUTE);
    world().faults.clear();
    await write({ state: "ended" });
    await expectRepaired("late-message: succeed");
    expect(openTasks()).toHaveLength(1);
  });

  it("a Task open whose Conversation is closed: ended through its channel", async () => {
    const { positions } = world();
    const { channelOutlivesConversation } = positions;
    // Where it does not, no Task is left over.
    positions.channelOutlivesConversation = true;
    await customerWaits();
    centre.functionFails("/hooks/conversation-events");
    world().conversations.setState(sidOf(), "closed", "API", false);
    await write({ state: "ended" });
    await later();
    await expectRepaired("task-of-closed: close-channel");
    expect(openTasks()).toEqual([]);
    positions.channelOutlivesConversation = channelOutlivesConversation;
  });

  it("two live Interactions: told, and left to people", async () => {
    await customerWaits();
    const { taskrouter, interactions } = world();
    const [first] = interactions.channels.values();
    // Also where Twilio would not accept a second one beside it.
    if (first) first.status = "closed";
    interactions.create({
      channel: { type: "sms", initiatedBy: "customer", mediaChannelSid: sidOf() },
      routing: { workspaceSid: taskrouter.workspace.sid, workflowSid: [...taskrouter.workflows.keys()][0] },
    });
    if (first) first.status = "active";
    await centre.simulator.settled();
    await later();
    expect(await sweep({ fix: "true" })).toEqual(["double: report"]);
    expect(openTasks()).toHaveLength(2);
    centre.leavesUnattended("which of two agents the customer is to have is for people to say");
  });
});

describe("hooks and timers", () => {
  const url = (host: string) => `https://${host}/inbound/message-added`;
  const add = (target: "webhook" | "studio", more: object) =>
    world().conversations.scopedWebhooks.add(sidOf(), { target, ...more });

  it("our hook there twice: once", async () => {
    await customerWaits();
    add("webhook", { url: url(centre.simulator.account.functionsDomain), filters: ["onMessageAdded"] });
    await later();
    await expectRepaired("hook-twice: remove-hook");
    expect(hooks()).toHaveLength(1);
  });

  it("a Studio hook beside an agent: removed", async () => {
    await withAgent();
    add("studio", { flowSid: [...world().studio.executions.values()][0]?.flowSid });
    await later();
    await expectRepaired("flow-hook: remove-hook");
    expect(hooks().map(({ target }) => target)).toEqual(["webhook"]);
  });

  it("a hook on the Functions of a host that is ours no more: repointed", async () => {
    await customerWaits();
    const [hook] = hooks();
    if (hook) hook.url = url("flex-conversations-1111-dev.twil.io");
    await later();
    await expectRepaired("hook-elsewhere: repoint-hook");
    expect(hooks().map((one) => one.url)).toEqual([url(centre.simulator.account.functionsDomain)]);
  });

  it("no watchdog: wound up", async () => {
    await customerWaits();
    await stopClocks();
    await later();
    await expectRepaired("no-watchdog: wind-up");
    expect(conversationRow()?.timers.dateInactive).toBeDefined();
  });
});

describe("a sweep of many", () => {
  it("goes on page by page", async () => {
    for (let i = 0; i < 22; i += 1) world().conversations.create({ uniqueName: `outbound.${i}` });
    await later();
    const first = await call({});
    expect(first).toMatchObject({ checked: 20, cursor: expect.any(String) });
    expect(await sweep()).toHaveLength(22);
    // What is repaired leaves the list, and what follows moves up: the rest is for the next sweep.
    const repaired = [...(await sweep({ fix: "true" })), ...(await sweep({ fix: "true" }))];
    expect(repaired).toEqual(Array(22).fill("no-document: adopt, done"));
    expect(await sweep()).toEqual([]);
  });

  it("beside another one repairs nothing twice", async () => {
    await centre.bindToWebhook();
    for (const i of [1, 2, 3, 4]) await centre.customerSends("Hello", `+1555010300${i}`);
    centre.functionFails("/hooks/task-events", 99);
    for (const { sid } of openTasks()) world().taskrouter.cancelTask(sid, "canceled by somebody");
    await centre.simulator.settled();
    world().faults.clear();
    await stopClocks();
    await later();
    await Promise.all([sweep({ fix: "true" }), sweep({ fix: "true" })]);
    expect(openTasks()).toHaveLength(4);
    await later();
    expect(await sweep()).toEqual([]);
  });
});
