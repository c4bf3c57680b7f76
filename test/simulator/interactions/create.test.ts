import { CUSTOMER, PAIR } from "../use-simulator";
import { CUSTOMER_ADDRESSES, fromCustomer, useInteractions } from "./use-interactions";

const flex = useInteractions();
const api = (more: object = {}) => ({ type: "sms", initiated_by: "api", participants: [CUSTOMER_ADDRESSES], ...more });
const byAgent = (more: object = {}) => ({ ...api(more), initiated_by: "agent" });

describe("an Interaction that a customer initiates", () => {
  it("joins their Conversation to a new Task", async () => {
    const conversationSid = await flex.conversation();
    const created = await flex.inbound(conversationSid);
    expect(flex.channel(created.channelSid)).toMatchObject({ status: "active", type: "sms", conversationSid });
    expect(flex.task(created.taskSid)).toMatchObject({ status: "reserved", workflowSid: flex.workflowSid() });
  });

  it("is answered with its channel and its Task", async () => {
    const answer = await flex.twilio.flexApi.v1.interaction.create({
      channel: fromCustomer(await flex.conversation()),
      routing: flex.routing({ priority: 5, timeout: 600, task_channel_unique_name: "chat" }),
      interactionContextSid: `HQ${"0".repeat(32)}`,
    });
    expect(answer).toMatchObject({
      sid: expect.stringMatching(/^KD[0-9a-f]{32}$/),
      channel: { type: "sms", sid: expect.stringMatching(/^UO[0-9a-f]{32}$/) },
      routing: { reservation: null, properties: { priority: 5, timeout: 600, task_channel_unique_name: "chat" } },
      interactionContextSid: `HQ${"0".repeat(32)}`,
      webhookTtid: null,
    });
  });

  it("is accepted with 201, as captured traffic shows", async () => {
    const answer = await flex.call("POST", "https://flex-api.twilio.com/v1/Interactions", {
      Channel: JSON.stringify(fromCustomer(await flex.conversation())),
      Routing: JSON.stringify(flex.routing()),
    });
    expect(answer.status).toBe(201);
  });

  it("may be spelled with a capital, as Studio does", async () => {
    const channel = { ...fromCustomer(await flex.conversation()), initiated_by: "Customer" };
    const { taskSid } = await flex.create(channel);
    expect(flex.task(taskSid)?.attributes).toMatchObject({ initiatedBy: "customer" });
  });

  it("is found with its channel", async () => {
    const { sid, channelSid } = await flex.inbound(await flex.conversation());
    expect(await flex.interaction(sid).fetch()).toMatchObject({ sid, channel: { sid: channelSid } });
    expect(await flex.interaction(sid).channels(channelSid).fetch()).toMatchObject({
      status: "active",
      errorCode: null,
    });
    expect((await flex.interaction(sid).channels.list()).map((channel) => channel.sid)).toEqual([channelSid]);
  });

  it("counts the customer as a member of its channel", async () => {
    const { sid, channelSid } = await flex.inbound(await flex.conversation());
    expect(await flex.interaction(sid).channels(channelSid).participants.list()).toMatchObject([{ type: "customer" }]);
  });

  it("is not found under another Interaction", async () => {
    const one = await flex.inbound(await flex.conversation());
    const other = await flex.create(api({ participants: [{ identity: "telegram_42" }] }));
    const wrong = flex.interaction(one.sid).channels(other.channelSid).fetch();
    await expect(wrong).rejects.toMatchObject({ status: 404, code: 20404 });
  });
});

