import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;

const DATE = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const LOUD = { xTwilioWebhookEnabled: "true" } as const;
const BINDING = {
  "MessagingBinding.Type": "SMS",
  "MessagingBinding.Address": CUSTOMER,
  "MessagingBinding.ProxyAddress": SENDER,
};
const EVENTS = [
  "onMessageAdded",
  "onMessageUpdated",
  "onMessageRemoved",
  "onConversationUpdated",
  "onConversationStateUpdated",
  "onConversationRemoved",
  "onParticipantAdded",
  "onParticipantUpdated",
  "onParticipantRemoved",
  "onDeliveryUpdated",
];

const MESSAGING_SERVICE = expect.stringMatching(/^MG[0-9a-f]{32}$/);

let sid: string;
let hook: string;
beforeEach(async () => {
  const { sid: messagingServiceSid } = await sim.twilio.messaging.v1.services.create({ friendlyName: "Shop" });
  ({ sid } = await all().create({
    friendlyName: "Ana",
    uniqueName: "telegram_42.1",
    attributes: '{"lang":"pt"}',
    messagingServiceSid,
  }));
  ({ sid: hook } = await all()(sid).webhooks.create({
    target: "webhook",
    "configuration.url": receiver.url(),
    "configuration.filters": EVENTS,
  }));
});

describe("a message's fields", () => {
  const fields = {
    MessagingServiceSid: MESSAGING_SERVICE,
    Index: "0",
    DateCreated: DATE,
    Body: "Hello",
    Author: "ada",
    Attributes: '{"relay":"sent"}',
  };

  it("are documented when it is added", async () => {
    const ada = await all()(sid).participants.create({ identity: "ada" });
    const added = await send();
    expect(await only("onMessageAdded")).toEqual({ ...fields, MessageSid: added.sid, ParticipantSid: ada.sid });
  });

  it("have no ParticipantSid when its author is no Participant", async () => {
    await send();
    expect(await only("onMessageAdded")).not.toHaveProperty("ParticipantSid");
  });

  it("are documented when it is updated", async () => {
    const { sid: message } = await send();
    await all()(sid)
      .messages(message)
      .update({ body: "Hello again", ...LOUD });
    expect(await only("onMessageUpdated")).toEqual({
      ...fields,
      MessageSid: message,
      Body: "Hello again",
      DateUpdated: DATE,
    });
  });

  it("are documented when it is removed", async () => {
    const { sid: message } = await send();
    await all()(sid).messages(message).remove(LOUD);
    expect(await only("onMessageRemoved")).toEqual({
      ...fields,
      MessageSid: message,
      DateUpdated: DATE,
      DateRemoved: DATE,
    });
  });

  const send = () =>
    all()(sid).messages.create({ author: "ada", body: "Hello", attributes: '{"relay":"sent"}', ...LOUD });
});

describe("a participant's fields", () => {
  it("are documented when a customer is added", async () => {
    const added = await all()(sid).participants.create({ ...PAIR, ...LOUD });
    expect(await only("onParticipantAdded")).toEqual({
      ParticipantSid: added.sid,
      DateCreated: DATE,
      Attributes: "{}",
      ...BINDING,
    });
  });

  it("are documented when an agent is added", async () => {
    const { roleSid } = await all()(sid).participants.create({ identity: "grace" });
    const added = await all()(sid).participants.create({ identity: "ada", roleSid, ...LOUD });
    expect(await only("onParticipantAdded")).toEqual({
      ParticipantSid: added.sid,
      DateCreated: DATE,
      Identity: "ada",
      RoleSid: roleSid,
      Attributes: "{}",
      "MessagingBinding.Type": "CHAT",
    });
  });

  it("are documented when one is updated", async () => {
    const added = await all()(sid).participants.create({ identity: "ada" });
    await all()(sid)
      .participants(added.sid)
      .update({ lastReadMessageIndex: 3, ...LOUD });
    expect(await only("onParticipantUpdated")).toEqual({
      ParticipantSid: added.sid,
      DateCreated: DATE,
      DateUpdated: DATE,
      Identity: "ada",
      RoleSid: added.roleSid,
      Attributes: "{}",
      LastReadMessageIndex: "3",
      "MessagingBinding.Type": "CHAT",
    });
  });

  it("are documented when one is removed", async () => {
    const added = await all()(sid).participants.create(PAIR);
    await all()(sid).participants(added.sid).remove(LOUD);
    expect(await only("onParticipantRemoved")).toEqual({
      ParticipantSid: added.sid,
      DateCreated: DATE,
      DateUpdated: DATE,
      DateRemoved: DATE,
      Attributes: "{}",
      ...BINDING,
    });
  });
});

