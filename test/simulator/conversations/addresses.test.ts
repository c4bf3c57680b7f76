import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const addresses = () => sim.conversations.addressConfigurations;
const conversations = () => sim.simulator.state().conversations;

describe("an Address Configuration", () => {
  it("keeps what it is created with", async () => {
    expect(await addresses().create({ ...webhook(), friendlyName: "Sales" })).toMatchObject({
      sid: expect.stringMatching(/^IG[0-9a-f]{32}$/),
      type: "sms",
      address: SENDER,
      friendlyName: "Sales",
      autoCreation: {
        enabled: true,
        type: "webhook",
        webhook_url: receiver.url(),
        webhook_method: "POST",
        webhook_filters: ["onMessageAdded"],
      },
    });
  });

  it("is found by SID and by address", async () => {
    const { sid } = await addresses().create({ type: "sms", address: SENDER });
    expect((await addresses()(sid).fetch()).address).toBe(SENDER);
    expect((await addresses()(SENDER).fetch()).sid).toBe(sid);
  });

  it("is listed by type", async () => {
    await addresses().create({ type: "sms", address: SENDER });
    await addresses().create({ type: "chat", address: "web-chat" });
    const list = async (type?: string) => (await addresses().list({ type })).map(({ address }) => address);
    expect(await list()).toEqual([SENDER, "web-chat"]);
    expect(await list("chat")).toEqual(["web-chat"]);
  });

  it("changes what an update names and nothing else", async () => {
    await addresses().create({ ...webhook(), friendlyName: "Sales" });
    await addresses()(SENDER).update({ "autoCreation.webhookUrl": receiver.url("/other") });
    expect(await addresses()(SENDER).fetch()).toMatchObject({
      friendlyName: "Sales",
      autoCreation: { enabled: true, webhook_url: receiver.url("/other"), webhook_filters: ["onMessageAdded"] },
    });
  });

  it("is the only one of its address", async () => {
    await addresses().create({ type: "sms", address: SENDER });
    await expect(addresses().create({ type: "sms", address: SENDER })).rejects.toMatchObject({ status: 409 });
    expect(await addresses().list()).toHaveLength(1);
  });

  it("gives its address free when it was deleted", async () => {
    const { sid } = await addresses().create({ type: "sms", address: SENDER });
    await addresses()(sid).remove();
    await expect(addresses()(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    expect(await addresses().create({ type: "sms", address: SENDER })).toMatchObject({ address: SENDER });
  });

  it.each([
    ["a webhook without filters", { "autoCreation.webhookFilters": undefined }],
    ["a webhook without a URL", { "autoCreation.webhookUrl": undefined }],
    ["an event that Conversations do not offer", { "autoCreation.webhookFilters": ["onConversationAdded"] }],
    [
      "an unknown Flow",
      { "autoCreation.type": "studio" as const, "autoCreation.studioFlowSid": `FW${"0".repeat(32)}` },
    ],
  ])("refuses %s, which no customer would reach", async (_, bad) => {
    await expect(addresses().create({ ...webhook(), ...bad })).rejects.toMatchObject({ status: 400 });
    expect(await addresses().list()).toEqual([]);
  });
});

describe("an update of an Address Configuration", () => {
  beforeEach(() => addresses().create({ ...webhook(), friendlyName: "Sales" }));

  it.each([
    ["of nothing", {}, 20161],
    ["to an unknown service", { "autoCreation.conversationServiceSid": `IS${"0".repeat(32)}` }, 50050],
    ["to more Studio tries than three", { "autoCreation.studioRetryCount": 4 }, 20001],
    ["to a URL that is none", { "autoCreation.webhookUrl": "hooks/inbound" }, 50369],
    ["to a name that is too long", { friendlyName: "x".repeat(257) }, 20001],
    ["to events of before", { "autoCreation.webhookFilters": ["onMessageAdd"] }, 50365],
  ])("%s is refused, and changes nothing", async (_, change, code) => {
    const before = await addresses()(SENDER).fetch();
    await expect(addresses()(SENDER).update(change)).rejects.toMatchObject({ code });
    expect((await addresses()(SENDER).fetch()).toJSON()).toEqual(before.toJSON());
  });

  it("leaves type and address, which Twilio does not take", async () => {
    const url = `https://conversations.twilio.com/v1/Configuration/Addresses/${encodeURIComponent(SENDER)}`;
    expect((await sim.call("POST", url, { Address: "+15550100109" })).status).toBe(400);
    expect(sim.takeViolations()).toEqual([expect.stringContaining("Address")]);
    expect(await addresses()(SENDER).fetch()).toMatchObject({ address: SENDER });
  });
});

describe("auto-creation", () => {
  it("makes a Conversation with the customer, the webhook and the message, which the webhook sees", async () => {
    await addresses().create(webhook());
    const { conversationSid } = await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(conversations()).toMatchObject([
      {
        sid: conversationSid,
        state: "active",
        participants: [{ binding: { type: "sms", address: CUSTOMER, proxyAddress: SENDER } }],
        messages: [{ author: CUSTOMER, body: "Hello" }],
        webhooks: [{ target: "webhook", url: receiver.url(), filters: ["onMessageAdded"] }],
      },
    ]);
    expect(receiver.received).toMatchObject([
      { params: { EventType: "onMessageAdded", ConversationSid: conversationSid, Source: "SMS", Author: CUSTOMER } },
    ]);
  });

  it("starts the Flow it is bound to", async () => {
    const flow = await publishedFlow();
    await addresses().create(studio(flow.sid));
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(conversations()).toMatchObject([{ webhooks: [{ target: "studio", flowSid: flow.sid }] }]);
    expect(sim.simulator.state().executions).toMatchObject([{ flowSid: flow.sid }]);
  });

  it("makes a plain Conversation by default", async () => {
    await addresses().create({ type: "sms", address: SENDER, "autoCreation.enabled": true });
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(conversations()).toMatchObject([{ messages: [{ body: "Hello" }], webhooks: [] }]);
  });

  it("leaves a customer's later messages in the same Conversation", async () => {
    await addresses().create(webhook());
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    await sim.simulator.customerSends(CUSTOMER, "Are you there?");
    expect(conversations().map(({ messages }) => messages.map(({ body }) => body))).toEqual([
      ["Hello", "Are you there?"],
    ]);
  });

  it("makes another for another customer", async () => {
    await addresses().create(webhook());
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    await sim.simulator.customerSends("+15550105678", "Hello");
    expect(conversations()).toHaveLength(2);
  });

  it("makes another when the last was closed", async () => {
    await addresses().create(webhook());
    const first = await sim.simulator.customerSends(CUSTOMER, "Hello");
    await sim.conversations.conversations(first.conversationSid).update({ state: "closed" });
    const second = await sim.simulator.customerSends(CUSTOMER, "Hello again");
    expect(second.conversationSid).not.toBe(first.conversationSid);
  });

  it("takes the account's timers", async () => {
    await sim.conversations.configuration().update({ defaultInactiveTimer: "PT10M" });
    await addresses().create(webhook());
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    await sim.simulator.advance(600);
    expect(conversations()).toMatchObject([{ state: "inactive" }]);
  });

  it("is not needed where a Conversation holds the pair", async () => {
    const { sid } = await sim.conversations.conversations.create();
    await sim.conversations.conversations(sid).participants.create(PAIR);
    expect(await sim.simulator.customerSends(CUSTOMER, "Hello")).toMatchObject({ conversationSid: sid });
  });

  it.each([
    ["is missing", async () => undefined],
    ["is disabled", () => addresses().create({ ...webhook(), "autoCreation.enabled": false })],
  ])("refuses a message in plain words when the configuration %s", async (_, arrange) => {
    await arrange();
    await expect(sim.simulator.customerSends(CUSTOMER, "Hello")).rejects.toMatchObject({
      status: 404,
      message: `No Address Configuration creates Conversations for ${SENDER}: nobody would see this message`,
    });
    expect(conversations()).toEqual([]);
  });

  it("leaves nothing half made when the Flow is gone", async () => {
    const flow = await publishedFlow();
    await addresses().create(studio(flow.sid));
    await sim.twilio.studio.v2.flows(flow.sid).remove();
    await expect(sim.simulator.customerSends(CUSTOMER, "Hello")).rejects.toMatchObject({ code: 50367 });
    expect(conversations()).toEqual([]);
  });
});

function webhook() {
  return {
    type: "sms" as const,
    address: SENDER,
    "autoCreation.enabled": true,
    "autoCreation.type": "webhook" as const,
    "autoCreation.webhookUrl": receiver.url(),
    "autoCreation.webhookMethod": "post" as const,
    "autoCreation.webhookFilters": ["onMessageAdded"],
  };
}

function studio(flowSid: string) {
  return {
    type: "sms" as const,
    address: SENDER,
    "autoCreation.enabled": true,
    "autoCreation.type": "studio" as const,
    "autoCreation.studioFlowSid": flowSid,
  };
}

function publishedFlow() {
  const definition = {
    description: "Does nothing",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: [{ event: "incomingConversationMessage" }],
        properties: { offset: { x: 0, y: 0 } },
      },
    ],
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
  };
  return sim.twilio.studio.v2.flows.create({ friendlyName: "Does nothing", status: "published", definition });
}
