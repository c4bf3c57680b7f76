import type { AgentName } from "../../src/simulator/seeds";
import { sidFor } from "../../src/simulator/sids";
import { CHANNELS } from "../support/channels";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";

const centre = useContactCentre({ processes: 4 });

const GREETING = sidFor("HX", "greeting");
const GREETED = "Hello Ana, we are here to help with your lamp.";
const HOUR = 3600;
const [, { customer: WHATSAPP }, { customer: MESSENGER }] = CHANNELS;

/** As the Flex UI asks. */
async function write(to: string, content: Record<string, string>, name: AgentName = "ada", key = "click-0001") {
  const Token = centre.simulator.agent(name).token();
  const response = await fetch(`http://127.0.0.1:${centre.simulator.port}/outbound/start-interaction`, {
    method: "POST",
    body: new URLSearchParams({ Token, to, idempotencyKey: key, ...content }),
  });
  const body = (await response.json()) as Record<string, unknown> & { error?: Record<string, unknown> };
  await centre.simulator.settled();
  return { status: response.status, body };
}

const template = { contentSid: GREETING, contentVariables: JSON.stringify({ 1: "Ana", 2: "your lamp" }) };
const live = () => centre.state().conversations.filter(({ state }) => state !== "closed");
const receiptOf = (body: string) =>
  centre
    .state()
    .conversations.flatMap(({ messages }) => messages)
    .findLast((message) => message.body === body)?.receipts[0];

/** A customer who is with an agent now. */
async function withAgent(customer: string): Promise<AgentName> {
  await centre.customerSends("Hello", customer);
  await centre.customerSends("2", customer);
  const agent = centre.offeredTo() ?? "ada";
  await centre.agent(agent, "accept");
  return agent;
}

async function closed(customer: string) {
  const agent = await withAgent(customer);
  await centre.agent(agent, "wrapUp");
  await centre.agent(agent, "complete");
}

describe.each([
  ["sms", CUSTOMER, "Your lamp is ready.\n- collect it\nSee https://example.com/a_b_c"],
  ["whatsapp", WHATSAPP, "Your lamp is *ready*.\n- collect it\nSee https://example.com/a_b_c"],
  ["messenger", MESSENGER, "Your lamp is ready.\n- collect it\nSee https://example.com/a_b_c"],
])("an agent who writes to a customer they have, on %s", (channel, customer, shown) => {
  it("writes Flex's markdown, and the customer sees it as their channel shows it", async () => {
    const agent = await withAgent(customer);
    const body = "Your lamp is **ready**.\n* collect it\n\nSee https://example.com/a_b_c".replace("\n\n", "\n");
    expect(await write(customer, { body }, agent)).toMatchObject({ status: 200, body: { status: "joined" } });
    expect(centre.heard(customer).at(-1)).toBe(shown);
    expect(live()).toHaveLength(1);
  });

  it("is told how many SMS it was, on SMS alone", async () => {
    const agent = await withAgent(customer);
    const { body } = await write(customer, { body: "x".repeat(200) }, agent);
    expect(body.segments).toBe(channel === "sms" ? 2 : undefined);
  });
});

describe("a text too long for one message", () => {
  const sentence = "All work and no play makes a dull lamp. ";
  const body = sentence.repeat(100).trim();

  /** What the customer heard of it, put together again. */
  const arrived = () => centre.heard().filter((text) => text.includes("dull lamp"));

  it("goes in several, in order and whole, on the one Conversation", async () => {
    const { body: answer } = await write(CUSTOMER, { body });
    expect(arrived()).toHaveLength(3);
    expect(arrived().every((text) => text.length <= 1600)).toBe(true);
    expect(arrived().join(" ")).toBe(body);
    expect(answer).toMatchObject({ status: "started", segments: expect.any(Number) });
    expect(answer.messageSids).toHaveLength(3);
    const again = await write(CUSTOMER, { body });
    expect(again.body).toEqual(answer);
    expect(arrived()).toHaveLength(3);
  });

  it.each([
    ["refused", { kind: "refused", status: 400 }],
    ["lost before", { kind: "reset before" }],
    ["lost after", { kind: "reset after" }],
  ] as const)("one of which is %s: a repeat neither loses nor doubles a part", async (_, fault) => {
    centre.simulator.world().faults.add({ operation: "CreateConversationMessage", after: 1, ...fault });
    expect((await write(CUSTOMER, { body })).status).toBe(502);
    await centre.simulator.advance(20);
    expect((await write(CUSTOMER, { body })).status).toBe(200);
    expect(arrived().join(" ")).toBe(body);
    expect(live()).toHaveLength(1);
    expect(centre.state().interactions).toHaveLength(1);
  });

  it("clicked five times at once: whole, and once", async () => {
    centre.simulator.world().latency.set("*", 30);
    const clicks = await Promise.all(Array.from({ length: 5 }, () => write(CUSTOMER, { body })));
    centre.simulator.world().latency.clear();
    expect(clicks.every(({ status }) => status === 200 || status === 202)).toBe(true);
    expect(arrived().join(" ")).toBe(body);
    expect(live()).toHaveLength(1);
  });

  it("to a customer who is live: the same, after a crash in the middle", async () => {
    const agent = await withAgent(CUSTOMER);
    centre.simulator.world().faults.add({ operation: "CreateConversationMessage", after: 1, kind: "crash after" });
    await write(CUSTOMER, { body }, agent).catch(() => undefined);
    expect(arrived()).toHaveLength(2);
    await centre.simulator.advance(20);
    await write(CUSTOMER, { body }, agent);
    expect(arrived().join(" ")).toBe(body);
    expect(live()).toHaveLength(1);
  });
});

