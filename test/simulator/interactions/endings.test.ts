import { useReceiver } from "../use-receiver";
import { CUSTOMER } from "../use-simulator";
import { useInteractions } from "./use-interactions";

const MINUTE = 60;

const flex = useInteractions();
const receiver = useReceiver();

let conversationSid: string;
beforeEach(async () => {
  conversationSid = await flex.conversation();
});

describe("an agent who accepts", () => {
  it("joins the Conversation and the channel", async () => {
    const { sid, channelSid, taskSid } = await flex.accepted(conversationSid);
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada"]);
    const [reservation] = flex.state().reservations;
    expect(await flex.interaction(sid).channels(channelSid).participants.list()).toMatchObject([
      { type: "customer", routingProperties: null },
      {
        type: "agent",
        sid: expect.stringMatching(/^UT[0-9a-f]{32}$/),
        routingProperties: { task_sid: taskSid, worker_sid: flex.ada(), reservation_sid: reservation?.sid },
      },
    ]);
  });

  it("is announced to the Conversation's webhooks", async () => {
    await flex.conversations.conversations(conversationSid).webhooks.create({
      target: "webhook",
      "configuration.url": receiver.url(),
      "configuration.filters": ["onParticipantAdded"],
    });
    await flex.accepted(conversationSid);
    await flex.simulator.settled();
    expect(receiver.received).toMatchObject([{ params: { EventType: "onParticipantAdded", Identity: "ada" } }]);
  });

  it("does not join a Conversation that was closed meanwhile", async () => {
    await flex.inbound(conversationSid);
    await flex.conversations.conversations(conversationSid).update({ state: "closed" });
    flex.simulator.agent("ada").accept();
    expect(flex.members(conversationSid)).toEqual([CUSTOMER]);
  });
});

describe("a channel that is closed", () => {
  it("leaves its Task to be wrapped up unless told otherwise", async () => {
    const chat = await flex.accepted(conversationSid);
    expect(await flex.updateChannel(chat, "closed")).toMatchObject({ status: "closed" });
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "wrapping" });
  });

  it.each([
    ["wrapup", "wrapping"],
    ["closed", "completed"],
  ])("with Routing %s has its Task %s", async (how, status) => {
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "closed", how);
    expect(flex.task(chat.taskSid)).toMatchObject({ status });
  });

  it("has its Task canceled when nobody took it yet", async () => {
    const chat = await flex.inbound(conversationSid);
    await flex.updateChannel(chat, "closed");
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "canceled" });
  });

  it("lets its agent go", async () => {
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "closed", "closed");
    expect(flex.members(conversationSid)).toEqual([CUSTOMER]);
  });

  it("is not closed again", async () => {
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "closed", "wrapup");
    await expect(flex.updateChannel(chat, "closed", "closed")).rejects.toMatchObject({ status: 400, code: 45770 });
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "wrapping" });
  });

  it("takes no Invite any more", async () => {
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "closed", "closed");
    const inviting = flex.interaction(chat.sid).channels(chat.channelSid).invites.create({ routing: flex.routing() });
    await expect(inviting).rejects.toMatchObject({ status: 400, code: 45770 });
  });

  it.each(["later", 5])("is not closed with the Routing status %p, which Flex does not have", async (status) => {
    const chat = await flex.accepted(conversationSid);
    const closing = flex
      .interaction(chat.sid)
      .channels(chat.channelSid)
      .update({ status: "closed", routing: { status } });
    await expect(closing).rejects.toMatchObject({ status: 400, code: 20001 });
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "assigned" });
  });
});

describe("a channel that is left", () => {
  it("is inactive, its Task is completed and the Conversation stays open without the agent", async () => {
    const chat = await flex.accepted(conversationSid);
    expect(await flex.updateChannel(chat, "inactive", "closed")).toMatchObject({ status: "inactive" });
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "completed" });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER]);
    expect(flex.stateOf(conversationSid)).toBe("active");
  });

  it.each([undefined, "wrapup"])("is not left with Routing %p: Flex wants closed", async (how) => {
    const chat = await flex.accepted(conversationSid);
    await expect(flex.updateChannel(chat, "inactive", how)).rejects.toMatchObject({ status: 400, code: 20001 });
    expect(flex.channel(chat.channelSid)).toMatchObject({ status: "active" });
  });

  it("is active again with an Invite", async () => {
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "inactive", "closed");
    await flex.interaction(chat.sid).channels(chat.channelSid).invites.create({ routing: flex.routing() });
    expect(flex.channel(chat.channelSid)).toMatchObject({ status: "active" });
  });
});

