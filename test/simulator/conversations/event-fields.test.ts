import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;
const users = () => sim.conversations.users;
const one = () => all()(sid);

const COMMON = ["AccountSid", "EventType", "Source"];
const BORN = ["FriendlyName", "UniqueName", "Attributes", "ChatServiceSid", "MessagingServiceSid", "State"];
const CONVERSATION = ["ConversationSid", "DateCreated", "DateUpdated", ...BORN];
const WRITTEN = ["ConversationSid", "Body", "Author", "ParticipantSid", "Attributes", "Media"];
const MESSAGE = [...WRITTEN, "MessageSid", "MessagingServiceSid", "Index", "DateCreated"];
const JOINING = ["ConversationSid", "Identity", "RoleSid", "Attributes", "MessagingBinding.Type"];
const PARTICIPANT = [...JOINING, "ParticipantSid", "DateCreated"];
const READER = [...PARTICIPANT, "LastReadMessageIndex", "DateUpdated"];
const USER = ["UserSid", "Identity", "RoleSid", "Attributes", "FriendlyName", "ChatServiceSid"];
const USER_DATES = ["DateCreated", "DateUpdated"];

/** Every event of https://www.twilio.com/docs/conversations-classic/conversations-webhooks that a REST call sets off. */
const FIELDS: Record<string, string[]> = {
  onConversationAdd: BORN,
  onConversationAdded: CONVERSATION,
  onConversationUpdate: CONVERSATION,
  onConversationUpdated: CONVERSATION,
  onConversationRemove: CONVERSATION,
  onConversationRemoved: [...CONVERSATION, "DateRemoved"],
  onConversationStateUpdated: [
    ...["ConversationSid", "ChatServiceSid", "MessagingServiceSid"],
    ...["StateFrom", "StateTo", "StateUpdated", "Reason"],
  ],
  onMessageAdd: WRITTEN,
  onMessageAdded: MESSAGE,
  onMessageUpdate: [...MESSAGE, "DateUpdated"],
  onMessageUpdated: [...MESSAGE, "DateUpdated"],
  onMessageRemove: [...MESSAGE, "DateUpdated"],
  onMessageRemoved: [...MESSAGE, "DateUpdated", "DateRemoved"],
  onParticipantAdd: JOINING,
  onParticipantAdded: PARTICIPANT,
  onParticipantUpdate: READER,
  onParticipantUpdated: READER,
  onParticipantRemove: READER,
  onParticipantRemoved: [...READER, "DateRemoved"],
  onUserAdded: [...USER, ...USER_DATES],
  onUserUpdate: [...USER, ...USER_DATES],
  onUserUpdated: [...USER, ...USER_DATES, "isOnline", "isNotifiable"],
};

type Telling = { xTwilioWebhookEnabled?: "true" };

/** Each write of REST, and the events it sets off when it asks for webhooks. */
const WRITES: [string, string[], (telling: Telling) => Promise<unknown>][] = [
  ["a Conversation is created", pair("onConversationAdd"), (telling) => all().create({ ...born("two"), ...telling })],
  [
    "a Conversation is updated",
    pair("onConversationUpdate"),
    (telling) => one().update({ friendlyName: "Bo", ...telling }),
  ],
  ["a Conversation is removed", pair("onConversationRemove"), (telling) => one().remove(telling)],
  [
    "a Conversation's state is set",
    [...pair("onConversationUpdate"), "onConversationStateUpdated"],
    (telling) => one().update({ state: "inactive", ...telling }),
  ],
  ["a Message is added", pair("onMessageAdd"), (telling) => one().messages.create({ ...written(), ...telling })],
  [
    "a Message is updated",
    pair("onMessageUpdate"),
    (telling) =>
      one()
        .messages(message)
        .update({ body: "Hi", ...telling }),
  ],
  ["a Message is removed", pair("onMessageRemove"), (telling) => one().messages(message).remove(telling)],
  [
    "a Participant is added",
    pair("onParticipantAdd"),
    (telling) => one().participants.create({ identity: "grace", ...telling }),
  ],
  [
    "a Participant is updated",
    pair("onParticipantUpdate"),
    (telling) =>
      one()
        .participants("ada")
        .update({ lastReadMessageIndex: 0, ...telling }),
  ],
  ["a Participant is removed", pair("onParticipantRemove"), (telling) => one().participants("ada").remove(telling)],
  [
    "a User is created",
    ["onUserAdded"],
    (telling) => users().create({ identity: "eve", friendlyName: "Eve", ...telling }),
  ],
  ["a User is updated", pair("onUserUpdate"), (telling) => users()("ada").update({ attributes: "{}", ...telling })],
];

