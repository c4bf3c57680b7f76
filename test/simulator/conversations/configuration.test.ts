import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;
const account = () => sim.conversations.configuration.webhooks();
const service = (sid = sim.simulator.account.chatServiceSid) =>
  sim.conversations.services(sid).configuration.webhooks();

interface Webhooks {
  postWebhookUrl?: string;
  preWebhookUrl?: string;
  filters?: string[];
  method?: "GET" | "POST";
}

describe.each([
  ["the account", () => account().fetch(), (webhooks: Webhooks) => account().update(webhooks)],
  ["the service", () => service().fetch(), (webhooks: Webhooks) => service().update(webhooks)],
])("webhooks of %s", (_, fetchWebhooks, update) => {
  it("are none at first", async () => {
    expect(await fetchWebhooks()).toMatchObject({ postWebhookUrl: null, preWebhookUrl: null, filters: [] });
  });

  it("keep what they are set to", async () => {
    await update({ postWebhookUrl: receiver.url(), filters: ["onMessageAdded"], method: "GET" });
    await update({ preWebhookUrl: receiver.url("/pre") });
    expect(await fetchWebhooks()).toMatchObject({
      postWebhookUrl: receiver.url(),
      preWebhookUrl: receiver.url("/pre"),
      filters: ["onMessageAdded"],
      method: "GET",
    });
  });

  it("are taken away by empty texts", async () => {
    await update({ postWebhookUrl: receiver.url(), filters: ["onMessageAdded", "onUserAdded"] });
    await update({ filters: [""] });
    expect(await fetchWebhooks()).toMatchObject({ postWebhookUrl: receiver.url(), filters: [] });
  });

  it.each([
    ["an event that there is not", { filters: ["onMessageSent"] }, 50054],
    ["a method that there is not", { method: "PUT" as "GET" }, 50055],
  ])("refuse %s, and stay as they were", async (_, change, code) => {
    await update({ postWebhookUrl: receiver.url(), filters: ["onMessageAdded"] });
    await expect(update(change)).rejects.toMatchObject({ status: 400, code });
    expect(await fetchWebhooks()).toMatchObject({ postWebhookUrl: receiver.url(), filters: ["onMessageAdded"] });
  });

  it("are sent and signed for every Conversation, without a WebhookSid", async () => {
    await update({ postWebhookUrl: receiver.url(), filters: ["onMessageAdded"] });
    for (const body of ["one", "two"]) {
      const { sid } = await all().create();
      await all()(sid).messages.create({ body, xTwilioWebhookEnabled: "true" });
    }
    await sim.simulator.settled();
    expect(receiver.received.map(({ signed, method }) => ({ signed, method }))).toEqual([
      { signed: true, method: "POST" },
      { signed: true, method: "POST" },
    ]);
    expect(receiver.received.map(({ params }) => params.Body).sort()).toEqual(["one", "two"]);
    expect(receiver.received[0]?.params).not.toHaveProperty("WebhookSid");
  });

  it("are sent for the events of their filters alone", async () => {
    await update({ postWebhookUrl: receiver.url(), filters: ["onConversationAdded"] });
    const { sid } = await all().create({ xTwilioWebhookEnabled: "true" });
    await all()(sid).messages.create({ body: "Hello", xTwilioWebhookEnabled: "true" });
    await sim.simulator.settled();
    expect(receiver.events()).toEqual(["onConversationAdded"]);
  });

  it("are not sent for REST calls that do not ask for them", async () => {
    await update({ postWebhookUrl: receiver.url(), filters: ["onConversationAdded", "onMessageAdded"] });
    const { sid } = await all().create();
    await all()(sid).messages.create({ body: "Hello" });
    await sim.simulator.settled();
    expect(receiver.received).toEqual([]);
  });
});

it("sends the account's webhooks by the method it was given", async () => {
  await account().update({ postWebhookUrl: receiver.url(), filters: ["onMessageAdded"], method: "GET" });
  const { sid } = await all().create();
  await all()(sid).messages.create({ body: "Hello", xTwilioWebhookEnabled: "true" });
  await sim.simulator.settled();
  expect(receiver.received).toMatchObject([{ method: "GET", params: { Body: "Hello" }, signed: true }]);
});

it("sends an event to the account, the service and the Conversation", async () => {
  const filters = ["onMessageAdded"];
  await account().update({ postWebhookUrl: receiver.url("/account"), filters });
  await service().update({ postWebhookUrl: receiver.url("/service"), filters });
  const { sid } = await all().create();
  await all()(sid).participants.create(PAIR);
  await all()(sid).webhooks.create({
    target: "webhook",
    "configuration.url": receiver.url("/conversation"),
    "configuration.filters": filters,
  });
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  expect(receiver.received.map(({ path }) => path).sort()).toEqual(["/account", "/conversation", "/service"]);
});

it("tells of a Conversation that a customer's message creates, and of whom it is with", async () => {
  await account().update({
    postWebhookUrl: receiver.url(),
    filters: ["onConversationAdded", "onParticipantAdded", "onMessageAdded"],
  });
  await sim.conversations.addressConfigurations.create({ type: "sms", address: SENDER, "autoCreation.enabled": true });
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  expect(receiver.events().sort()).toEqual(["onConversationAdded", "onMessageAdded", "onParticipantAdded"]);
  expect(receiver.received.map(({ params }) => params.Source)).toEqual(["SMS", "SMS", "SMS"]);
  expect(receiver.received.find(({ params }) => params.EventType === "onConversationAdded")?.params).toMatchObject({
    State: "active",
    Attributes: "{}",
    "MessagingBinding.Address": CUSTOMER,
    "MessagingBinding.ProxyAddress": SENDER,
  });
});

it("knows no other service", async () => {
  const other = service(`IS${"0".repeat(32)}`);
  await expect(other.fetch()).rejects.toMatchObject({ status: 404, code: 50050 });
  await expect(other.update({ filters: ["onMessageAdded"] })).rejects.toMatchObject({ status: 404, code: 50050 });
});

it("takes the account's URLs away by empty texts, and refuses what is none", async () => {
  await account().update({ preWebhookUrl: receiver.url("/pre"), postWebhookUrl: receiver.url() });
  await account().update({ preWebhookUrl: "" });
  expect(await account().fetch()).toMatchObject({ preWebhookUrl: null, postWebhookUrl: receiver.url() });
  await expect(account().update({ postWebhookUrl: "hooks" })).rejects.toMatchObject({ status: 400, code: 50054 });
});
