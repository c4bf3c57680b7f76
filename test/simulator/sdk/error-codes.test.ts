import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import RestException from "twilio/lib/base/RestException";
import { useMedia } from "../media/use-media";
import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER } from "../use-simulator";
import { conversationRefusals } from "./conversation-refusals";
import { documentedCodes, neverGiven } from "./documented-codes";
import { messagingRefusals } from "./messaging-refusals";
import { otherRefusals } from "./other-refusals";
import { participantRefusals } from "./participant-refusals";
import { stored } from "./refusal";

const sim = useMedia();
const receiver = useReceiver();
const refusals = [...conversationRefusals, ...participantRefusals, ...messagingRefusals, ...otherRefusals];

async function refusalOf(refused: () => Promise<unknown>): Promise<RestException> {
  const error: unknown = await refused().catch((thrown: unknown) => thrown);
  if (error instanceof RestException) return error;
  throw new Error(`This was not refused: ${String(error)}`);
}

const told = (code: number, status: number) => ({
  ...{ code, status },
  message: expect.stringMatching(/\S/),
  moreInfo: `https://www.twilio.com/docs/errors/${code}`,
});

describe("refuses, and stores nothing, when", () => {
  it.each(refusals)("$because ($code)", async ({ code, status, provoke, undocumented }) => {
    const refused = await provoke(sim);
    await sim.simulator.settled();
    const before = stored(sim.world);
    expect(await refusalOf(refused)).toMatchObject(told(code, status));
    await sim.simulator.settled();
    expect(stored(sim.world)).toEqual(before);
    if (undocumented) expect(sim.takeViolations()).toHaveLength(1);
  });
});

it("names the Conversation that has a pair, in the message of a 50416", async () => {
  const { conversations } = sim.conversations;
  const [holder, other] = [await conversations.create(), await conversations.create()];
  await conversations(holder.sid).participants.create(PAIR);
  const { message } = await refusalOf(() => conversations(other.sid).participants.create(PAIR));
  expect(message).toContain(holder.sid);
});

/** What Twilio gives under load or with troubles of its own, which only an ordered fault brings about here. */
const orderedOnly = [
  [409, 50213],
  [409, 50349],
  [409, 50391],
  [409, 50419],
  [429, 50074],
  [500, 45352],
  [500, 45357],
  [500, 45372],
  [500, 45381],
  [500, 45775],
] as const;

it.each(orderedOnly)("refuses with %i and %i what a fault is ordered for", async (status, code) => {
  sim.world.faults.add({ operation: "CreateConversation", kind: "refused", status, code });
  const before = stored(sim.world);
  expect(await refusalOf(() => sim.conversations.conversations.create())).toMatchObject(told(code, status));
  expect(stored(sim.world)).toEqual(before);
});

describe("answers 429 to", () => {
  it.each([
    [
      50063,
      80,
      "writes to one Conversation",
      async () => {
        const { sid } = await sim.conversations.conversations.create();
        return () => sim.conversations.conversations(sid).messages.create({ body: "Hello" });
      },
    ],
    [
      20429,
      60,
      "calls of one Interactions endpoint",
      async () => () => sim.twilio.flexApi.v1.interaction(`KD${"0".repeat(32)}`).fetch(),
    ],
    [
      45719,
      20,
      "web chats",
      async () => {
        const address = await sim.conversations.addressConfigurations.create({ type: "chat", address: "web-chat" });
        return () => sim.twilio.flexApi.v2.webChannels.create({ addressSid: address.sid });
      },
    ],
    [
      54009,
      260,
      "reads of one Document",
      async () => {
        const { sid } = await sim.twilio.sync.v1.services("default").documents.create();
        return () => sim.twilio.sync.v1.services("default").documents(sid).fetch();
      },
    ],
  ] as const)("%i: %i %s at once", async (code, count, _, prepare) => {
    const call = await prepare();
    const answers = await Promise.allSettled(Array.from({ length: count }, () => call()));
    const reasons = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
    expect(reasons).toContainEqual(expect.objectContaining(told(code, 429)));
  });
});