let sid: string;
let message: string;
let messagingServiceSid: string;
beforeEach(async () => {
  ({ sid: messagingServiceSid } = await sim.twilio.messaging.v1.services.create({ friendlyName: "Shop" }));
  for (const identity of ["ada", "grace"]) await users().create({ identity, friendlyName: identity });
  ({ sid } = await all().create(born("one")));
  await one().participants.create({ identity: "ada" });
  ({ sid: message } = await one().messages.create(written()));
  await one().participants("ada").update({ lastReadMessageIndex: 0 });
  await listen(sim.conversations.configuration.webhooks());
});

describe.each(WRITES)("when %s", (_, events, write) => {
  it("its events come with exactly the documented fields", async () => {
    await write({ xTwilioWebhookEnabled: "true" });
    await sim.simulator.settled();
    expect(receiver.events().sort()).toEqual([...events].sort());
    for (const { params } of receiver.received) {
      const wanted = [...COMMON, ...(FIELDS[String(params.EventType)] ?? [])];
      expect({ event: params.EventType, fields: Object.keys(params).sort() }).toEqual({
        event: params.EventType,
        fields: wanted.sort(),
      });
    }
  });

  it("and the call does not ask for webhooks, none comes", async () => {
    await write({});
    await sim.simulator.settled();
    expect(receiver.received).toEqual([]);
  });
});

it("tells a service of its own events, and asks it before them", async () => {
  const { sid: service } = await sim.conversations.services.create({ friendlyName: "Other" });
  const other = sim.conversations.services(service);
  await sim.conversations.configuration.webhooks().update({ filters: [""] });
  await listen(other.configuration.webhooks());
  await other.conversations.create({ friendlyName: "Ana", xTwilioWebhookEnabled: "true" });
  await all().create({ friendlyName: "Ana", xTwilioWebhookEnabled: "true" });
  await sim.simulator.settled();
  expect(receiver.received.map(({ params }) => [params.EventType, params.ChatServiceSid])).toEqual([
    ["onConversationAdd", service],
    ["onConversationAdded", service],
  ]);
});

describe("what a customer's phone sets off", () => {
  it("comes in order, by its channel, and tells of the first message before there is a Conversation", async () => {
    await sim.conversations.addressConfigurations.create({
      type: "sms",
      address: SENDER,
      "autoCreation.enabled": true,
    });
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(receiver.events().filter((event) => /Add$/.test(String(event)))).toEqual([
      "onConversationAdd",
      "onParticipantAdd",
      "onMessageAdd",
    ]);
    expect(receiver.events().sort()).toEqual(
      ["onConversationAdd", "onParticipantAdd", "onMessageAdd"].flatMap((event) => pair(event)).sort(),
    );
    expect(new Set(receiver.received.map(({ params }) => params.Source))).toEqual(new Set(["SMS"]));
    expect(receiver.of("onConversationAdd")).toEqual([
      expect.objectContaining({
        MessageBody: "Hello",
        "MessagingBinding.Address": CUSTOMER,
        "MessagingBinding.ProxyAddress": SENDER,
        State: "active",
      }),
    ]);
  });

  it("names no ClientIdentity, which is for client SDKs", async () => {
    await one().participants.create(PAIR);
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(receiver.of("onMessageAdd")).toEqual([expect.not.objectContaining({ ClientIdentity: expect.anything() })]);
  });
});

it("asks by GET with a signed query where that is the method", async () => {
  await sim.conversations.configuration.webhooks().update({ method: "GET" });
  await one().messages.create({ ...written(), body: "é & 👋", xTwilioWebhookEnabled: "true" });
  await sim.simulator.settled();
  expect(receiver.received).toMatchObject([
    { method: "GET", signed: true, params: { EventType: "onMessageAdd", Body: "é & 👋" } },
    { method: "GET", signed: true, params: { EventType: "onMessageAdded", Body: "é & 👋" } },
  ]);
});

function pair(before: string): string[] {
  return [before, before.endsWith("e") ? `${before}d` : `${before}ed`];
}

interface Settings {
  filters: string[];
  preWebhookUrl: string;
  postWebhookUrl: string;
}

function listen(webhooks: { update(settings: Settings): Promise<unknown> }) {
  const filters = Object.keys(FIELDS);
  return webhooks.update({ preWebhookUrl: receiver.url("/pre"), postWebhookUrl: receiver.url("/post"), filters });
}

function born(uniqueName: string) {
  return { friendlyName: "Ana", uniqueName, attributes: '{"lang":"pt"}', messagingServiceSid };
}

/** A Message with text and a file. */
function written() {
  const { sid: mediaSid } = sim.world.media.add({
    serviceSid: sim.simulator.account.chatServiceSid,
    content: Buffer.from("a picture"),
    contentType: "image/png",
    filename: "lamp.png",
  });
  return { author: "ada", body: "Hello", attributes: "{}", mediaSid };
}