describe("a Conversation's fields", () => {
  const fields = {
    DateCreated: DATE,
    DateUpdated: DATE,
    FriendlyName: "Ana",
    UniqueName: "telegram_42.1",
    Attributes: '{"lang":"pt"}',
    MessagingServiceSid: MESSAGING_SERVICE,
    State: "active",
  };

  it("are documented when it is updated", async () => {
    await all()(sid).update({ friendlyName: "Bob", ...LOUD });
    expect(await only("onConversationUpdated")).toEqual({ ...fields, FriendlyName: "Bob" });
  });

  it("are documented when it is removed", async () => {
    await all()(sid).remove(LOUD);
    expect(await only("onConversationRemoved")).toEqual({ ...fields, DateRemoved: DATE });
  });

  it("are documented when its state changes", async () => {
    await sim.conversations.configuration.webhooks().update({ postWebhookUrl: receiver.url("/account") });
    sim.world.conversations.setState(sid, "closed", "API", true);
    expect(await only("onConversationStateUpdated")).toEqual({
      MessagingServiceSid: MESSAGING_SERVICE,
      StateFrom: "active",
      StateTo: "closed",
      StateUpdated: DATE,
      Reason: "API",
    });
  });
});

it("tells each step of a delivery with the documented fields", async () => {
  const customer = await all()(sid).participants.create(PAIR);
  const message = await all()(sid).messages.create({ body: "Hello" });
  const steps = await every("onDeliveryUpdated");
  expect(steps.map(({ Status }) => Status).sort()).toEqual(["delivered", "sent"]);
  for (const { Status, ...fields } of steps) {
    expect(fields).toEqual({
      MessageSid: message.sid,
      DeliveryReceiptSid: expect.stringMatching(/^DY[0-9a-f]{32}$/),
      ChannelMessageSid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
      ParticipantSid: customer.sid,
      ErrorCode: "0",
      DateCreated: DATE,
      DateUpdated: DATE,
    });
  }
});

it("tells of a failed delivery with its error", async () => {
  await all()(sid).participants.create(PAIR);
  await all()(sid).messages.create({ body: "x".repeat(1601) });
  expect(await only("onDeliveryUpdated")).toMatchObject({ Status: "failed", ErrorCode: "21617" });
});

/** The one event of a type, without the fields that all have. */
async function only(type: string): Promise<Record<string, string>> {
  const events = await every(type);
  expect(events).toHaveLength(1);
  return events[0] ?? {};
}

async function every(type: string): Promise<Record<string, string>[]> {
  await sim.simulator.settled();
  const { account } = sim.simulator;
  return receiver.received
    .filter(({ params }) => params.EventType === type)
    .map(({ params }) => {
      const { EventType, AccountSid, ChatServiceSid, ConversationSid, Source, WebhookSid, RetryCount, ...fields } =
        params;
      expect({ EventType, AccountSid, ChatServiceSid, ConversationSid, Source, WebhookSid, RetryCount }).toEqual({
        EventType: type,
        AccountSid: account.sid,
        ChatServiceSid: account.chatServiceSid,
        ConversationSid: sid,
        Source: "API",
        WebhookSid: hook,
        RetryCount: "0",
      });
      return fields;
    });
}