describe("tells in a receipt", () => {
  const WHATSAPP = {
    "messagingBinding.address": `whatsapp:${CUSTOMER}`,
    "messagingBinding.proxyAddress": "whatsapp:+15550100200",
  };
  it.each([
    [63016, "that WhatsApp takes no free text out of the blue", WHATSAPP, "Hello"],
    [21617, "that a text is too long for SMS", PAIR, "x".repeat(1601)],
    [30008, "that a phone failed", PAIR, "Hello"],
  ])("%i: %s", async (code, _, member, body) => {
    if (code === 30008) sim.world.phones.behave(CUSTOMER, { status: "failed" });
    const { sid } = await sim.conversations.conversations.create();
    const { participants, messages } = sim.conversations.conversations(sid);
    await participants.create(member);
    const { sid: message } = await messages.create({ body });
    await sim.simulator.settled();
    expect(await messages(message).deliveryReceipts.list()).toEqual([expect.objectContaining({ errorCode: code })]);
    expect(sim.heard()).toEqual([]);
  });
});

describe("tells on the channel, and cancels the Task,", () => {
  const routing = () => ({
    type: "TaskRouter",
    properties: { workspace_sid: sim.world.taskrouter.workspace.sid },
  });
  const failure = async () => {
    await sim.simulator.settled();
    expect(sim.simulator.state().tasks).toEqual([expect.objectContaining({ status: "canceled" })]);
    const [interaction] = sim.simulator.state().interactions;
    const [channel] = await sim.twilio.flexApi.v1.interaction(String(interaction?.sid)).channels.list();
    return channel;
  };

  it("45361: that the customer could not be added", async () => {
    const { sid } = await sim.conversations.conversations.create();
    await sim.conversations.conversations(sid).participants.create(PAIR);
    const channel = { type: "sms", initiated_by: "api", participants: [{ address: CUSTOMER, proxy_address: SENDER }] };
    await sim.twilio.flexApi.v1.interaction.create({ channel, routing: routing() });
    expect(await failure()).toMatchObject({ status: "failed", errorCode: 45361 });
  });

  it.each([
    [
      45354,
      "was closed in the meantime",
      (sid: string) => sim.world.conversations.setState(sid, "closed", "API", false),
    ],
    [
      45356,
      "is gone in the meantime",
      (sid: string) => sim.world.conversations.remove(sim.world.conversations.conversation(sid)),
    ],
  ] as const)("%i: that the Conversation %s", async (errorCode, _, meanwhile) => {
    const { sid } = await sim.conversations.conversations.create();
    await sim.conversations.conversations(sid).participants.create(PAIR);
    sim.world.interactions.create({
      channel: { type: "sms", initiatedBy: "customer", mediaChannelSid: sid },
      routing: { workspaceSid: sim.world.taskrouter.workspace.sid },
    });
    meanwhile(sid);
    expect(await failure()).toMatchObject({ status: "failed", errorCode });
  });
});

it("notes 50076 when a webhook is not answered in time", async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, "localhost", resolve));
  sim.world.webhookSettings.timeoutMs = 50;
  const { port } = silent.address() as AddressInfo;
  const { sid } = await sim.conversations.conversations.create();
  const { messages, webhooks } = sim.conversations.conversations(sid);
  await webhooks.create({
    target: "webhook",
    "configuration.url": `http://localhost:${port}/`,
    "configuration.filters": ["onMessageAdded"],
  });
  await messages.create({ body: "Hello", xTwilioWebhookEnabled: "true" });
  await sim.simulator.settled();
  silent.closeAllConnections();
  silent.close();
  expect(sim.simulator.log.entries.map(({ name }) => name)).toContainEqual(expect.stringContaining("50076"));
});

it("hands 11200 to the fallback of a number whose webhook fails", async () => {
  const [number] = await sim.twilio.incomingPhoneNumbers.list({ phoneNumber: SENDER });
  const smsUrl = `http://localhost:${sim.simulator.port}/simulator/refusal`;
  await sim.twilio.incomingPhoneNumbers(String(number?.sid)).update({ smsUrl, smsFallbackUrl: receiver.url() });
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  await sim.simulator.settled();
  expect(receiver.received).toEqual([
    expect.objectContaining({ params: expect.objectContaining({ ErrorCode: "11200" }) }),
  ]);
});

it("gives every documented code, or says why not", () => {
  const ofRefusals = refusals.map(({ code }) => code);
  const otherwise = [...orderedOnly.map(([, code]) => code), 11200, 20429, 45719, 50063, 50076, 63016];
  const given = new Set([...ofRefusals, ...otherwise]);
  const reasons = Object.keys(neverGiven).map(Number);
  expect(documentedCodes.filter((code) => !given.has(code) && !reasons.includes(code))).toEqual([]);
  expect(reasons.filter((code) => given.has(code))).toEqual([]);
});
