import { defaultHours, openingAt } from "../../src/config/hours";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";

const centre = useContactCentre();

const MINUTE = 60;

/** A customer whose Task waits with nobody at a desk. */
async function customerWaits(): Promise<void> {
  for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
  await centre.customerSends("Hello");
  await centre.customerSends("1");
}

async function cancelTask(): Promise<void> {
  const task = centre.tasks().find(({ status }) => status === "pending" || status === "reserved");
  centre.simulator.world().taskrouter.cancelTask(task?.sid ?? "", "canceled by somebody");
  await centre.simulator.settled();
}

const openTasks = () =>
  centre.tasks().filter(({ status }) => ["pending", "reserved", "assigned", "wrapping"].includes(status));
const documentOf = () =>
  centre.state().documents.find(({ uniqueName }) => uniqueName?.startsWith("conversation."))?.data;

describe("a Task that ends unfinished", () => {
  it("canceled: the customer is invited again on the same channel, with the same attributes", async () => {
    await customerWaits();
    await cancelTask();
    expect(centre.state().interactions).toHaveLength(1);
    expect(centre.state().invites).toHaveLength(2);
    expect(openTasks()).toEqual([
      expect.objectContaining({ attributes: expect.objectContaining({ team: "sales", customerAddress: CUSTOMER }) }),
    ]);
  });

  it("is dealt with once, however often TaskRouter tells of it", async () => {
    await customerWaits();
    const task = centre.tasks()[0];
    await cancelTask();
    centre.simulator.world().taskrouter.deleteTask(task?.sid ?? "");
    await centre.simulator.settled();
    expect(centre.state().invites).toHaveLength(2);
    expect(openTasks()).toHaveLength(1);
  });

  it("twice: invited again twice; the third time not at once, but before anybody is turned away they wait half an hour", async () => {
    await customerWaits();
    for (let i = 0; i < 3; i += 1) await cancelTask();
    expect(openTasks()).toEqual([]);
    expect(documentOf()).toMatchObject({ state: "routing", reinvites: 2 });
    await centre.simulator.advance(31 * MINUTE);
    expect(openTasks()).toHaveLength(1);
  });

  it("again after half an hour in opening hours: the customer hears that nobody can answer, and may write anew", async () => {
    await customerWaits();
    for (let i = 0; i < 2; i += 1) await cancelTask();
    await centre.simulator.advance(35 * MINUTE);
    await cancelTask();
    expect(centre.heard().at(-1)).toMatch(/nobody could answer you/);
    expect(centre.state().conversations).toEqual([expect.objectContaining({ state: "closed" })]);
    await centre.customerSends("I try again");
    expect(centre.state().conversations).toHaveLength(2);
    expect(centre.heard().at(-1)).toContain("What can we help you with?");
  });

  it("turned away in the very moment in which they write: what they wrote is taken up", async () => {
    await customerWaits();
    for (let i = 0; i < 2; i += 1) await cancelTask();
    await centre.simulator.advance(35 * MINUTE);
    await centre.customerSends("Is anybody there?");
    await cancelTask();
    const [, successor] = centre.state().conversations;
    expect(successor?.messages.map(({ body }) => body)).toEqual(["Is anybody there?"]);
    expect(openTasks()).toHaveLength(1);
  });

  it("out of hours: nobody is turned away, and the customer is routed when we open", async () => {
    const { clock } = centre.simulator;
    const { closesAt } = openingAt(defaultHours, clock.now());
    if (closesAt) await centre.simulator.advance((closesAt.getTime() - clock.ms()) / 1000 + 3600);
    await customerWaits();
    for (let i = 0; i < 2; i += 1) await cancelTask();
    await centre.simulator.advance(40 * MINUTE);
    await cancelTask();
    expect(openTasks()).toEqual([]);
    expect(centre.state().conversations[0]?.state).toBe("active");
    const { opensAt } = openingAt(defaultHours, clock.now());
    await centre.simulator.advance((Number(opensAt?.getTime()) - clock.ms()) / 1000 + 2 * MINUTE);
    expect(openTasks()).toHaveLength(1);
  });

  it("while the customer keeps writing out of hours, the opening still routes them", async () => {
    const { clock } = centre.simulator;
    const { closesAt } = openingAt(defaultHours, clock.now());
    if (closesAt) await centre.simulator.advance((closesAt.getTime() - clock.ms()) / 1000 + 3600);
    await customerWaits();
    for (let i = 0; i < 3; i += 1) await cancelTask();
    await centre.simulator.advance(4 * 60 * MINUTE);
    await centre.customerSends("Anybody?");
    const { opensAt } = openingAt(defaultHours, clock.now());
    await centre.simulator.advance((Number(opensAt?.getTime()) - clock.ms()) / 1000 + 2 * MINUTE);
    expect(openTasks()).toHaveLength(1);
  });

  it("an acceptance in between starts the count anew", async () => {
    await customerWaits();
    for (let i = 0; i < 2; i += 1) await cancelTask();
    centre.simulator.agent("ada").setActivity("Available");
    await centre.simulator.settled();
    await centre.agent("ada", "accept");
    expect(documentOf()).toMatchObject({ state: "open", reinvites: 0 });
  });

  it("the Workflow times out twice: each time the customer is invited again", async () => {
    const { workspaces } = centre.twilio.taskrouter.v1;
    const { taskrouter } = centre.simulator.world();
    const queue = [...taskrouter.queues.keys()][0];
    const configuration = {
      task_routing: {
        filters: [{ filter_friendly_name: "all", expression: "1==1", targets: [{ queue, timeout: 300 }] }],
        default_filter: { queue },
      },
    };
    const workflow = [...taskrouter.workflows.keys()][0] ?? "";
    await workspaces(taskrouter.workspace.sid)
      .workflows(workflow)
      .update({ configuration: JSON.stringify(configuration) });
    await customerWaits();
    await centre.simulator.advance(301);
    expect(openTasks()).toHaveLength(1);
    await centre.simulator.advance(301);
    expect(openTasks()).toHaveLength(1);
    expect(centre.state().interactions).toHaveLength(1);
    expect(centre.state().invites).toHaveLength(3);
  });

  it("because its channel never came up: a new Interaction takes its place", async () => {
    const { interactions, conversations } = centre.simulator.world();
    await customerWaits();
    const channel = [...interactions.channels.values()][0];
    if (channel) channel.status = "failed";
    await cancelTask();
    expect(centre.state().interactions).toHaveLength(2);
    expect(openTasks()).toHaveLength(1);
    expect(conversations.conversations.size).toBe(1);
  });

  it("of another program, without an Interaction, is none of our business and costs no call", async () => {
    const before = centre.simulator.log.entries.length;
    const task = centre.simulator.world().taskrouter.createTask({ attributes: { type: "callback" } });
    centre.simulator.world().taskrouter.cancelTask(task.sid, "no longer needed");
    await centre.simulator.settled();
    const after = centre.simulator.log.entries.slice(before);
    expect(after.filter(({ kind }) => kind === "function").length).toBeGreaterThan(0);
    expect(after.filter(({ kind }) => kind === "rest")).toEqual([]);
  });
});

