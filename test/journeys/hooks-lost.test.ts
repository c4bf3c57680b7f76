import { CUSTOMER, useContactCentre } from "../support/contact-centre";

const MINUTE = 60;
const OPEN = ["pending", "reserved", "assigned", "wrapping"];

const centre = useContactCentre();

const openTasks = () => centre.tasks().filter(({ status }) => OPEN.includes(status));
const documentOf = () =>
  centre.state().documents.find(({ uniqueName }) => uniqueName?.startsWith("conversation."))?.data;
const conversation = () => centre.state().conversations[0];
const faults = () => centre.simulator.world().faults;

/** A customer whose Task waits with nobody at a desk. */
async function customerWaits(): Promise<void> {
  for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
  await centre.customerSends("Hello");
  await centre.customerSends("1");
}

async function withAgent() {
  await centre.customerSends("Hello");
  await centre.customerSends("1");
  const agent = centre.offeredTo() ?? "ada";
  await centre.agent(agent, "accept");
  return agent;
}

async function cancelTask(): Promise<void> {
  const [task] = openTasks();
  centre.simulator.world().taskrouter.cancelTask(task?.sid ?? "", "canceled by somebody");
  await centre.simulator.settled();
}

/** The agent's own part ends, and the channel stays open. */
async function agentLeavesAlone(): Promise<void> {
  const { interactions } = centre.simulator.world();
  const member = [...interactions.participants.values()].findLast(({ type }) => type === "agent");
  await centre.simulator.advance(10);
  interactions.updateParticipant(member?.sid ?? "", "closed");
  await centre.simulator.settled();
}

describe("a watchdog", () => {
  it.each([
    ["FetchDocument", "refused"],
    ["ListTask", "refused"],
    ["ListTask", "crash before"],
    ["UpdateDocument", "refused"],
    ["UpdateDocument", "crash after"],
    ["CreateInteractionChannelInvite", "crash before"],
  ] as const)("that fails at %s (%s) rings again, and the customer is routed", async (operation, kind) => {
    await customerWaits();
    centre.functionFails("/hooks/task-events");
    await cancelTask();
    expect(openTasks()).toEqual([]);
    // Reads are tried three times.
    const times = operation === "UpdateDocument" ? 1 : 3;
    const harm = kind === "refused" ? { kind, status: 503, times } : { kind };
    faults().add({ operation, ...harm });
    await centre.simulator.advance(21 * MINUTE);
    await centre.simulator.advance(21 * MINUTE);
    expect(openTasks()).toHaveLength(1);
    expect(conversation()?.state).toBe("active");
  });

  it("watches a customer again whose agent had them in silence for long", async () => {
    await withAgent();
    await centre.simulator.advance(45 * MINUTE);
    faults().add({ operation: "CreateInteractionChannelInvite", status: 400 });
    await agentLeavesAlone();
    expect(openTasks()).toEqual([]);
    await centre.simulator.advance(21 * MINUTE);
    expect(openTasks()).toHaveLength(1);
  });

  it("keeps the closed timer longer than the life of the Task", async () => {
    await centre.bindToWebhook();
    for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
    await centre.customerSends("Hello");
    const { sid = "" } = conversation() ?? {};
    const { documents } = centre.state();
    const document = documents.find(({ uniqueName }) => uniqueName === `conversation.${sid}`);
    const data = document?.data as { routing: Record<string, unknown> };
    await centre.twilio.sync.v1
      .services("default")
      .documents(`conversation.${sid}`)
      .update({ data: { ...data, routing: { ...data.routing, timeout: 14 * 86_400 } } });
    await centre.simulator.advance(21 * MINUTE);
    expect(centre.simulator.world().conversations.conversations.get(sid)?.timers.closed).toBe("P15D");
  });
});