describe("a Task's attributes", () => {
  const attributesOf = async (channel: object, attributes: object) => {
    const { taskSid } = await flex.create(channel, { attributes, worker_sid: flex.ada() });
    return flex.task(taskSid)?.attributes as Record<string, unknown>;
  };

  it("are the caller's, and what Twilio adds", async () => {
    const conversationSid = await flex.conversation();
    const given = {
      customerName: "Ana",
      customerAddress: CUSTOMER,
      from: "Ana",
      conversations: { segment: "vip" },
      anything: [1, { at: "all" }],
    };
    const attributes = await attributesOf(fromCustomer(conversationSid), given);
    const [interaction] = flex.state().interactions;
    const [invite] = flex.state().invites;
    expect(attributes).toEqual({
      ...given,
      channelType: "sms",
      flexInteractionSid: interaction?.sid,
      flexInteractionChannelSid: interaction?.channelSid,
      flexChannelInviteSid: invite?.sid,
      conversationSid,
      initiatedBy: "customer",
      direction: "inbound",
      taskCreateSource: "interaction",
      customers: { name: "Ana", phone: CUSTOMER },
      conversations: {
        segment: "vip",
        conversation_id: interaction?.sid,
        media: [{ type: "ChatTranscript", sid: conversationSid }],
        communication_channel: "SMS",
        initiated_by: "customer",
      },
    });
  });

  it("name no customer unless both name and address are known", async () => {
    expect((await attributesOf(fromCustomer(await flex.conversation()), { customerName: "Ana" })).customers).toEqual(
      {},
    );
  });

  it("tell a mail address from a phone number", async () => {
    const given = { customerName: "Ana", customerAddress: "ana@example.com" };
    const { customers } = await attributesOf(fromCustomer(await flex.conversation()), given);
    expect(customers).toEqual({ name: "Ana", email: "ana@example.com" });
  });

  it.each([
    ["api", "inbound"],
    ["agent", "outbound"],
  ])("say of one that %s initiated that it is %s", async (initiated_by, direction) => {
    expect(await attributesOf({ ...api(), initiated_by }, {})).toMatchObject({ initiatedBy: initiated_by, direction });
  });
});

describe("an Interaction by api", () => {
  it("makes a Conversation with the customers it names", async () => {
    const { taskSid, channelSid } = await flex.create(api());
    expect(flex.members(String(flex.channel(channelSid)?.conversationSid))).toEqual([CUSTOMER]);
    expect(flex.task(taskSid)).toMatchObject({ status: "reserved" });
  });

  it("takes a chat customer by identity", async () => {
    await flex.create(api({ type: "web", participants: [{ identity: "telegram_42" }] }));
    expect(flex.state().conversations).toMatchObject([{ participants: [{ identity: "telegram_42" }] }]);
  });

  it("takes a Conversation that exists, as it is", async () => {
    const { sid: conversationSid } = await flex.conversations.conversations.create();
    const { channelSid } = await flex.create(api({ properties: { media_channel_sid: conversationSid } }));
    expect(flex.channel(channelSid)).toMatchObject({ status: "active", conversationSid });
    expect(flex.members(conversationSid)).toEqual([]);
  });
});