describe("a member's part", () => {
  it("ends with their Task, while the Conversation goes on", async () => {
    const chat = await flex.accepted(conversationSid);
    await updateAgent(chat, "closed");
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "completed" });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER]);
    expect([flex.stateOf(conversationSid), flex.channel(chat.channelSid)?.status]).toEqual(["active", "active"]);
  });

  it("is wrapped up and then closed", async () => {
    const chat = await flex.accepted(conversationSid);
    await updateAgent(chat, "wrapup");
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "wrapping" });
    await updateAgent(chat, "closed");
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "completed" });
  });

  it("does not end twice", async () => {
    const chat = await flex.accepted(conversationSid);
    await updateAgent(chat, "closed");
    await expect(updateAgent(chat, "closed")).rejects.toMatchObject({ status: 400, code: 45770 });
  });

  it("is not a customer's to end", async () => {
    const chat = await flex.accepted(conversationSid);
    await expect(updateMember(chat, "customer", "closed")).rejects.toMatchObject({ status: 400, code: 45770 });
  });

  it("is not found on another channel", async () => {
    await flex.accepted(conversationSid);
    const other = await flex.create({ type: "web", initiated_by: "api", participants: [{ identity: "telegram_42" }] });
    const [agent] = flex.state().channelParticipants.filter(({ type }) => type === "agent");
    const channel = flex.interaction(other.sid).channels(other.channelSid);
    const ending = channel.participants(String(agent?.sid)).update({ status: "closed" });
    await expect(ending).rejects.toMatchObject({ status: 404, code: 20404 });
  });
});

describe("an Invite", () => {
  it("makes a new Task on the same channel, with attributes of its own", async () => {
    const chat = await flex.inbound(conversationSid, { attributes: { customerName: "Ana" } });
    const invite = await flex
      .interaction(chat.sid)
      .channels(chat.channelSid)
      .invites.create({ routing: flex.routing({ attributes: { from: "Ana" } }) });
    const taskSid = String(invite.routing.properties.sid);
    expect(invite).toMatchObject({ sid: expect.stringMatching(/^KG/), channelSid: chat.channelSid });
    expect(flex.task(taskSid)?.attributes).toMatchObject({
      from: "Ana",
      flexInteractionSid: chat.sid,
      flexChannelInviteSid: invite.sid,
      conversationSid,
    });
    expect(flex.task(taskSid)?.attributes).not.toHaveProperty("customerName");
  });

  it("brings a second agent in beside the first", async () => {
    const chat = await flex.accepted(conversationSid);
    await inviteGrace(chat);
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada", "grace"]);
  });

  it("lets the first agent go while the second stays: a transfer", async () => {
    const chat = await flex.accepted(conversationSid);
    await inviteGrace(chat);
    await updateAgent(chat, "closed");
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "grace"]);
    expect(flex.stateOf(conversationSid)).toBe("active");
  });

  it("lets the first agent complete what they wrapped up without ending the second's chat", async () => {
    const chat = await flex.accepted(conversationSid);
    await inviteGrace(chat);
    await updateAgent(chat, "wrapup");
    flex.simulator.agent("ada").complete();
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "completed" });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "grace"]);
  });

  it("ends with all others when the channel closes", async () => {
    const chat = await flex.accepted(conversationSid);
    const { taskSid } = await inviteGrace(chat);
    await flex.updateChannel(chat, "closed", "closed");
    expect([chat.taskSid, taskSid].map((sid) => flex.task(sid)?.status)).toEqual(["completed", "completed"]);
  });

  it("is listed with the first, in the order in which they were made", async () => {
    const chat = await flex.accepted(conversationSid);
    const { inviteSid } = await inviteGrace(chat);
    const list = await flex.interaction(chat.sid).channels(chat.channelSid).invites.list();
    expect(list.map(({ sid }) => sid)).toEqual([flex.state().invites[0]?.sid, inviteSid]);
  });

  it.each(["workflow_sid", "worker_sid"])("refuses an unknown %s", async (name) => {
    const chat = await flex.inbound(conversationSid);
    const routing = flex.routing({ [name]: `WW${"0".repeat(32)}` });
    const inviting = flex.interaction(chat.sid).channels(chat.channelSid).invites.create({ routing });
    await expect(inviting).rejects.toMatchObject({ status: 400, code: 20001 });
  });

  async function inviteGrace(chat: { sid: string; channelSid: string }) {
    flex.simulator.agent("grace").setActivity("Available");
    const invite = await flex
      .interaction(chat.sid)
      .channels(chat.channelSid)
      .invites.create({ routing: flex.routing({ worker_sid: flex.world.taskrouter.worker("grace").sid }) });
    await flex.simulator.settled();
    flex.simulator.agent("grace").accept();
    return { inviteSid: invite.sid, taskSid: String(invite.routing.properties.sid) };
  }
});

