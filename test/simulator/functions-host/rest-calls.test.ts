import { type Hosting, hostFunctions } from "./hosting";

let hosting: Hosting;
beforeAll(async () => {
  hosting = await hostFunctions({
    "reads.js": `
exports.handler = async (context, event, callback) => {
  const conversation = await context.getTwilioClient().conversations.v1.conversations("CH1").fetch();
  callback(null, conversation.sid);
};`,
    "fetches.js": `
exports.handler = async (context, event, callback) => {
  const reply = await fetch("https://api.telegram.org/bot1/getMe?x=1", { method: "POST", body: new URLSearchParams({ a: "b" }) });
  callback(null, { url: reply.url, body: await reply.json() });
};`,
    "calls-open.js": `
exports.handler = async (context, event, callback) => {
  const reply = await fetch("https://" + context.DOMAIN_NAME + "/open");
  callback(null, await reply.text());
};`,
    "open.js": "exports.handler = (context, event, callback) => callback(null, 'opened');",
  });
});
afterAll(() => hosting.stop());

it("makes the Twilio client of a Function reach the simulator under Twilio's host name", async () => {
  expect((await hosting.call("/reads", { method: "POST" })).text).toBe("CH1");
  expect(hosting.platform.at(-1)).toMatchObject({ host: "conversations.twilio.com", url: "/v1/Conversations/CH1" });
});

it("makes a Function's fetch reach the simulator under the platform's host name", async () => {
  const reply = JSON.parse((await hosting.call("/fetches")).text);
  expect(reply).toEqual({ url: "https://api.telegram.org/bot1/getMe?x=1", body: { sid: "CH1", ok: true } });
  expect(hosting.platform.at(-1)).toMatchObject({ host: "api.telegram.org", url: "/bot1/getMe?x=1" });
});

it("tells in which call of a Function a REST call was made, even of calls at the same time", async () => {
  hosting.platform.length = 0;
  const before = hosting.log.entries.length;
  await Promise.all(["/reads", "/fetches", "/reads"].map((path) => hosting.call(path)));
  const calls = hosting.log.entries.slice(before).map(({ name, invocation }) => [name, invocation]);
  const made = hosting.platform.map(({ host, headers }) => [
    host === "api.telegram.org" ? "/fetches" : "/reads",
    headers["i-twilio-invocation"],
  ]);
  expect(made.sort()).toEqual(calls.sort());
  expect(new Set(made.map(([, invocation]) => invocation)).size).toBe(3);
});

it("lets one Function call another by its public URL", async () => {
  expect((await hosting.call("/calls-open")).text).toBe("opened");
});
