import { useReceiver } from "../use-receiver";
import { useLevers } from "./use-levers";

const levers = useLevers();
const receiver = useReceiver();

const GUEST = "guest-of-the-shop";
const messages = `customers/${GUEST}/messages`;

let sid: string;
beforeEach(async () => {
  const address = await levers.conversations.addressConfigurations.create({
    type: "chat",
    address: "web-chat",
    "autoCreation.enabled": true,
    "autoCreation.type": "webhook",
    "autoCreation.webhookUrl": receiver.url(),
    "autoCreation.webhookFilters": ["onMessageAdded"],
  });
  const chat = await levers.twilio.flexApi.v2.webChannels.create({ addressSid: address.sid, identity: GUEST });
  sid = chat.conversationSid;
});

const member = () => levers.conversations.conversations(sid).participants(GUEST).fetch();
const answers = (body: string) => levers.conversations.conversations(sid).messages.create({ author: "ada", body });

describe("a guest of a web chat", () => {
  it("writes as the Conversations SDK does for them: webhooks hear of it", async () => {
    expect(await levers.submit(messages, { body: "Hello" })).toMatchObject({
      status: 200,
      body: { conversationSid: sid },
    });
    expect(receiver.of("onMessageAdded")).toMatchObject([{ Author: GUEST, Body: "Hello", Source: "SDK" }]);
    expect(levers.simulator.log.entries).toContainEqual(
      expect.objectContaining({ kind: "customer", data: { customer: GUEST, body: "Hello" } }),
    );
  });

  it("sends files, and sees them with what everybody says", async () => {
    const file = { contentType: "text/plain", filename: "lamp.txt", content: Buffer.from("a lamp").toString("base64") };
    await levers.post(messages, { media: [file] });
    await answers("A nice one");
    const { body } = await levers.get(messages);
    expect(body).toMatchObject([
      { direction: "out", body: "", media: [{ contentType: "text/plain", filename: "lamp.txt", size: 6 }] },
      { direction: "in", author: "ada", body: "A nice one", media: [] },
    ]);
  });

  it("may do what their Role allows, and no more", async () => {
    const { conversations, account } = levers.world;
    const mute = conversations.roles.create({
      serviceSid: account.chatServiceSid,
      friendlyName: "mute",
      type: "conversation",
      permissions: ["leaveConversation"],
    });
    await levers.conversations.conversations(sid).participants(GUEST).update({ roleSid: mute.sid });
    expect(await levers.submit(messages, { body: "Hello" })).toMatchObject({ status: 403, body: { code: 50107 } });
  });

  it("cannot write where the Conversation is closed", async () => {
    await levers.conversations.conversations(sid).update({ state: "closed" });
    expect(await levers.submit(messages, { body: "Hello" })).toMatchObject({ body: { code: 50377 } });
  });

  it("has read what there was, and not what came after", async () => {
    await levers.submit(messages, { body: "Hello" });
    await answers("Hi");
    expect((await levers.submit(`customers/${GUEST}/read`)).body).toEqual({ read: 2 });
    await answers("Are you there?");
    expect(await member()).toMatchObject({ lastReadMessageIndex: 1, lastReadTimestamp: expect.anything() });
    expect((await levers.submit(`customers/${GUEST}/read`)).body).toEqual({ read: 1 });
    expect((await levers.submit(`customers/${GUEST}/read`)).body).toEqual({ read: 0 });
  });

  it("who ended the chat, and was told so, was not lost as it closed", async () => {
    await levers.submit(messages, { body: "Hello" });
    await levers.conversations.conversations(sid).messages.create({ body: "Ended.", attributes: '{"notice":"ended"}' });
    await levers.conversations.conversations(sid).update({ state: "closed" });
    const [conversation] = levers.simulator.state().conversations;
    expect(conversation?.responsible).toMatchObject({ who: "closed" });
  });
});