describe("an Interaction by an agent", () => {
  it("is accepted by itself and brings the agent in", async () => {
    const { taskSid, channelSid } = await flex.create(byAgent(), { worker_sid: flex.ada() });
    expect(flex.task(taskSid)).toMatchObject({ status: "assigned" });
    expect(flex.state().reservations).toMatchObject([{ workerSid: flex.ada(), status: "accepted" }]);
    expect(flex.members(String(flex.channel(channelSid)?.conversationSid))).toEqual([CUSTOMER, "ada"]);
  });

  it.each([
    ["whatsapp", { address: `whatsapp:${CUSTOMER}`, proxy_address: "whatsapp:+15550100200" }, `whatsapp:${CUSTOMER}`],
    ["messenger", { address: "messenger:4242", proxy_address: "messenger:100200300400500" }, "messenger:4242"],
    ["web", { identity: "guest-1" }, "guest-1"],
    ["chat", { identity: "guest-1" }, "guest-1"],
  ])("reaches a customer by %s", async (type, customer, member) => {
    const channel = { type, initiated_by: "agent", participants: [customer] };
    const { channelSid } = await flex.create(channel, { worker_sid: flex.ada() });
    expect(flex.channel(channelSid)).toMatchObject({ type, status: "active" });
    expect(flex.members(String(flex.channel(channelSid)?.conversationSid))).toEqual([member, "ada"]);
  });

  it("takes a Conversation that exists, and is no customer of it", async () => {
    const conversationSid = await flex.conversation();
    const channel = { type: "sms", initiated_by: "agent", properties: { media_channel_sid: conversationSid } };
    const { sid, channelSid } = await flex.create(channel, { worker_sid: flex.ada() });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada"]);
    const members = await flex.interaction(sid).channels(channelSid).participants.list();
    expect(members.map(({ type }) => type)).toEqual(["customer", "agent"]);
  });

  describe("where the agent is asked first", () => {
    const asking = useInteractions({ agentTaskAcceptedByItself: false });

    it("is offered to them, and brings them in when they take it", async () => {
      const { taskSid, channelSid } = await asking.create(byAgent(), { worker_sid: asking.ada() });
      const members = () => asking.members(String(asking.channel(channelSid)?.conversationSid));
      expect(asking.state().reservations).toMatchObject([{ workerSid: asking.ada(), status: "pending" }]);
      expect(members()).toEqual([CUSTOMER]);
      asking.simulator.agent("ada").accept();
      await asking.simulator.settled();
      expect(asking.task(taskSid)).toMatchObject({ status: "assigned" });
      expect(members()).toEqual([CUSTOMER, "ada"]);
    });
  });

  it("lets the agent write at once", async () => {
    await flex.create(byAgent(), { worker_sid: flex.ada() });
    await flex.simulator.agent("ada").reply("Hello, it is Ada");
    expect(flex.heard()).toEqual(["Hello, it is Ada"]);
  });
});

describe("refusals", () => {
  afterEach(() => {
    expect(flex.state()).toMatchObject({ interactions: [], channels: [], tasks: [] });
  });

  it("of a Conversation that does not exist", async () => {
    await refuses(fromCustomer(`CH${"0".repeat(32)}`), {}, 45356);
  });

  it("of a closed Conversation", async () => {
    const sid = await flex.conversation();
    await flex.conversations.conversations(sid).update({ state: "closed" });
    await refuses(fromCustomer(sid), {}, 45354);
  });

  it("of a Conversation without its customer", async () => {
    const { sid } = await flex.conversations.conversations.create();
    await refuses(fromCustomer(sid), {}, 45355);
  });

  it.each(["api", "agent"])("of %s without participants", async (initiated_by) => {
    await refuses({ type: "sms", initiated_by, participants: [] }, { worker_sid: flex.ada() }, 45355);
    await refuses({ type: "sms", initiated_by }, { worker_sid: flex.ada() }, 45355);
    expect(flex.state().conversations).toEqual([]);
  });

  it("of a customer without a media channel", async () => {
    await refuses({ type: "sms", initiated_by: "customer", participants: [CUSTOMER_ADDRESSES] }, {}, 20001);
  });

  it("of an agent without a worker, with a media channel or without", async () => {
    await refuses(byAgent(), {}, 20001);
    await refuses(byAgent({ properties: { media_channel_sid: await flex.conversation() } }), {}, 20001);
  });

  it.each([
    ["workspace_sid", "WS"],
    ["workflow_sid", "WW"],
    ["queue_sid", "WQ"],
    ["worker_sid", "WK"],
    ["task_channel_sid", "TC"],
  ])("of an unknown %s", async (name, prefix) => {
    await refuses(api(), { [name]: `${prefix}${"0".repeat(32)}` }, 20001);
    expect(flex.state().conversations).toEqual([]);
  });

  it("of no Workflow where there are several", async () => {
    const { workspace } = flex.world.taskrouter;
    await flex.twilio.taskrouter.v1.workspaces(workspace.sid).workflows.create({
      friendlyName: "Second",
      configuration: '{"task_routing":{}}',
    });
    await refuses(api(), {}, 20001);
    expect(flex.state().conversations).toEqual([]);
  });

  it.each([
    ["a channel without a type", { initiated_by: "api" }],
    ["a type that is no text", { type: 5, initiated_by: "api", participants: [CUSTOMER_ADDRESSES] }],
    ["a type that Flex does not have", { type: "pigeon", initiated_by: "api", participants: [CUSTOMER_ADDRESSES] }],
    ["an initiator that Flex does not have", { type: "sms", initiated_by: "nobody" }],
  ])("of %s", async (_, channel) => {
    await refuses(channel, {}, 20001);
  });

  it.each(["a+b", "a/b", "a=b", "a:b", "a b#c"])(
    "of the identity %s, which holds what URIs reserve",
    async (identity) => {
      await refuses(api({ type: "web", participants: [{ identity }] }), {}, 20001);
      expect(flex.state().conversations).toEqual([]);
    },
  );

  it("of a Routing that is not TaskRouter's", async () => {
    const creating = flex.twilio.flexApi.v1.interaction.create({
      channel: api(),
      routing: { ...flex.routing(), type: "Carrier pigeon" },
    });
    await expect(creating).rejects.toMatchObject({ status: 400, code: 20001 });
  });

  it("of an Interaction webhook that does not exist", async () => {
    const creating = flex.twilio.flexApi.v1.interaction.create({
      channel: fromCustomer(await flex.conversation()),
      routing: flex.routing(),
      webhookTtid: "flex_interactionwebhook_01jke8z8vte4ette30t5w9h081",
    });
    await expect(creating).rejects.toMatchObject({ status: 400, code: 20001 });
  });

  it.each(["email", "gbm", "voice"])("of %s, which is not there yet", async (type) => {
    const creating = flex.create(api({ type }));
    await expect(creating).rejects.toMatchObject({ status: 501 });
  });

  it("of a request without Routing", async () => {
    const creating = flex.twilio.flexApi.v1.interaction.create({ channel: api() });
    await expect(creating).rejects.toMatchObject({ status: 400, code: 20001 });
  });

  async function refuses(channel: object, properties: object, code: number) {
    await expect(flex.create(channel, properties)).rejects.toMatchObject({ status: 400, code });
  }
});