describe("what Flex does by itself", () => {
  it("closes the Conversation at wrap-up, by the harsher reading", async () => {
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "closed", "wrapup");
    expect(flex.stateOf(conversationSid)).toBe("closed");
  });

  it("tells nobody that it closed the Conversation, by the harsher reading", async () => {
    await watchState();
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "closed", "closed");
    expect(receiver.received).toEqual([]);
  });

  it("leaves the customer's pair to their next Conversation", async () => {
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "closed", "closed");
    expect(await flex.conversation()).not.toBe(conversationSid);
  });

  it("deletes a completed Task ten minutes later", async () => {
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "closed", "closed");
    await flex.simulator.advance(9 * MINUTE);
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "completed" });
    await flex.simulator.advance(MINUTE);
    expect(flex.task(chat.taskSid)).toBeUndefined();
  });

  it("keeps a Task that is still wrapped up", async () => {
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "closed", "wrapup");
    await flex.simulator.advance(30 * MINUTE);
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "wrapping" });
  });

  it("does not mind that somebody deleted the Task before", async () => {
    const chat = await flex.accepted(conversationSid);
    await flex.updateChannel(chat, "closed", "closed");
    flex.world.taskrouter.deleteTask(chat.taskSid);
    await flex.simulator.advance(10 * MINUTE);
    expect(flex.state().tasks).toEqual([]);
  });
});

describe("what Flex does by itself, by the milder readings", () => {
  const mild = useInteractions({ flexClosesConversationAt: "complete", flexCloseSendsStateEvent: true });
  beforeEach(async () => {
    conversationSid = await mild.conversation();
  });

  it("keeps the Conversation open until the Task is completed", async () => {
    const chat = await mild.accepted(conversationSid);
    await mild.updateChannel(chat, "closed", "wrapup");
    expect(mild.stateOf(conversationSid)).toBe("active");
    mild.simulator.agent("ada").complete();
    await mild.simulator.settled();
    expect(mild.stateOf(conversationSid)).toBe("closed");
  });

  it("closes the Conversation of a channel that has no Task to wait for", async () => {
    const chat = await mild.accepted(conversationSid);
    await mild.updateChannel(chat, "inactive", "closed");
    await mild.updateChannel(chat, "closed");
    expect(mild.stateOf(conversationSid)).toBe("closed");
  });

  it("tells that it closed the Conversation", async () => {
    await mild.conversations.conversations(conversationSid).webhooks.create(stateHook());
    const chat = await mild.accepted(conversationSid);
    await mild.updateChannel(chat, "closed", "closed");
    expect(receiver.received).toMatchObject([
      { params: { EventType: "onConversationStateUpdated", StateTo: "closed", Reason: "API" } },
    ]);
  });
});

function watchState() {
  return flex.conversations.conversations(conversationSid).webhooks.create(stateHook());
}

function stateHook() {
  return {
    target: "webhook" as const,
    "configuration.url": receiver.url(),
    "configuration.filters": ["onConversationStateUpdated"],
  };
}

type Chat = { sid: string; channelSid: string };

/** As Flex does when Ada, the first agent, ends her part. */
function updateAgent(chat: Chat, status: "closed" | "wrapup") {
  return updateMember(chat, "agent", status);
}

async function updateMember({ sid, channelSid }: Chat, type: "agent" | "customer", status: "closed" | "wrapup") {
  const member = flex.state().channelParticipants.find((row) => row.channelSid === channelSid && row.type === type);
  await flex.interaction(sid).channels(channelSid).participants(String(member?.sid)).update({ status });
  await flex.simulator.settled();
}