describe("on WhatsApp", () => {
  it("the first message of a Conversation is a template: free text is refused and leaves nothing behind", async () => {
    const { status, body } = await write(WHATSAPP, { body: "Your lamp is ready" });
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: "window_closed", message: expect.stringContaining("contentSid") });
    expect(live()).toEqual([]);
    expect(centre.state().tasks).toEqual([]);
    expect(await write(WHATSAPP, template)).toMatchObject({ status: 200, body: { status: "started" } });
    expect(centre.heard(WHATSAPP)).toEqual([GREETED]);
    await centre.takesOwn("ada");
    expect(centre.tasks()[0]).toMatchObject({
      status: "assigned",
      attributes: { channelType: "whatsapp", customerAddress: WHATSAPP, direction: "outbound" },
    });
  });

  it("the template is sent once, however often the agent clicks", async () => {
    const replies = [await write(WHATSAPP, template), await write(WHATSAPP, template)];
    expect(replies[1]?.body).toEqual(replies[0]?.body);
    expect(centre.heard(WHATSAPP)).toEqual([GREETED]);
  });

  it("the customer's answer opens the window", async () => {
    await write(WHATSAPP, template);
    await centre.takesOwn("ada");
    expect((await write(WHATSAPP, { body: "Hello?" }, "ada", "click-0002")).body.error?.code).toBe("window_closed");
    await centre.customerSends("Thank you", WHATSAPP);
    expect((await write(WHATSAPP, { body: "Not at all" }, "ada", "click-0003")).status).toBe(200);
    expect(centre.heard(WHATSAPP).at(-1)).toBe("Not at all");
  });

  it.each([
    [{ contentSid: `HX${"0".repeat(32)}` }, "contentSid"],
    [{ contentSid: GREETING, contentVariables: '{"1":"two\\nlines"}' }, "contentVariables"],
    [{ contentSid: GREETING, contentVariables: '{"1":1}' }, "contentVariables"],
    [{ contentSid: GREETING, contentVariables: '{"1":""}' }, "contentVariables"],
    [{ contentSid: GREETING, contentVariables: '["Ana"]' }, "contentVariables"],
  ])("%j is refused with the field's name, and leaves nothing behind", async (content, field) => {
    const { status, body } = await write(WHATSAPP, content);
    expect(status).toBe(400);
    expect(body.error?.field).toMatch(new RegExp(`^${field}`));
    expect(live()).toEqual([]);
    expect(centre.heard(WHATSAPP)).toEqual([]);
  });
});

describe("on Messenger", () => {
  it.each([{ body: "Your lamp is ready" }, template])("nobody can write to who never wrote (%j)", async (content) => {
    const { status, body } = await write(MESSENGER, content);
    expect({ status, code: body.error?.code }).toEqual({ status: 409, code: "never_wrote" });
    expect(live()).toEqual([]);
  });

  it("to who wrote before, a new Conversation begins with a template", async () => {
    await closed(MESSENGER);
    expect((await write(MESSENGER, { body: "One more thing" })).body.error?.code).toBe("window_closed");
    expect((await write(MESSENGER, template)).body).toMatchObject({ status: "started" });
    expect(centre.heard(MESSENGER).at(-1)).toBe(GREETED);
  });

  it("a customer who is live for the first time has written", async () => {
    await centre.customerSends("Hello", MESSENGER);
    expect((await write(MESSENGER, { body: "Hello, this is Ada" })).body).toMatchObject({ status: "joined" });
  });
});

describe.each([
  ["whatsapp", WHATSAPP],
  ["messenger", MESSENGER],
])("a day after the customer's last message, on %s", (channel, customer) => {
  beforeEach(async () => {
    await withAgent(customer);
    await centre.agentLeaves();
    await centre.simulator.advance(25 * HOUR);
  });

  it("free text is refused with the remedy, and nobody is invited", async () => {
    const before = centre.state().invites.length;
    const { status, body } = await write(customer, { body: "Your lamp is ready" });
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: "window_closed", channel });
    expect(centre.state().invites).toHaveLength(before);
  });

  it("a template goes out; the receipt has the last word", async () => {
    expect((await write(customer, template)).body).toMatchObject({ status: "joined" });
    const { messengerOutsideWindow } = centre.simulator.world().switches;
    const arrives = channel === "whatsapp" || messengerOutsideWindow === "tagged";
    expect(receiptOf(GREETED)).toMatchObject(
      arrives ? { status: "delivered", errorCode: 0 } : { status: "undelivered", errorCode: 63016 },
    );
  });
});