describe("a set-up that fails after the request was accepted", () => {
  it("shows on the channel and cancels the Task when the Conversation was closed in between", async () => {
    const conversationSid = await flex.conversation();
    const { interactions, conversations, taskrouter } = flex.world;
    const { sid, channelSid, taskSid } = interactions.create({
      channel: { type: "sms", initiatedBy: "customer", mediaChannelSid: conversationSid },
      routing: { workspaceSid: taskrouter.workspace.sid },
    });
    conversations.setState(conversationSid, "closed", "API", false);
    await flex.simulator.settled();
    expect(await flex.interaction(sid).channels(channelSid).fetch()).toMatchObject({
      status: "failed",
      errorCode: 45354,
      errorMessage: "The Conversation is closed",
    });
    expect(flex.task(String(taskSid))).toMatchObject({ status: "canceled", reason: "The Conversation is closed" });
  });

  it("is what comes of writing to a customer who is in another Conversation, which it names", async () => {
    const live = await flex.conversation();
    const { channelSid, taskSid } = await flex.create(byAgent(), { worker_sid: flex.ada() });
    expect(flex.channel(channelSid)).toMatchObject({
      status: "failed",
      errorCode: 45361,
      errorMessage: expect.stringContaining(live),
    });
    expect(flex.task(taskSid)).toMatchObject({ status: "canceled" });
    expect(flex.state().reservations.map(({ status }) => status)).toEqual(["canceled"]);
  });

  it.each(["web", "chat", "whatsapp"])(
    "is what comes of a type that no customer in the Conversation is of: %s",
    async (type) => {
      const channel = { ...fromCustomer(await flex.conversation()), type };
      const { channelSid, taskSid } = await flex.create(channel);
      expect(flex.channel(channelSid)).toMatchObject({ status: "failed", errorCode: 19025 });
      expect(flex.task(taskSid)).toMatchObject({ status: "canceled" });
    },
  );

  it("is what comes of an SMS channel on a chat", async () => {
    const { sid } = await flex.conversations.conversations.create();
    await flex.conversations.conversations(sid).participants.create({ identity: "telegram_42" });
    const { channelSid } = await flex.create(fromCustomer(sid));
    expect(flex.channel(channelSid)).toMatchObject({ status: "failed", errorCode: 19025 });
    const web = await flex.create({ ...fromCustomer(sid), type: "web" });
    expect(flex.channel(web.channelSid)).toMatchObject({ status: "active" });
  });

  it("is what comes of an address that is none", async () => {
    const { channelSid } = await flex.create(api({ participants: [{ address: "4155551234" }] }));
    expect(flex.channel(channelSid)).toMatchObject({ status: "failed", errorCode: 45361 });
  });

  it.each([
    ["a phone on a WhatsApp channel", { type: "whatsapp", participants: [CUSTOMER_ADDRESSES] }],
    ["an identity on an SMS channel", { type: "sms", participants: [{ identity: "telegram_42" }] }],
    ["a phone on a web channel", { type: "web", participants: [CUSTOMER_ADDRESSES] }],
  ])("is what comes of %s", async (_, channel) => {
    const { channelSid, taskSid } = await flex.create(api(channel));
    expect(flex.channel(channelSid)).toMatchObject({ status: "failed", errorCode: expect.any(Number) });
    expect(flex.task(taskSid)).toMatchObject({ status: "canceled" });
  });

  it("tells a Conversation that was deleted in between", async () => {
    const conversationSid = await flex.conversation();
    const { interactions, conversations, taskrouter } = flex.world;
    const { channelSid } = interactions.create({
      channel: { type: "sms", initiatedBy: "customer", mediaChannelSid: conversationSid },
      routing: { workspaceSid: taskrouter.workspace.sid },
    });
    conversations.remove(conversations.conversation(conversationSid));
    await flex.simulator.settled();
    expect(flex.channel(channelSid)).toMatchObject({ status: "failed", errorCode: 45356 });
  });

  it("leaves no open end when nobody could have taken the Task anyway", async () => {
    await flex.conversation();
    const { workspace } = flex.world.taskrouter;
    const { sid } = await flex.twilio.taskrouter.v1.workspaces(workspace.sid).workflows.create({
      friendlyName: "To nobody",
      configuration: '{"task_routing":{"filters":[]}}',
    });
    const { channelSid, taskSid } = await flex.create(api(), { workflow_sid: sid });
    expect([flex.channel(channelSid)?.status, flex.task(taskSid)?.status]).toEqual(["failed", "canceled"]);
  });
});

