import { type Call, useBareFunctions } from "../support/bare-functions";
import { CUSTOMER, NO_FLOW_ON_OURS, SMS_ADDRESS, useContactCentre } from "../support/contact-centre";

const centre = useContactCentre({ ...NO_FLOW_ON_OURS, processes: 1 });
const functions = useBareFunctions(centre);

const EXECUTION = `FN${"c".repeat(32)}`;
const signed = (call: Omit<Call, "signature">) => functions.call({ ...call, signature: "right" });

/** A customer's Conversation that nobody has taken up. */
async function conversation(options: { friendlyName?: string; attributes?: object } = {}): Promise<string> {
  const { conversations } = centre.twilio.conversations.v1;
  const { sid } = await conversations.create({
    friendlyName: options.friendlyName,
    attributes: JSON.stringify(options.attributes ?? {}),
  });
  await conversations(sid).participants.create({
    "messagingBinding.address": CUSTOMER,
    "messagingBinding.proxyAddress": SMS_ADDRESS,
  });
  return sid;
}

const visit = (conversationSid: string, more: Record<string, string> = {}) => ({
  path: "/studio/customer-context",
  fields: { conversationSid, author: CUSTOMER, flowSid: `FW${"b".repeat(32)}`, executionSid: EXECUTION, ...more },
});

describe("studio/customer-context", () => {
  const keys = [
    "state",
    "customer",
    "name",
    "address",
    "channel",
    "language",
    "topic",
    "previousConversationSid",
    "step",
    "asked",
    "texts",
  ];
  /** The Execution that visits is made up. */
  const flowNeverGoesOn = () => centre.leavesUnattended("a made-up Execution never goes on");

  it("answers every key about a customer we know nothing of", async () => {
    flowNeverGoesOn();
    const { status, body } = await signed(visit(await conversation()));
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([...keys].sort());
    expect(body).toMatchObject({
      state: "flow",
      customer: "new",
      name: "",
      address: CUSTOMER,
      channel: "sms",
      language: "en",
      step: "",
      asked: 0,
    });
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(64 * 1024);
  });

  it("knows the name and the language the Conversation carries", async () => {
    flowNeverGoesOn();
    const attributes = { customerName: "Ana", language: "de" };
    const { body } = await signed(visit(await conversation({ attributes })));
    expect(body).toMatchObject({
      name: "Ana",
      language: "de",
      texts: { greeting: "Guten Tag und danke für Ihre Nachricht." },
    });
  });

  it("takes the name of a form, else the Conversation's own", async () => {
    flowNeverGoesOn();
    const form = await conversation({
      attributes: { pre_engagement_data: { friendlyName: "Bea" } },
      friendlyName: "Web chat",
    });
    expect((await signed(visit(form))).body.name).toBe("Bea");
    await centre.twilio.conversations.v1.conversations(form).update({ state: "closed" });
    expect((await signed(visit(await conversation({ friendlyName: "Cleo" })))).body.name).toBe("Cleo");
  });

  it("calls a customer with an earlier Conversation returning", async () => {
    flowNeverGoesOn();
    await centre.twilio.conversations.v1.conversations(await conversation()).update({ state: "closed" });
    expect((await signed(visit(await conversation()))).body.customer).toBe("returning");
  });

  it("writes down which Flow and Execution have the customer", async () => {
    flowNeverGoesOn();
    const sid = await conversation();
    await signed(visit(sid));
    expect(centre.state().documents).toEqual([
      expect.objectContaining({
        uniqueName: `conversation.${sid}`,
        data: expect.objectContaining({ state: "flow", flowSid: `FW${"b".repeat(32)}`, executionSid: EXECUTION }),
      }),
    ]);
  });

  it("claims routing for its Execution before Send to Flex, and tells any other to keep still", async () => {
    flowNeverGoesOn();
    const sid = await conversation();
    expect((await signed(visit(sid, { step: "route" }))).body.state).toBe("flow");
    expect((await signed(visit(sid, { executionSid: `FN${"d".repeat(32)}` }))).body.state).toBe("routing");
    expect((await signed(visit(sid))).body.state).toBe("flow");
  });

  it.each(["STOP", "start", "Help"])(
    "says keyword when they wrote %j, and closes what holds nothing else",
    async (body) => {
      const sid = await conversation();
      await centre.twilio.conversations.v1.conversations(sid).messages.create({ author: CUSTOMER, body });
      const answer = await signed(visit(sid, { body }));
      expect(answer).toMatchObject({ status: 200, body: { state: "keyword" } });
      expect(centre.state().conversations[0]?.state).toBe("closed");
    },
  );

  it("has the texts as they read on the customer's channel", async () => {
    flowNeverGoesOn();
    const { body } = await signed(visit(await conversation(), { author: "whatsapp:+15550101234" }));
    expect(body).toMatchObject({ channel: "whatsapp", texts: { menu: expect.stringContaining("*1* Sales") } });
  });

  it("says open once an Interaction has the customer, whoever made it", async () => {
    const sid = await conversation();
    await signed({ path: "/flex/send-to-flex", fields: { conversationSid: sid, author: CUSTOMER } });
    expect((await signed(visit(sid))).body.state).toBe("open");
  });
});

