import { fromCustomer, useInteractions } from "../interactions/use-interactions";
import { useReceiver } from "../use-receiver";
import { CUSTOMER } from "../use-simulator";
import { useFlex } from "./use-flex";

const flex = useInteractions();
const { register, webhooks } = useFlex(flex);
const receiver = useReceiver();

const ALL = [
  "onInteractionCreated",
  "onChannelCreated",
  "onChannelCreateFailed",
  "onChannelStatusUpdated",
  "onParticipantJoined",
  "onParticipantLeft",
  "onParticipantUpdated",
];
const listen = (more: [string, string][] = []) =>
  register([
    ["WebhookUrl", receiver.url()],
    ...ALL.map((event): [string, string] => ["WebhookEvents", event]),
    ...more,
  ]);
const receivedOf = (type: string) =>
  receiver.received.map(({ params }) => params).filter(({ EventType }) => EventType === type);

describe("an Interaction webhook", () => {
  it("is made, found, listed, changed and removed", async () => {
    const { status, body } = await listen([["WebhookMethod", "GET"]]);
    expect(status).toBe(201);
    expect(body).toEqual({
      ttid: expect.stringMatching(/^flex_interactionwebhook_[0-9a-hjkmnp-tv-z]{26}$/),
      account_sid: flex.simulator.account.sid,
      instance_sid: flex.simulator.account.flexInstanceSid,
      webhook_url: receiver.url(),
      webhook_events: ALL,
      webhook_method: "GET",
      type: "global",
      url: `${webhooks()}/${body.ttid}`,
    });
    const url = String(body.url);
    expect((await flex.call("GET", url)).body).toEqual(body);
    expect((await flex.call("GET", webhooks())).body).toMatchObject({ data: [body], meta: { key: "data" } });
    expect((await flex.call("POST", url, { WebhookMethod: "POST" })).body).toEqual({ ...body, webhook_method: "POST" });
    expect((await flex.call("DELETE", url)).status).toBe(204);
    expect(await flex.call("GET", url)).toMatchObject({ status: 404, body: { code: 20404 } });
  });

  it.each([
    ["no URL", [["WebhookEvents", "onChannelCreated"]]],
    [
      "a URL of another kind",
      [
        ["WebhookUrl", "ftp://localhost/"],
        ["WebhookEvents", "onChannelCreated"],
      ],
    ],
    ["no events", [["WebhookUrl", "http://localhost/"]]],
    [
      "an event that Flex does not have",
      [
        ["WebhookUrl", "http://localhost/"],
        ["WebhookEvents", "onBirthday"],
      ],
    ],
    [
      "another method",
      [
        ["WebhookUrl", "http://localhost/"],
        ["WebhookEvents", "onChannelCreated"],
        ["WebhookMethod", "PUT"],
      ],
    ],
    [
      "another type",
      [
        ["WebhookUrl", "http://localhost/"],
        ["WebhookEvents", "onChannelCreated"],
        ["Type", "local"],
      ],
    ],
  ] as [string, [string, string][]][])("is refused with %s", async (_, fields) => {
    expect(await register(fields)).toMatchObject({ status: 400, body: { code: 20001 } });
  });

  it("is not found under another instance", async () => {
    const elsewhere = webhooks().replace(flex.simulator.account.flexInstanceSid, `GO${"0".repeat(32)}`);
    expect(await flex.call("GET", elsewhere)).toMatchObject({ status: 404 });
  });
});