describe("a second Interaction on a Conversation", () => {
  it("is accepted by the harsher reading", async () => {
    const conversationSid = await flex.conversation();
    await flex.inbound(conversationSid);
    await flex.inbound(conversationSid);
    expect(flex.state().interactions).toHaveLength(2);
  });

  describe("by the milder readings", () => {
    const mild = useInteractions({ secondInteractionAccepted: false, interactionCreateStatus: 200 });

    it("is refused while the first is live", async () => {
      const conversationSid = await mild.conversation();
      const first = await mild.inbound(conversationSid);
      await expect(mild.inbound(conversationSid)).rejects.toMatchObject({ status: 409 });
      expect(mild.state().interactions).toMatchObject([{ sid: first.sid }]);
    });

    it("is accepted when the first has failed", async () => {
      const conversationSid = await mild.conversation();
      const { channelSid } = await mild.inbound(conversationSid);
      Object.assign(mild.world.interactions.channel(channelSid), { status: "failed" });
      expect(await mild.inbound(conversationSid)).toMatchObject({ sid: expect.any(String) });
    });

    it("has a first one that was answered with 200", async () => {
      const answer = await mild.call("POST", "https://flex-api.twilio.com/v1/Interactions", {
        Channel: JSON.stringify(fromCustomer(await mild.conversation())),
        Routing: JSON.stringify(mild.routing()),
      });
      expect(answer.status).toBe(200);
    });
  });
});

it("holds the address pair of the customer it writes to", async () => {
  await flex.create(api());
  const { sid } = await flex.conversations.conversations.create();
  await expect(flex.conversations.conversations(sid).participants.create(PAIR)).rejects.toMatchObject({ code: 50416 });
});
