import { DELIVERY_ERRORS } from "../../src/channels/delivery-errors";
import { CHANNELS } from "../support/channels";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";

const centre = useContactCentre();
const [, { customer: WHATSAPP }] = CHANNELS;

const phones = () => centre.simulator.world().phones;
const faults = () => centre.simulator.world().faults;

/** A customer whom an agent has, with what was told of the Messages before forgotten. */
async function withAgent(customer: string = CUSTOMER) {
  await centre.customerSends("Hello", customer);
  await centre.customerSends("1", customer);
  const agent = centre.offeredTo() ?? "ada";
  await centre.agent(agent, "accept");
  centre.simulator.log.clear();
  return agent;
}

const messages = () => centre.state().conversations[0]?.messages ?? [];
const deliveryOf = (body: string) => {
  const found = messages().find((message) => message.body === body);
  return (JSON.parse(found?.attributes ?? "{}") as { delivery?: Record<string, unknown> }).delivery;
};
const failureOnTask = () => centre.tasks()[0]?.attributes.deliveryFailure;
/** What our hook asked of Twilio. */
const asked = () =>
  centre.simulator.log.entries
    .filter(({ kind, invocation }) => kind === "rest" && invocation)
    .map(({ name }) => name.split(" ").at(-1));

/** Twilio tells of a receipt once more. */
async function deliverAgain(change: Record<string, string> = {}) {
  const [told] = centre.simulator.log.entries
    .filter(({ kind, name }) => kind === "webhook" && name.endsWith("onDeliveryUpdated"))
    .slice(-1);
  centre.simulator.log.clear();
  const { sendWebhook } = centre.simulator.world();
  const params = { ...(told?.data?.params as Record<string, string>), ...change };
  const answer = await sendWebhook({
    name: "again onDeliveryUpdated",
    url: String(told?.data?.url),
    params: Object.fromEntries(Object.entries(params).filter(([, value]) => value !== "-")),
    timeoutMs: 10_000,
  });
  await centre.simulator.settled();
  return JSON.parse(answer.body) as { status: string };
}

