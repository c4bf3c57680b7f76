import { useReceiver } from "../use-receiver";
import { CUSTOMER, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const writes = (body = "Hello") => sim.simulator.customerSends(CUSTOMER, body);

async function listen(settings: object = { smsUrl: receiver.url("/sms") }) {
  const [number] = await sim.twilio.incomingPhoneNumbers.list();
  await sim.twilio.incomingPhoneNumbers(String(number?.sid)).update(settings);
}

async function autoCreate() {
  const configuration = { type: "sms" as const, address: SENDER, "autoCreation.enabled": true };
  await sim.conversations.addressConfigurations.create({ ...configuration, "autoCreation.type": "default" });
}

it("comes to the number's own webhook, signed, and stays as a Message", async () => {
  await listen();
  const { messageSid, conversationSid } = await writes("Is anybody there? 👋");
  expect(conversationSid).toBe("");
  expect(receiver.received).toEqual([
    {
      method: "POST",
      path: "/sms",
      signed: true,
      params: {
        MessageSid: messageSid,
        SmsSid: messageSid,
        SmsMessageSid: messageSid,
        AccountSid: sim.simulator.account.sid,
        From: CUSTOMER,
        To: SENDER,
        Body: "Is anybody there? 👋",
        NumMedia: "0",
        NumSegments: "1",
        SmsStatus: "received",
        ApiVersion: "2010-04-01",
      },
    },
  ]);
  expect(await sim.twilio.messages.list({ from: CUSTOMER })).toMatchObject([
    { sid: messageSid, direction: "inbound", status: "received", to: SENDER, body: "Is anybody there? 👋" },
  ]);
  expect(sim.simulator.state().conversations).toEqual([]);
});

it("goes to the webhook and into a Conversation, each for itself", async () => {
  await listen();
  await autoCreate();
  const { conversationSid } = await writes();
  expect(receiver.received).toHaveLength(1);
  expect(await sim.conversations.conversations(conversationSid).messages.list()).toMatchObject([{ body: "Hello" }]);
  expect(await sim.twilio.messages.list()).toHaveLength(1);
});

it("is a Message even where only Conversations hears it", async () => {
  await autoCreate();
  await writes();
  expect(await sim.twilio.messages.list()).toMatchObject([{ direction: "inbound", body: "Hello" }]);
});

it("goes nowhere where nobody hears it, and says so", async () => {
  await expect(writes()).rejects.toMatchObject({ status: 404 });
  expect(sim.world.phones.all).toEqual([]);
  expect(await sim.twilio.messages.list()).toEqual([]);
});

it("is asked for by GET, where the number says so", async () => {
  await listen({ smsUrl: receiver.url("/sms"), smsMethod: "GET" });
  await writes();
  expect(receiver.received).toMatchObject([{ method: "GET", path: "/sms", params: { Body: "Hello" } }]);
});

it("comes to the fallback when the webhook cannot be reached", async () => {
  await listen({ smsUrl: "http://localhost:1/gone", smsFallbackUrl: receiver.url("/fallback") });
  await writes();
  expect(receiver.received).toMatchObject([
    { path: "/fallback", params: { Body: "Hello", ErrorCode: "11200", ErrorUrl: "http://localhost:1/gone" } },
  ]);
});

it("brings its files along, which are read with the account's credentials", async () => {
  await listen();
  const content = Buffer.from("a lamp");
  const media = [{ contentType: "image/png", filename: "lamp.png", content }];
  const { messageSid } = await sim.world.phones.send({ from: CUSTOMER, to: SENDER, media });
  await sim.simulator.settled();
  expect(messageSid).toMatch(/^MM/);
  const [{ params } = { params: {} as Record<string, string> }] = receiver.received;
  expect(params).toMatchObject({ NumMedia: "1", MediaContentType0: "image/png", Body: "" });
  const [file] = await sim.twilio.messages(messageSid).media.list();
  expect(params.MediaUrl0).toBe(`https://api.twilio.com${file?.uri.replace(".json", "")}`);
  const { sid, authToken } = sim.simulator.account;
  const authorization = `Basic ${Buffer.from(`${sid}:${authToken}`).toString("base64")}`;
  const answer = await fetch(String(params.MediaUrl0), { headers: { authorization } });
  expect([answer.headers.get("content-type"), await answer.text()]).toEqual(["image/png", "a lamp"]);
  expect((await fetch(String(params.MediaUrl0))).status).toBe(401);
});