describe("an agent", () => {
  async function withAgent() {
    await centre.customerSends("Hello");
    await centre.customerSends("1");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    return agent;
  }

  it("who logs out with an offer on the screen: the offer passes on", async () => {
    await centre.customerSends("Hello");
    await centre.customerSends("1");
    const first = centre.offeredTo() ?? "ada";
    centre.simulator.agent(first).setActivity("Offline");
    await centre.simulator.advance(121);
    expect(centre.offeredTo()).not.toBe(first);
    expect(openTasks()).toHaveLength(1);
  });

  it("who completes the Task but leaves the channel open: the customer is invited to another agent", async () => {
    const agent = await withAgent();
    const { interactions } = centre.simulator.world();
    const member = [...interactions.participants.values()].find(({ type }) => type === "agent");
    await centre.simulator.advance(10);
    interactions.updateParticipant(member?.sid ?? "", "closed");
    await centre.simulator.settled();
    expect(centre.tasks().map(({ status }) => status)).toContain("completed");
    expect(openTasks()).toHaveLength(1);
    expect(centre.state().workers.map(({ friendlyName }) => friendlyName)).toContain(agent);
  });

  it("who leaves in Flex: nobody is invited until the customer writes, and then one agent is asked", async () => {
    await withAgent();
    await centre.agentLeaves();
    expect(documentOf()).toMatchObject({ state: "left" });
    expect(openTasks()).toEqual([]);
    await centre.customerReturns("One more thing");
    expect(openTasks()).toHaveLength(1);
    expect(documentOf()).toMatchObject({ state: "open" });
  });

  it("who transfers in Flex: the Task of the target counts, and nobody is invited beside it", async () => {
    const agent = await withAgent();
    const target = agent === "ada" ? "grace" : "ada";
    const { interactions, taskrouter } = centre.simulator.world();
    const channel = [...interactions.channels.values()][0];
    const member = [...interactions.participants.values()].find(({ type }) => type === "agent");
    await centre.simulator.advance(10);
    interactions.invite(channel?.sid ?? "", {
      workspaceSid: taskrouter.workspace.sid,
      workerSid: taskrouter.worker(target).sid,
      taskChannel: "chat",
      attributes: { customerAddress: CUSTOMER, customerName: CUSTOMER },
    });
    interactions.updateParticipant(member?.sid ?? "", "closed");
    await centre.simulator.settled();
    expect(openTasks()).toHaveLength(1);
    expect(centre.state().invites).toHaveLength(2);
    await centre.agent(target, "accept");
    expect(openTasks()).toEqual([expect.objectContaining({ status: "assigned" })]);
  });
});
