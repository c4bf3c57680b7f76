import type { Twilio } from "twilio";
import { PICTURE, useMedia } from "../media/use-media";
import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER } from "../use-simulator";
import { clientOf, majors } from "./use-majors";

const sim = useMedia();
const receiver = useReceiver();

describe.each(majors)("with %s,", (major) => {
  let client: Twilio;
  beforeEach(() => {
    client = clientOf(major, sim);
  });
  const v1 = () => client.conversations.v1;
  const chats = () => v1().conversations;

  it("is what it says: its major, and no other", () => {
    const { version } = require(`${major}/package.json`) as { version: string };
    expect(version).toMatch(major === "twilio" ? /^6\./ : /^5\./);
  });

  it("a Conversation is found by its name, counted by its Participants, and closed for good", async () => {
    const { sid } = await chats().create({ uniqueName: "one", attributes: '{"a":1}' });
    expect((await chats()("one").fetch()).sid).toBe(sid);
    await chats()(sid).update({ friendlyName: "One" });
    await chats()(sid).participants.create({ identity: "visitor" });
    const [membership] = await v1().participantConversations.list({ identity: "visitor" });
    expect(membership).toMatchObject({ conversationSid: sid, conversationFriendlyName: "One" });
    await chats()(sid).update({ state: "closed" });
    await expect(chats()(sid).messages.create({ body: "Late" })).rejects.toMatchObject({ code: 50377 });
    expect(await chats()(sid).remove()).toBe(true);
    await expect(chats()(sid).fetch()).rejects.toMatchObject({ status: 404, code: 50350 });
    expect(await v1().participantConversations.list({ identity: "visitor" })).toEqual([]);
  });

  it("a Participant has a phone of their own, until they are removed", async () => {
    const { sid } = await chats().create();
    const { sid: member } = await chats()(sid).participants.create(PAIR);
    await chats()(sid).messages.create({ body: "Hello" });
    await sim.simulator.settled();
    expect(sim.heard()).toEqual(["Hello"]);
    const { conversationSid } = await sim.simulator.customerSends(CUSTOMER, "Hi");
    expect(conversationSid).toBe(sid);
    await chats()(sid).participants(member).update({ attributes: '{"vip":true}' });
    expect(await chats()(sid).participants(member).fetch()).toMatchObject({ attributes: '{"vip":true}' });
    expect(await chats()(sid).participants(member).remove()).toBe(true);
    await chats()(sid).messages.create({ body: "Gone" });
    await sim.simulator.settled();
    expect(sim.heard()).toEqual(["Hello"]);
  });

  it("a Message has its files, receipts and changes", async () => {
    const { sid } = await chats().create();
    await chats()(sid).participants.create(PAIR);
    const media = await sim.upload(PICTURE, "image/png");
    const { messages } = chats()(sid);
    const { sid: message } = await messages.create({ author: "ada", mediaSid: media.sid });
    await sim.simulator.settled();
    expect(await messages(message).fetch()).toMatchObject({
      media: [{ sid: media.sid }],
      delivery: { total: 1, delivered: "all" },
    });
    const [receipt] = await messages(message).deliveryReceipts.list();
    expect(await messages(message).deliveryReceipts(String(receipt?.sid)).fetch()).toMatchObject({
      ...{ messageSid: message, status: "delivered", errorCode: 0 },
    });
    await messages(message).update({ attributes: '{"seen":true}' });
    expect(await messages.list()).toMatchObject([{ sid: message, index: 0, attributes: '{"seen":true}' }]);
    expect(await messages(message).remove()).toBe(true);
    expect(await messages.list()).toEqual([]);
  });

  it("a scoped webhook hears what it filters for, as long as it is there", async () => {
    const { sid } = await chats().create();
    const { webhooks, messages } = chats()(sid);
    const hook = await webhooks.create({
      ...{ target: "webhook", "configuration.url": receiver.url(), "configuration.method": "post" },
      "configuration.filters": ["onMessageAdded"],
    });
    const say = async (body: string) => {
      await messages.create({ author: "visitor", body, xTwilioWebhookEnabled: "true" });
      await sim.simulator.settled();
    };
    await say("one");
    expect(receiver.received).toMatchObject([{ signed: true, params: { EventType: "onMessageAdded", Body: "one" } }]);
    await webhooks(hook.sid).update({ "configuration.filters": ["onMessageRemoved"] });
    await say("two");
    expect(await webhooks(hook.sid).remove()).toBe(true);
    expect(receiver.events()).toEqual(["onMessageAdded"]);
  });

  it("an Address Configuration makes Conversations of what customers write, until it is removed", async () => {
    const { addressConfigurations } = v1();
    const { sid } = await addressConfigurations.create({ type: "sms", address: SENDER, "autoCreation.enabled": true });
    const { conversationSid } = await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(await chats()(conversationSid).messages.list()).toMatchObject([{ body: "Hello", author: CUSTOMER }]);
    await addressConfigurations(sid).update({ "autoCreation.enabled": false });
    expect(await addressConfigurations(sid).fetch()).toMatchObject({ autoCreation: { enabled: false } });
    expect(await addressConfigurations(sid).remove()).toBe(true);
    expect(await addressConfigurations.list()).toEqual([]);
  });

  it("a User has a Role, and reads their Conversations", async () => {
    const silent = { friendlyName: "silent", type: "service" as const, permission: ["joinConversation"] };
    const role = await v1().roles.create(silent);
    const user = await v1().users.create({ identity: "visitor", roleSid: role.sid });
    const { sid } = await chats().create();
    await chats()(sid).participants.create({ identity: "visitor" });
    await chats()(sid).messages.create({ author: "ada", body: "Hello" });
    const mine = v1().users(user.sid).userConversations;
    await mine(sid).update({ lastReadMessageIndex: 0 });
    expect(await mine.list()).toMatchObject([{ conversationSid: sid, unreadMessagesCount: 0, userSid: user.sid }]);
    await expect(v1().roles(role.sid).remove()).rejects.toMatchObject({ status: 409 });
    expect(await v1().users(user.sid).remove()).toBe(true);
    expect(await chats()(sid).participants.list()).toEqual([]);
    expect(await v1().roles(role.sid).remove()).toBe(true);
  });

  it("a service has Conversations of its own, and its own settings", async () => {
    const { sid } = await v1().services.create({ friendlyName: "Other" });
    const service = v1().services(sid);
    const conversation = await service.conversations.create({ uniqueName: "one" });
    await expect(chats()("one").fetch()).rejects.toMatchObject({ code: 50350 });
    await service.configuration().update({ reachabilityEnabled: true });
    expect(await service.configuration().fetch()).toMatchObject({ reachabilityEnabled: true });
    await service.configuration.webhooks().update({ postWebhookUrl: receiver.url(), filters: ["onMessageAdded"] });
    await service.conversations(conversation.sid).messages.create({ body: "Hi", xTwilioWebhookEnabled: "true" });
    await sim.simulator.settled();
    expect(receiver.received).toMatchObject([{ params: { ConversationSid: conversation.sid, Body: "Hi" } }]);
    expect(await service.remove()).toBe(true);
    await expect(chats()(conversation.sid).fetch()).rejects.toMatchObject({ code: 50350 });
  });
});
