import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const OTHER = "+15550105678";
const SECOND = "+15550100777";

const sim = useSimulator();
const writes = (body: string, to = SENDER) => sim.simulator.customerSends(CUSTOMER, body, to);
const send = (given: object = {}) =>
  sim.twilio.messages.create({ from: SENDER, to: CUSTOMER, body: "Offer", ...given });

it.each(["STOP", "stop", " Stop ", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"])(
  "%p ends messages from this sender, and Twilio says so",
  async (word) => {
    await writes(word);
    expect(sim.heard()).toEqual([expect.stringContaining("START")]);
    await expect(send()).rejects.toMatchObject({ status: 400, code: 21610 });
    expect(sim.heard()).toHaveLength(1);
    expect(await send({ to: OTHER })).toMatchObject({ status: "queued" });
  },
);

it.each(["START", "yes", "UNSTOP"])("%p resumes them, and Twilio says so", async (word) => {
  await writes("STOP");
  await writes(word);
  await send();
  await sim.simulator.settled();
  expect(sim.heard()).toEqual([expect.any(String), expect.stringContaining("STOP"), "Offer"]);
});

it.each(["HELP", "Info"])("%p is answered, but to nobody who opted out", async (word) => {
  await writes(word);
  expect(sim.heard()).toHaveLength(1);
  await writes("STOP");
  await writes(word);
  expect(sim.heard()).toHaveLength(2);
});

it.each(["Stop please", "Please cancel", "Yes, do", "OPT OUT"])("%p is no such word", async (text) => {
  await conversation();
  await writes(text);
  expect(sim.heard()).toEqual([]);
  expect(await send()).toMatchObject({ status: "queued" });
});

it("holds for one sender, or for all of its Messaging Service", async () => {
  const second = await sim.twilio.incomingPhoneNumbers.create({ phoneNumber: SECOND });
  await writes("STOP");
  expect(await send({ from: SECOND })).toMatchObject({ status: "queued" });
  await writes("START");
  const service = await sim.twilio.messaging.v1.services.create({ friendlyName: "Shop" });
  const [first] = await sim.twilio.incomingPhoneNumbers.list({ phoneNumber: SENDER });
  for (const phoneNumberSid of [String(first?.sid), second.sid]) {
    await sim.twilio.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid });
  }
  await writes("STOP");
  await expect(send({ from: SECOND })).rejects.toMatchObject({ code: 21610 });
  await expect(send({ from: undefined, messagingServiceSid: service.sid })).rejects.toMatchObject({ code: 21610 });
});

it("reaches the Conversation too, which finds its customer deaf", async () => {
  const { sid } = await conversation();
  await writes("STOP");
  expect(await sim.conversations.conversations(sid).messages.list()).toMatchObject([{ body: "STOP" }]);
  const answer = await sim.conversations.conversations(sid).messages.create({ body: "Why?" });
  await sim.simulator.settled();
  expect(await sim.conversations.conversations(sid).messages(answer.sid).deliveryReceipts.list()).toMatchObject([
    { status: "failed", errorCode: 21610 },
  ]);
  expect(sim.heard()).toEqual([expect.stringContaining("START")]);
});

async function conversation() {
  const created = await sim.conversations.conversations.create();
  await sim.conversations.conversations(created.sid).participants.create(PAIR);
  return created;
}