describe("the webhook of all Interactions", () => {
  it("hears an Interaction begin, its members come and go, and its channel close", async () => {
    await listen();
    const conversationSid = await flex.conversation();
    const chat = await flex.accepted(conversationSid);
    await flex.simulator.settled();
    await flex.updateChannel(chat, "closed", "closed");
    const about = {
      AccountSid: flex.simulator.account.sid,
      InstanceSid: flex.simulator.account.flexInstanceSid,
      InteractionSid: chat.sid,
      MediaChannelSid: conversationSid,
      MediaChannelType: "sms",
    };
    const onChannel = { ...about, ChannelSid: chat.channelSid };
    expect(receivedOf("onInteractionCreated")).toEqual([{ EventType: "onInteractionCreated", ...about }]);
    expect(receivedOf("onChannelCreated")).toEqual([{ EventType: "onChannelCreated", ...onChannel }]);
    expect(receivedOf("onChannelStatusUpdated")).toEqual([
      { EventType: "onChannelStatusUpdated", ...onChannel, ChannelStatus: "active" },
      { EventType: "onChannelStatusUpdated", ...onChannel, ChannelStatus: "closed" },
    ]);
    const [customer, agent] = flex.state().channelParticipants;
    expect(receivedOf("onParticipantJoined")).toEqual([
      { EventType: "onParticipantJoined", ...onChannel, ParticipantSid: customer?.sid, ParticipantType: "customer" },
      {
        EventType: "onParticipantJoined",
        ...onChannel,
        ParticipantSid: agent?.sid,
        ParticipantType: "agent",
        TaskSid: chat.taskSid,
      },
    ]);
    expect(receivedOf("onParticipantLeft")).toMatchObject([{ ParticipantSid: agent?.sid, TaskSid: chat.taskSid }]);
    expect(receivedOf("onChannelCreateFailed")).toEqual([]);
  });

  it("hears why a channel could not be set up", async () => {
    await listen();
    const conversationSid = await flex.conversation();
    const channel = {
      type: "sms",
      initiated_by: "agent",
      participants: [{ address: CUSTOMER, proxy_address: "+15550100100" }],
    };
    await flex.create(channel, { worker_sid: flex.ada() });
    expect(receivedOf("onChannelCreateFailed")).toMatchObject([
      { ErrorCode: "45361", ErrorMessage: expect.stringContaining(conversationSid) },
    ]);
    expect(receivedOf("onChannelCreated")).toEqual([]);
  });

  it("hears an agent wrap up", async () => {
    await listen();
    const { sid, channelSid, taskSid } = await flex.accepted(await flex.conversation());
    const agent = flex.state().channelParticipants.find(({ type }) => type === "agent");
    await flex.interaction(sid).channels(channelSid).participants(String(agent?.sid)).update({ status: "wrapup" });
    await flex.simulator.settled();
    expect(receivedOf("onParticipantUpdated")).toMatchObject([{ ParticipantSid: agent?.sid, TaskSid: taskSid }]);
  });

  it("hears only what it asked for, unsigned by the harsher reading, in a query when it wants GET", async () => {
    await register([
      ["WebhookUrl", receiver.url()],
      ["WebhookEvents", "onChannelCreated"],
      ["WebhookMethod", "GET"],
    ]);
    await flex.accepted(await flex.conversation());
    await flex.simulator.settled();
    expect(receiver.received).toMatchObject([
      { method: "GET", signed: false, params: { EventType: "onChannelCreated" } },
    ]);
  });

  it("hears nothing once it is removed", async () => {
    const { body } = await listen();
    await flex.call("DELETE", String(body.url));
    await flex.inbound(await flex.conversation());
    expect(receiver.received).toEqual([]);
  });
});

describe("the webhook of one Interaction", () => {
  const own = async () => String((await listen([["Type", "interaction"]])).body.ttid);

  it("hears of those alone that carry it", async () => {
    const webhookTtid = await own();
    await flex.inbound(await flex.conversation());
    expect(receiver.received).toEqual([]);
    const guest = { type: "web", initiated_by: "api", participants: [{ identity: "guest" }] };
    const { sid } = await flex.twilio.flexApi.v1.interaction.create({
      channel: guest,
      routing: flex.routing(),
      webhookTtid,
    });
    await flex.simulator.settled();
    expect(new Set(receiver.received.map(({ params }) => params.InteractionSid))).toEqual(new Set([sid]));
    expect(await flex.interaction(sid).fetch()).toMatchObject({ webhookTtid });
  });

  it("can be named later, which is answered without routing", async () => {
    const chat = await flex.inbound(await flex.conversation());
    const webhookTtid = await own();
    const updated = await flex.interaction(chat.sid).update({ webhookTtid });
    expect(updated).toMatchObject({ sid: chat.sid, webhookTtid, routing: null });
    await flex.updateChannel(chat, "closed", "closed");
    expect(receivedOf("onChannelStatusUpdated")).toMatchObject([{ ChannelStatus: "closed" }]);
  });

  it("rings beside the one of all", async () => {
    const webhookTtid = await own();
    await register([
      ["WebhookUrl", receiver.url("/all")],
      ["WebhookEvents", "onChannelCreated"],
    ]);
    await flex.twilio.flexApi.v1.interaction.create({
      channel: fromCustomer(await flex.conversation()),
      routing: flex.routing(),
      webhookTtid,
    });
    await flex.simulator.settled();
    const created = receiver.received.filter(({ params }) => params.EventType === "onChannelCreated");
    expect(created.map(({ path }) => path).sort()).toEqual(["/all", "/hook"]);
  });

  it("must exist, and be meant for one", async () => {
    const { sid } = await flex.inbound(await flex.conversation());
    const unknown = flex.interaction(sid).update({ webhookTtid: "flex_interactionwebhook_0" });
    await expect(unknown).rejects.toMatchObject({ status: 400, code: 20001 });
    const forAll = String((await listen()).body.ttid);
    const wrong = flex.interaction(sid).update({ webhookTtid: forAll });
    await expect(wrong).rejects.toMatchObject({ status: 400, code: 20001 });
  });
});

describe("by the milder reading", () => {
  const mild = useInteractions({ interactionWebhooksSigned: true });
  const mildFlex = useFlex(mild);

  it("the webhook is signed as Twilio's others are", async () => {
    await mildFlex.register([
      ["WebhookUrl", receiver.url()],
      ["WebhookEvents", "onChannelCreated"],
    ]);
    await mild.inbound(await mild.conversation());
    expect(receiver.received).toMatchObject([{ method: "POST", signed: true }]);
  });
});