describe("studio/opening-hours", () => {
  it("answers every key, open or closed", async () => {
    const open = await signed({ path: "/studio/opening-hours" });
    expect(Object.keys(open.body).sort()).toEqual(["closesAt", "notify", "open", "opensAt", "reason", "timeZone"]);
    expect(open).toMatchObject({ status: 200, body: { reason: "hours", timeZone: "America/New_York" } });
  });
});

describe("flex/send-to-flex", () => {
  it("makes one Interaction and names it, however often it is called", async () => {
    const conversationSid = await conversation();
    const call = { path: "/flex/send-to-flex", fields: { conversationSid, author: CUSTOMER } };
    const first = await signed(call);
    const second = await signed(call);
    expect(first).toMatchObject({ status: 200, body: { status: "routed" } });
    expect(second).toEqual({ status: 200, body: { ...first.body, status: "open" } });
    expect(centre.state().interactions).toEqual([expect.objectContaining({ sid: first.body.interactionSid })]);
  });

  it("keeps the caller's attributes, and adds what Flex reads", async () => {
    const attributes = JSON.stringify({ team: "sales", customerName: "Ana", conversations: { content: "lamp" } });
    const fields = {
      conversationSid: await conversation(),
      author: CUSTOMER,
      attributes,
      priority: "5",
      timeout: "7200",
    };
    await signed({ path: "/flex/send-to-flex", fields });
    expect(centre.tasks()).toEqual([
      expect.objectContaining({
        priority: 5,
        timeout: 7200,
        attributes: expect.objectContaining({
          team: "sales",
          from: "Ana",
          customerName: "Ana",
          customerAddress: CUSTOMER,
          customers: { name: "Ana", phone: CUSTOMER },
          conversations: expect.objectContaining({ content: "lamp", communication_channel: "SMS" }),
        }),
      }),
    ]);
  });

  it("finds what the widget made before it, when a Flow calls it after a doubtful failure", async () => {
    const conversationSid = await conversation();
    const { taskrouter, interactions } = centre.simulator.world();
    await signed(visit(conversationSid, { step: "route" }));
    interactions.create({
      channel: { type: "sms", initiatedBy: "customer", mediaChannelSid: conversationSid },
      routing: { workspaceSid: taskrouter.workspace.sid, workflowSid: [...taskrouter.workflows.keys()][0] },
    });
    const fields = { conversationSid, author: CUSTOMER, executionSid: EXECUTION };
    expect((await signed({ path: "/flex/send-to-flex", fields })).body.status).toBe("open");
    expect(centre.state().interactions).toHaveLength(1);
  });

  it("answers 502 for a closed Conversation and makes nothing", async () => {
    const conversationSid = await conversation();
    await centre.twilio.conversations.v1.conversations(conversationSid).update({ state: "closed" });
    const answer = await signed({ path: "/flex/send-to-flex", fields: { conversationSid, author: CUSTOMER } });
    expect(answer.status).toBe(502);
    expect(centre.tasks()).toEqual([]);
  });
});
