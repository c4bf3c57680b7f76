import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const FRIEND = "+15550105678";

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;
const participants = () => all()(sid).participants;
const phone = (address: string) => ({ "messagingBinding.address": address });
const PROJECTED = { "messagingBinding.projectedAddress": SENDER };
const ADA = { identity: "ada", ...PROJECTED };

let sid: string;
beforeEach(async () => {
  ({ sid } = await all().create());
});

/** Ada under our number, and two phones. */
async function group(of = sid) {
  const added = [];
  for (const member of [ADA, phone(CUSTOMER), phone(FRIEND)]) added.push(await all()(of).participants.create(member));
  return added;
}

it("show each phone without a proxy, and the chat member under a projected address", async () => {
  const [ada, customer] = await group();
  expect(ada).toMatchObject({ identity: "ada", messagingBinding: { type: "sms", projected_address: SENDER } });
  expect(customer).toMatchObject({
    identity: null,
    roleSid: null,
    messagingBinding: { type: "sms", address: CUSTOMER },
  });
  const [found] = await sim.conversations.participantConversations.list({ address: CUSTOMER });
  expect(found).toMatchObject({ conversationSid: sid, participantSid: customer?.sid });
});

it("hand the chat member's words to every phone, and a phone's words to all others", async () => {
  await group();
  await all()(sid).messages.create({ author: "ada", body: "Shall we?" });
  expect([sim.heard(CUSTOMER), sim.heard(FRIEND)]).toEqual([["Shall we?"], ["Shall we?"]]);
  const { conversationSid } = await sim.simulator.customerSends(CUSTOMER, "Yes");
  expect(conversationSid).toBe(sid);
  expect([sim.heard(CUSTOMER), sim.heard(FRIEND)]).toEqual([["Shall we?"], ["Shall we?", "Yes"]]);
});

it("tell webhooks the addresses", async () => {
  await all()(sid).webhooks.create({
    target: "webhook",
    "configuration.url": receiver.url(),
    "configuration.filters": ["onParticipantAdded"],
  });
  await participants().create({ ...ADA, xTwilioWebhookEnabled: "true" });
  await participants().create({ ...phone(CUSTOMER), xTwilioWebhookEnabled: "true" });
  await sim.simulator.settled();
  const told = receiver.received.map(({ params }) => params);
  expect(told.find(({ Identity }) => Identity === "ada")).toMatchObject({
    "MessagingBinding.Type": "CHAT",
    "MessagingBinding.ProjectedAddress": SENDER,
  });
  expect(told.find(({ Identity }) => Identity === undefined)).toMatchObject({
    "MessagingBinding.Type": "SMS",
    "MessagingBinding.Address": CUSTOMER,
  });
});

it.each([
  ["a chat member without a projected address", { identity: "grace" }, 400, 50434],
  ["a projected address that is another's", { identity: "grace", ...projected("+15550100999") }, 400, 50439],
  ["a phone that is in already", phone(CUSTOMER), 409, 50437],
  ["a projected address of a phone", { ...phone("+15550100777"), ...PROJECTED }, 400, 50443],
  ["a projected address of nobody", PROJECTED, 400, 50204],
])("refuse %s", async (_, member, status, code) => {
  await group();
  await expect(participants().create(member)).rejects.toMatchObject({ status, code });
  expect(await participants().list()).toHaveLength(3);
});

it("are not made of a Conversation in which somebody only chats", async () => {
  await participants().create({ identity: "grace" });
  await expect(participants().create(phone(CUSTOMER))).rejects.toMatchObject({ status: 400, code: 50435 });
});

it("have ten members at most", async () => {
  await participants().create(ADA);
  for (let n = 1; n < 10; n++) await participants().create(phone(`+1555010880${n}`));
  await expect(participants().create(phone(CUSTOMER))).rejects.toMatchObject({ status: 400, code: 50436 });
});

it("are one for the same members, until it is closed", async () => {
  await group();
  const { sid: other } = await all().create();
  await expect(group(other)).rejects.toMatchObject({ status: 409, code: 50438, message: expect.stringContaining(sid) });
  await all()(sid).update({ state: "closed" });
  expect(await all()(other).participants.create(phone(FRIEND))).toMatchObject({ conversationSid: other });
});

describe("an update", () => {
  it("takes a phone's proxy away, which sets the pair free, and gives it one again", async () => {
    const { sid: customer } = await participants().create(PAIR);
    const alone = await participants()(customer).update({ "messagingBinding.proxyAddress": "null" });
    expect(alone.messagingBinding).toEqual({ type: "sms", address: CUSTOMER });
    const { sid: other } = await all().create();
    const { sid: holder } = await all()(other).participants.create(PAIR);
    const back = () => participants()(customer).update({ "messagingBinding.proxyAddress": SENDER });
    await expect(back()).rejects.toMatchObject({ status: 409, code: 50416, message: expect.stringContaining(other) });
    await all()(other).participants(holder).remove();
    expect((await back()).messagingBinding).toEqual({ type: "sms", address: CUSTOMER, proxy_address: SENDER });
    expect((await sim.simulator.customerSends(CUSTOMER, "Hello")).conversationSid).toBe(sid);
  });

  it("gives a chat member a projected address, and takes it away", async () => {
    await participants().create({ identity: "ada" });
    const given = await participants()("ada").update(PROJECTED);
    expect(given.messagingBinding).toEqual({ type: "sms", projected_address: SENDER });
    const taken = await participants()("ada").update(projected("null"));
    expect(taken.messagingBinding).toBeNull();
  });

  it.each([
    ["the proxy address of a chat member", "ada", { "messagingBinding.proxyAddress": "null" }, 50440],
    ["a proxy address for a chat member", "ada", { "messagingBinding.proxyAddress": SENDER }, 50441],
    ["a projected address that is not there", "ada", projected("null"), 50442],
    ["a projected address for a phone", "phone", PROJECTED, 50443],
    ["a projected address that is another's", "ada", projected("+15550100999"), 50439],
    ["a proxy address that is another's", "phone", { "messagingBinding.proxyAddress": "+15550100999" }, 50413],
    ["an identity", "phone", { identity: "grace" }, 50444],
  ])("refuses %s", async (_, who, change, code) => {
    await participants().create({ identity: "ada" });
    const { sid: customer } = await participants().create(PAIR);
    const changing = participants()(who === "ada" ? "ada" : customer).update(change);
    await expect(changing).rejects.toMatchObject({ status: 400, code });
  });
});

function projected(address: string) {
  return { "messagingBinding.projectedAddress": address };
}