describe("what becomes of an agent's words", () => {
  it.each(["sent", "delivered"] as const)("is kept with them: %s", async (status) => {
    const agent = await withAgent();
    phones().behave(CUSTOMER, { status });
    await centre.agentReplies(agent, "Hi, how can I help?");
    expect(deliveryOf("Hi, how can I help?")).toEqual({ status, at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
    expect(failureOnTask()).toBeUndefined();
  });

  it("on WhatsApp becomes read when the customer looks, and nothing takes that back", async () => {
    const agent = await withAgent(WHATSAPP);
    await centre.agentReplies(agent, "Hi");
    expect(deliveryOf("Hi")).toMatchObject({ status: "delivered" });
    centre.simulator.world().conversations.receipts.read(WHATSAPP);
    await centre.simulator.settled();
    expect(deliveryOf("Hi")).toMatchObject({ status: "read" });
    expect(messages().at(-1)).toMatchObject({ body: "Hi", readBy: [WHATSAPP] });
    expect(await deliverAgain({ Status: "sent" })).toEqual({ status: "known" });
    expect(deliveryOf("Hi")).toMatchObject({ status: "read" });
  });

  it("stays true when the news overtake each other", async () => {
    const agent = await withAgent();
    faults().add({ operation: "webhook onDeliveryUpdated", kind: "late", ms: 150 });
    await centre.agentReplies(agent, "Hi");
    expect(deliveryOf("Hi")).toMatchObject({ status: "delivered" });
  });

  it.each(["FetchConversationMessage", "UpdateConversationMessage"])(
    "stays true when one of two that work on it is slow at %s",
    async (operation) => {
      const agent = await withAgent();
      faults().add({ operation, kind: "slow", ms: 200 });
      phones().behave(CUSTOMER, { status: "undelivered", errorCode: 30003 });
      await centre.agentReplies(agent, "Hi");
      expect(deliveryOf("Hi")).toMatchObject({ status: "undelivered", errorCode: 30003 });
      expect(failureOnTask()).toMatchObject({ errorCode: 30003 });
    },
  );

  it("is known by the next event when one is lost", async () => {
    const agent = await withAgent();
    phones().behave(CUSTOMER, { status: "undelivered", errorCode: 30005 });
    faults().add({ operation: "webhook onDeliveryUpdated", kind: "reset before", after: 1 });
    await centre.agentReplies(agent, "Hi");
    expect(deliveryOf("Hi")).toMatchObject({ status: "undelivered", errorCode: 30005 });
  });

  it("costs two reads and a write, and a repeated event no write", async () => {
    const agent = await withAgent();
    phones().behave(CUSTOMER, { status: "sent" });
    await centre.agentReplies(agent, "Hi");
    expect(asked()).toEqual(["FetchDocument", "FetchConversationMessage", "UpdateConversationMessage"]);
    expect(await deliverAgain()).toEqual({ status: "known" });
    expect(asked()).toEqual(["FetchDocument", "FetchConversationMessage"]);
  });

  it("is written once when its webhook comes twice", async () => {
    const agent = await withAgent();
    phones().behave(CUSTOMER, { status: "failed", errorCode: 30007 });
    faults().add({ operation: "webhook onDeliveryUpdated", kind: "twice" });
    await centre.agentReplies(agent, "Hi");
    expect(
      asked()
        .filter((operation) => operation?.startsWith("Update"))
        .sort(),
    ).toEqual(["UpdateConversationMessage", "UpdateTask"]);
  });

  it("leaves the Message's other attributes as they are", async () => {
    const agent = await withAgent();
    phones().behave(CUSTOMER, { status: "sent" });
    await centre.agentReplies(agent, "Hi");
    const [{ conversationSid = "", sid = "" } = {}] = messages().slice(-1);
    const message = centre.twilio.conversations.v1.conversations(conversationSid).messages(sid);
    await message.update({ attributes: JSON.stringify({ topic: "lamp" }) });
    await deliverAgain({ Status: "read" });
    expect(JSON.parse((await message.fetch()).attributes)).toMatchObject({
      topic: "lamp",
      delivery: { status: "read" },
    });
  });

  it("takes no more room than there is", async () => {
    const agent = await withAgent();
    await centre.agentReplies(agent, "Hi");
    const [{ conversationSid = "", sid = "" } = {}] = messages().slice(-1);
    const message = centre.twilio.conversations.v1.conversations(conversationSid).messages(sid);
    for (const [room, expected] of [
      [120, { status: "failed", errorCode: 63016, at: expect.any(String) }],
      [20, undefined],
    ] as const) {
      const attributes = JSON.stringify({ notes: "x".repeat(4096 - '{"notes":""}'.length - room) });
      await message.update({ attributes });
      await deliverAgain({ Status: "failed", ErrorCode: "63016" });
      expect((JSON.parse((await message.fetch()).attributes) as { delivery?: object }).delivery).toEqual(expected);
    }
  });

  it("is heard under the other name of its field, too", async () => {
    const agent = await withAgent();
    phones().behave(CUSTOMER, { status: "sent" });
    await centre.agentReplies(agent, "Hi");
    expect(await deliverAgain({ Status: "-", DeliveryStatus: "delivered" })).toEqual({ status: "kept" });
    expect(deliveryOf("Hi")).toMatchObject({ status: "delivered" });
  });
});

describe("a failure", () => {
  it.each([
    ["failed", 21610, "STOP"],
    ["undelivered", 30003, "call"],
    ["undelivered", 30008, "another channel"],
    ["failed", 21617, "several messages"],
    ["failed", 12300, "PDF"],
    ["failed", 11751, "smaller"],
    ["undelivered", 63016, "template"],
    ["failed", 59999, "https://www.twilio.com/docs/api/errors/59999"],
  ] as const)("%s with %d says what to do, to the agent who has the customer", async (status, errorCode, remedy) => {
    const agent = await withAgent();
    phones().behave(CUSTOMER, { status, errorCode });
    const before = messages().length;
    await centre.agentReplies(agent, "My very own words");
    const delivery = { status, errorCode, words: expect.stringContaining(remedy), at: expect.any(String) };
    expect(deliveryOf("My very own words")).toEqual(delivery);
    expect(failureOnTask()).toEqual({ ...delivery, messageSid: messages().at(-1)?.sid });
    expect(centre.tasks()[0]?.attributes).toMatchObject({ customerAddress: CUSTOMER });
    expect(messages()).toHaveLength(before + 1);
    expect(
      centre.simulator.log.entries.filter(({ kind, name }) => kind === "output" && name.includes("very own")),
    ).toEqual([]);
  });

  it("outside of WhatsApp's window tells the agent to send a template", async () => {
    for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
    await centre.customerSends("Hello", WHATSAPP);
    await centre.customerSends("1", WHATSAPP);
    // TaskRouter deletes a Task that stays assigned for a day.
    await centre.simulator.advance(1200);
    const agent = "ada";
    centre.simulator.agent(agent).setActivity("Available");
    await centre.simulator.settled();
    await centre.agent(agent, "accept");
    await centre.simulator.advance(23.75 * 3600);
    await centre.agentReplies(agent, "Are you still there?");
    expect(deliveryOf("Are you still there?")).toMatchObject({ status: "undelivered", errorCode: 63016 });
    expect(failureOnTask()).toMatchObject({ words: expect.stringContaining("template") });
  });

  it("sticks, whatever comes after it", async () => {
    const agent = await withAgent();
    phones().behave(CUSTOMER, { status: "failed", errorCode: 30005 });
    await centre.agentReplies(agent, "Hi");
    expect(await deliverAgain({ Status: "delivered", ErrorCode: "0" })).toEqual({ status: "known" });
    expect(deliveryOf("Hi")).toMatchObject({ status: "failed", errorCode: 30005 });
  });

  it("of a Flow's words stands with them, where no agent is to be told", async () => {
    phones().behave(CUSTOMER, { status: "undelivered", errorCode: 30003 });
    await centre.customerSends("Hello");
    expect(messages().at(-1)?.attributes).toContain('"errorCode":30003');
    expect(centre.tasks()).toEqual([]);
  });

  it("is told to the agent also where the Conversation has closed and its Messages stay as they are", async () => {
    const agent = await withAgent();
    await centre.agentReplies(agent, "Goodbye");
    await centre.agent(agent, "wrapUp");
    if (centre.state().switches.flexClosesConversationAt === "complete") await centre.agent(agent, "complete");
    expect(centre.state().conversations[0]).toMatchObject({ state: "closed" });
    await deliverAgain({ Status: "failed", ErrorCode: "30003" });
    expect(failureOnTask()).toMatchObject({ errorCode: 30003 });
  });
});

describe("events that are not ours", () => {
  it("of a Conversation without a Document change nothing in it", async () => {
    const { conversations } = centre.twilio.conversations.v1;
    const { sid } = await conversations.create({});
    await conversations(sid).participants.create({
      "messagingBinding.address": CUSTOMER,
      "messagingBinding.proxyAddress": "+15550100100",
    });
    await conversations(sid).messages.create({ body: "From another program" });
    await centre.simulator.settled();
    expect(messages()[0]).toMatchObject({ attributes: "{}" });
    expect(new Set(asked())).toEqual(new Set(["FetchDocument"]));
    centre.leavesUnattended("another program has this customer");
  });

  it.each<Record<string, string>>([{ Status: "queued" }, { Status: "-" }, { MessageSid: "-" }])(
    "%j is left alone",
    async (change) => {
      const agent = await withAgent();
      await centre.agentReplies(agent, "Hi");
      expect(await deliverAgain(change)).toEqual({ status: "ignored" });
      expect(asked()).toEqual([]);
    },
  );
});

it("words for agents name neither people nor addresses, and fit an SMS of old", () => {
  for (const { reason, remedy } of Object.values(DELIVERY_ERRORS)) {
    expect(`${reason} ${remedy}`.length).toBeLessThan(160);
    expect(reason).toMatch(/\.$/);
    expect(remedy).toMatch(/\.$/);
  }
});