describe("TaskRouter's events", () => {
  it("without the creation: no second Interaction beside the live channel", async () => {
    for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
    await centre.customerSends("Hello");
    centre.functionFails("/hooks/task-events");
    await centre.customerSends("1");
    expect(documentOf()).toMatchObject({ state: "routing" });
    await centre.simulator.advance(20);
    centre.simulator.agent("ada").setActivity("Available");
    await centre.simulator.settled();
    await centre.agent("ada", "accept");
    await agentLeavesAlone();
    expect(centre.state().interactions).toHaveLength(1);
    expect(centre.state().invites).toHaveLength(2);
    expect(openTasks()).toHaveLength(1);
  });

  it("without the end of a Task handed over: the end of the last one still closes", async () => {
    const agent = await withAgent();
    const target = agent === "ada" ? "grace" : "ada";
    const { interactions, taskrouter } = centre.simulator.world();
    const channel = [...interactions.channels.values()][0];
    interactions.invite(channel?.sid ?? "", {
      workspaceSid: taskrouter.workspace.sid,
      workerSid: taskrouter.worker(target).sid,
      taskChannel: "chat",
      attributes: { customerAddress: CUSTOMER, customerName: CUSTOMER },
    });
    await centre.simulator.settled();
    await centre.agent(target, "accept");
    const member = [...interactions.participants.values()].find(({ type }) => type === "agent");
    centre.functionFails("/hooks/task-events");
    interactions.updateParticipant(member?.sid ?? "", "closed");
    await centre.simulator.settled();
    await centre.customerSends("Wait, one more thing");
    centre.simulator.agent(target).wrapUp();
    await centre.simulator.settled();
    centre.simulator.agent(target).complete();
    await centre.simulator.settled();
    expect(centre.state().conversations.filter(({ state }) => state !== "closed")).toHaveLength(1);
    expect(openTasks()).toHaveLength(1);
  });

  it("of wrap-up and completion both lost: the Task's deletion finds the late message", async () => {
    const agent = await withAgent();
    await centre.simulator.advance(MINUTE);
    await centre.customerSends("Wait, one more thing");
    centre.functionFails("/hooks/task-events", 2);
    centre.simulator.agent(agent).wrapUp();
    await centre.simulator.settled();
    centre.simulator.agent(agent).complete();
    await centre.simulator.settled();
    faults().clear();
    await centre.simulator.advance(11 * MINUTE);
    expect(openTasks()).toHaveLength(1);
  });

  it("of a channel that Flex revived, lost: the agent's end is noticed all the same", async () => {
    await withAgent();
    await centre.agentLeaves();
    expect(documentOf()).toMatchObject({ state: "left" });
    centre.functionFails("/hooks/task-events");
    await centre.customerReturns("One more thing");
    await cancelTask();
    expect(openTasks()).toHaveLength(1);
  });
});

describe("a Flow that could not say that it has the customer", () => {
  it("and recovers by Function does not start again over the agent", async () => {
    centre.functionFails("/studio/customer-context", 2);
    centre.twilioFails("widget send-to-flex", 500);
    await centre.customerSends("Hello");
    await centre.customerSends("1");
    expect(openTasks()).toHaveLength(1);
    const hooks = centre.simulator.world().conversations.webhooks(conversation()?.sid ?? "");
    expect(hooks.map(({ target }) => target)).toEqual(["webhook"]);
  });
});

describe("a claim that is alive", () => {
  /** Somebody has found the Task gone, and is just about to invite. */
  async function somebodyInvites() {
    await customerWaits();
    centre.functionFails("/hooks/task-events");
    const [task] = openTasks();
    await cancelTask();
    const document = centre.state().documents.find(({ uniqueName }) => uniqueName?.startsWith("conversation."));
    const until = new Date(centre.simulator.clock.ms() + 10_000).toISOString();
    await centre.twilio.sync.v1
      .services("default")
      .documents(document?.uniqueName ?? "")
      .update({ data: { ...Object(document?.data), state: "routing", owner: "watchdog", until, tasks: [] } });
    return task?.sid ?? "";
  }

  it("is not taken from its holder by the late news of the Task it is for", async () => {
    const lost = await somebodyInvites();
    centre.simulator.world().taskrouter.deleteTask(lost);
    await centre.simulator.settled();
    expect(documentOf()).toMatchObject({ state: "routing", owner: "watchdog" });
    expect(centre.state().invites).toHaveLength(1);
  });

  it("is taken up by the watchdog once its holder has died", async () => {
    const lost = await somebodyInvites();
    centre.simulator.world().taskrouter.deleteTask(lost);
    await centre.simulator.settled();
    await centre.simulator.advance(21 * MINUTE);
    expect(openTasks()).toHaveLength(1);
    expect(centre.state().invites).toHaveLength(2);
  });
});

describe("a channel that was left", () => {
  const custom = useContactCentre({ switches: { flexRevivesLeftChannel: false } });

  it("and that Flex does not revive: the watchdog invites the customer who wrote", async () => {
    await custom.customerSends("Hello");
    await custom.customerSends("1");
    await custom.agent(custom.offeredTo() ?? "ada", "accept");
    await custom.simulator.advance(10);
    const channel = custom.state().channels[0];
    custom.simulator.world().interactions.updateChannel(channel?.sid ?? "", "inactive", "closed");
    await custom.simulator.settled();
    await custom.simulator.advance(21 * MINUTE);
    expect(custom.tasks().filter(({ status }) => OPEN.includes(status))).toEqual([]);
    await custom.simulator.advance(10 * MINUTE);
    await custom.customerSends("Are you there?");
    await custom.simulator.advance(21 * MINUTE);
    expect(custom.tasks().filter(({ status }) => OPEN.includes(status))).toHaveLength(1);
  });
});

describe("without Sync at first", () => {
  it("the Conversation is watched and heard like any other", async () => {
    await centre.bindToWebhook();
    centre.twilioFails("CreateDocument", 503, 2);
    await centre.customerSends("Hello");
    const { sid = "" } = conversation() ?? {};
    expect(centre.simulator.world().conversations.conversations.get(sid)?.timers.closed).toBe("P8D");
    expect(centre.callsOf("UpdateConversation")).toHaveLength(1);
    expect(openTasks()).toHaveLength(1);
  });
});
