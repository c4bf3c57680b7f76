import type { Twilio } from "twilio";
import { useInteractions } from "../interactions/use-interactions";
import { CUSTOMER, SENDER } from "../use-simulator";
import { NOTE } from "./note-flow";
import { clientOf, majors, textTemplate } from "./use-majors";

const flex = useInteractions();

describe.each(majors)("with %s,", (major) => {
  let client: Twilio;
  beforeEach(() => {
    client = clientOf(major, flex);
  });
  const interaction = (sid: string) => client.flexApi.v1.interaction(sid);

  async function offered() {
    const conversationSid = await flex.conversation();
    const channel = { type: "sms", initiated_by: "customer", properties: { media_channel_sid: conversationSid } };
    const created = await client.flexApi.v1.interaction.create({ channel, routing: flex.routing() });
    await flex.simulator.settled();
    const taskSid = String(created.routing.properties.sid);
    return { conversationSid, sid: created.sid, channelSid: String(created.channel.sid), taskSid };
  }

  it("an Interaction brings an agent to the customer, and is over when its channel closes", async () => {
    const { conversationSid, sid, channelSid, taskSid } = await offered();
    expect(await interaction(sid).channels.list()).toMatchObject([{ sid: channelSid, status: "active" }]);
    flex.simulator.agent("ada").accept();
    const members = await interaction(sid).channels(channelSid).participants.list();
    expect(members.map(({ type }) => type).sort()).toEqual(["agent", "customer"]);
    flex.simulator.agent("ada").reply("Hello");
    expect(flex.heard()).toEqual(["Hello"]);
    const end = { status: "closed", routing: { status: "closed" } } as const;
    await interaction(sid).channels(channelSid).update(end);
    await flex.simulator.settled();
    expect(flex.task(taskSid)).toMatchObject({ status: "completed" });
    expect(flex.stateOf(conversationSid)).toBe("closed");
    expect((await interaction(sid).fetch()).sid).toBe(sid);
  });

  it("an Invite asks for another agent", async () => {
    const { sid, channelSid } = await offered();
    flex.simulator.agent("grace").setActivity("Available");
    const routing = flex.routing({ worker_sid: flex.world.taskrouter.worker("grace").sid });
    await interaction(sid).channels(channelSid).invites.create({ routing });
    await flex.simulator.settled();
    flex.simulator.agent("grace").accept();
    expect(await interaction(sid).channels(channelSid).invites.list()).toHaveLength(2);
    flex.simulator.agent("grace").reply("Grace here");
    expect(flex.heard()).toEqual(["Grace here"]);
  });

  it("a supervisor joins as a Participant, and leaves", async () => {
    const { conversationSid, sid, channelSid } = await offered();
    const { participants } = interaction(sid).channels(channelSid);
    const supervisor = await participants.create({ type: "supervisor", mediaProperties: { identity: "sam" } });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "sam"]);
    await participants(supervisor.sid).update({ status: "closed" });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER]);
  });

  it("a Transfer hands the customer over", async () => {
    const { sid, channelSid } = await offered();
    flex.simulator.agent("ada").accept();
    flex.simulator.agent("grace").setActivity("Available");
    const { participants, transfers } = interaction(sid).channels(channelSid);
    const ada = (await participants.list()).find(({ type }) => type === "agent");
    const to = flex.world.taskrouter.worker("grace").sid;
    const transfer = await transfers.create({ type: "cold", from: ada?.sid, to });
    await flex.simulator.settled();
    flex.simulator.agent("grace").accept();
    expect(await transfers(transfer.sid).fetch()).toMatchObject({ status: "completed" });
    flex.simulator.agent("grace").reply("Grace here");
    expect(flex.heard()).toEqual(["Grace here"]);
  });

  it("a WebChat puts its guest into a Conversation", async () => {
    const { addressConfigurations, conversations } = client.conversations.v1;
    const address = await addressConfigurations.create({ type: "chat", address: "web-chat" });
    const chat = await client.flexApi.v2.webChannels.create({ addressSid: address.sid, customerFriendlyName: "Ana" });
    const guests = await conversations(chat.conversationSid).participants.list();
    expect(guests).toMatchObject([{ identity: chat.identity }]);
  });

  it("a Sync Document changes only for who knows its revision", async () => {
    const { documents } = client.sync.v1.services("default");
    const { sid, revision } = await documents.create({ uniqueName: "one", data: { n: 1 } });
    await documents("one").update({ data: { n: 2 }, ifMatch: revision });
    await expect(documents("one").update({ data: { n: 3 }, ifMatch: revision })).rejects.toMatchObject({ status: 412 });
    expect(await documents(sid).fetch()).toMatchObject({ data: { n: 2 } });
    expect(await documents(sid).remove()).toBe(true);
    expect(await documents.list()).toEqual([]);
  });

  it("a Message reaches the phone, and can be redacted and deleted", async () => {
    const { sid } = await client.messages.create({ to: CUSTOMER, from: SENDER, body: "Hello" });
    await flex.simulator.settled();
    expect(flex.heard()).toEqual(["Hello"]);
    expect(await client.messages(sid).fetch()).toMatchObject({ status: "delivered", direction: "outbound-api" });
    expect(await client.messages(sid).update({ body: "" })).toMatchObject({ body: "" });
    expect(await client.messages(sid).remove()).toBe(true);
    expect(await client.messages.list()).toEqual([]);
  });

  it("a number is bought, sends for its Messaging Service, and is given back", async () => {
    const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+15550102222", friendlyName: "Second" });
    const service = await client.messaging.v1.services.create({ friendlyName: "Care" });
    const { phoneNumbers } = client.messaging.v1.services(service.sid);
    await phoneNumbers.create({ phoneNumberSid: number.sid });
    await client.messages.create({ to: CUSTOMER, messagingServiceSid: service.sid, body: "Hello" });
    await flex.simulator.settled();
    expect(flex.world.phones.messages(CUSTOMER)).toMatchObject([{ sender: "+15550102222", body: "Hello" }]);
    expect(await phoneNumbers(number.sid).remove()).toBe(true);
    expect(await client.messaging.v1.services(service.sid).remove()).toBe(true);
    expect(await client.incomingPhoneNumbers(number.sid).remove()).toBe(true);
  });

  it("Content is sent with its variables", async () => {
    const { sid } = await client.content.v1.contents.create(textTemplate("Hello {{1}}"));
    const conversationSid = await flex.conversation();
    const { messages } = client.conversations.v1.conversations(conversationSid);
    await messages.create({ contentSid: sid, contentVariables: '{"1":"Ana"}' });
    await flex.simulator.settled();
    expect(flex.heard()).toEqual(["Hello Ana"]);
    expect(await client.content.v1.contents(sid).remove()).toBe(true);
    await expect(client.content.v1.contents(sid).fetch()).rejects.toMatchObject({ status: 404 });
  });

  it("a Flow is published and run", async () => {
    const { flows } = client.studio.v2;
    const { sid } = await flows.create({ friendlyName: "Note", status: "published", definition: NOTE });
    const execution = await flows(sid).executions.create({ to: CUSTOMER, from: SENDER });
    await flex.simulator.settled();
    const { executions } = flows(sid);
    expect(await executions(execution.sid).fetch()).toMatchObject({ status: "ended" });
    expect((await executions(execution.sid).steps.list()).map(({ transitionedTo }) => transitionedTo)).toContain(
      "note",
    );
    expect(await executions(execution.sid).executionContext().fetch()).toMatchObject({
      context: { flow: { variables: { n: "1" } } },
    });
    expect(await flows(sid).remove()).toBe(true);
  });

  it("a Task is offered to the Worker that its Workflow finds, and is completed", async () => {
    const workspace = client.taskrouter.v1.workspaces(flex.world.taskrouter.workspace.sid);
    const { sid: queue } = await workspace.taskQueues.create({ friendlyName: "Sales" });
    const workflow = await workspace.workflows.create({
      friendlyName: "To sales",
      configuration: JSON.stringify({ task_routing: { default_filter: { queue } } }),
    });
    const attributes = JSON.stringify({ about: "prices" });
    const { sid } = await workspace.tasks.create({ workflowSid: workflow.sid, attributes });
    await flex.simulator.settled();
    const [reservation] = await workspace.tasks(sid).reservations.list();
    expect(reservation).toMatchObject({ workerName: "ada", reservationStatus: "pending" });
    const mine = workspace.workers(String(reservation?.workerSid)).reservations(String(reservation?.sid));
    await mine.update({ reservationStatus: "accepted" });
    expect(await workspace.tasks(sid).fetch()).toMatchObject({ assignmentStatus: "assigned", attributes });
    await workspace.tasks(sid).update({ assignmentStatus: "completed", reason: "done" });
    expect(flex.task(sid)).toMatchObject({ status: "completed" });
    expect(await workspace.tasks(sid).remove()).toBe(true);
  });
});
