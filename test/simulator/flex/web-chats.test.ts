import { useReceiver } from "../use-receiver";
import { SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();

const start = (more: object = {}) =>
  sim.twilio.flexApi.v2.webChannels.create({ addressSid, chatFriendlyName: "Webchat widget", ...more });
const address = (more: object = {}) =>
  sim.conversations.addressConfigurations.create({ type: "chat", address: "web-chat", ...more });
const toWebhook = () => ({
  "autoCreation.enabled": true,
  "autoCreation.type": "webhook" as const,
  "autoCreation.webhookUrl": receiver.url(),
  "autoCreation.webhookFilters": ["onMessageAdded"],
});

let addressSid: string;

describe("a web chat", () => {
  beforeEach(async () => {
    addressSid = (await address(toWebhook())).sid;
  });

  it("makes a Conversation with its guest in it", async () => {
    const { conversationSid, identity } = await start({
      customerFriendlyName: "Ana",
      preEngagementData: '{"friendlyName":"Ana","query":"Hello"}',
      uiVersion: "1.0.0",
    });
    expect(identity).toMatch(/^FX[0-9a-f]{32}$/);
    const conversation = await sim.conversations.conversations(conversationSid).fetch();
    expect(conversation).toMatchObject({ friendlyName: "Webchat widget", state: "active" });
    expect(JSON.parse(conversation.attributes)).toEqual({
      pre_engagement_data: { friendlyName: "Ana", query: "Hello" },
    });
    const [guest] = await sim.conversations.conversations(conversationSid).participants.list();
    expect(guest).toMatchObject({ identity, messagingBinding: null });
    expect(await sim.conversations.users(identity).fetch()).toMatchObject({ identity, friendlyName: "Ana" });
  });

  it("takes the identity it is given, and data that is no JSON", async () => {
    const { conversationSid, identity } = await start({ identity: "ana-42", preEngagementData: "page=/prices" });
    expect(identity).toBe("ana-42");
    const { attributes } = await sim.conversations.conversations(conversationSid).fetch();
    expect(JSON.parse(attributes)).toEqual({ pre_engagement_data: "page=/prices" });
  });

  it("has the address's webhook, which hears what the guest writes", async () => {
    const { conversationSid, identity } = await start();
    sim.world.conversations.addMessage(conversationSid, {
      author: identity,
      body: "Hi",
      source: "SDK",
      webhooks: true,
    });
    await sim.simulator.settled();
    expect(receiver.received).toMatchObject([
      { params: { EventType: "onMessageAdded", ConversationSid: conversationSid, Author: identity, Body: "Hi" } },
    ]);
  });

  it("makes one Conversation a start, however often the same guest comes", async () => {
    const [one, other] = [await start({ identity: "ana" }), await start({ identity: "ana" })];
    expect(one.conversationSid).not.toBe(other.conversationSid);
  });

  it("is routed to an agent, who talks to the guest", async () => {
    const { conversationSid, identity } = await start();
    const { workspace } = sim.world.taskrouter;
    await sim.twilio.flexApi.v1.interaction.create({
      channel: { type: "web", initiated_by: "customer", properties: { media_channel_sid: conversationSid } },
      routing: { type: "TaskRouter", properties: { workspace_sid: workspace.sid } },
    });
    await sim.simulator.settled();
    const { workerSid } = [...sim.world.taskrouter.reservations.values()][0] ?? {};
    const agent = sim.world.taskrouter.worker(String(workerSid)).friendlyName === "ada" ? "ada" : "grace";
    sim.simulator.agent(agent).accept();
    sim.simulator.agent(agent).reply("How can I help?");
    const members = sim.world.conversations.participants(conversationSid).map((row) => row.identity);
    expect(members).toEqual([identity, agent]);
    expect(sim.world.conversations.messages(conversationSid).map(({ body }) => body)).toEqual(["How can I help?"]);
  });
});

it("is made in the service that its address names", async () => {
  const { sid } = await sim.conversations.services.create({ friendlyName: "Website" });
  addressSid = (await address({ ...toWebhook(), "autoCreation.conversationServiceSid": sid })).sid;
  const { conversationSid } = await start();
  expect(await sim.conversations.services(sid).conversations(conversationSid).fetch()).toMatchObject({
    chatServiceSid: sid,
  });
});

it("has no webhook where its address makes none", async () => {
  addressSid = (await address()).sid;
  const { conversationSid } = await start();
  expect(await sim.conversations.conversations(conversationSid).webhooks.list()).toEqual([]);
});

describe("refuses", () => {
  afterEach(() => {
    expect(sim.simulator.state().conversations).toEqual([]);
  });

  it("an address that does not exist", async () => {
    addressSid = `IG${"0".repeat(32)}`;
    await expect(start()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it("an address that is no chat", async () => {
    addressSid = (await sim.conversations.addressConfigurations.create({ type: "sms", address: SENDER })).sid;
    await expect(start()).rejects.toMatchObject({ status: 400, code: 20001 });
  });

  it("an address whose Flow is gone", async () => {
    const flow = await sim.twilio.studio.v2.flows.create({
      friendlyName: "Web",
      status: "published",
      definition: {
        description: "Nothing",
        states: [{ name: "Trigger", type: "trigger", transitions: [], properties: {} }],
        initial_state: "Trigger",
        flags: { allow_concurrent_calls: true },
      },
    });
    addressSid = (
      await address({
        "autoCreation.enabled": true,
        "autoCreation.type": "studio",
        "autoCreation.studioFlowSid": flow.sid,
      })
    ).sid;
    await sim.twilio.studio.v2.flows(flow.sid).remove();
    await expect(start()).rejects.toMatchObject({ status: 400, code: 45700 });
  });
});
