import { getExpectedBodyHash, getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { account } from "../../../src/simulator/seeds";
import { domain, FORM, type Hosting, hostFunctions, signedPost } from "./hosting";

let hosting: Hosting;
const echo = "exports.handler = (context, event, callback) => callback(null, event);";
const fields = { ConversationSid: "CH0123", Body: "größer 🙂 & more" };

beforeAll(async () => {
  hosting = await hostFunctions(
    { "inbound/open.js": echo, "hooks/guarded.protected.js": echo, "lib/hidden.private.js": echo },
    { assets: { "page/demo.html": "<p>demo</p>", "page/secret.private.txt": "secret" } },
  );
});
afterAll(() => hosting.stop());

it("answers anyone at a public Function, with query and form merged into the event", async () => {
  const reply = await hosting.call("/inbound/open?from=query", {
    method: "POST",
    headers: { "content-type": FORM },
    body: "Body=hi",
  });
  expect(reply).toMatchObject({ status: 200 });
  expect(JSON.parse(reply.text)).toMatchObject({ from: "query", Body: "hi" });
});

it("lets Twilio's own form posts through to a protected Function", async () => {
  const reply = await hosting.call("/hooks/guarded?step=1", signedPost("/hooks/guarded?step=1", fields));
  expect(reply.status).toBe(200);
  expect(JSON.parse(reply.text)).toMatchObject({ ...fields, step: "1" });
});

it.each([
  ["no signature", { method: "POST", headers: { "content-type": FORM }, body: "Body=hi" }],
  ["a made-up signature", { ...signedPost("/hooks/guarded", fields), headers: { "x-twilio-signature": "AAAA" } }],
  ["a signature for another URL", signedPost("/hooks/guarded", fields, { path: "/hooks/other" })],
  ["a signature for another query", signedPost("/hooks/guarded", fields, { path: "/hooks/guarded?step=1" })],
  ["a field changed after signing", signedPost("/hooks/guarded", fields, { fields: { ...fields, Body: "less" } })],
  ["a field added after signing", signedPost("/hooks/guarded", fields, { fields: { Body: fields.Body } })],
])("keeps out of a protected Function a call with %s", async (_, call) => {
  expect((await hosting.call("/hooks/guarded", call)).status).toBe(403);
});

it("takes signed JSON only with the hash of that very body", async () => {
  const body = JSON.stringify({ text: "größer 🙂" });
  const path = `/hooks/guarded?bodySHA256=${getExpectedBodyHash(body)}`;
  const signature = getExpectedTwilioSignature(account.authToken, domain + path, {});
  const headers = { "content-type": "application/json", "x-twilio-signature": signature };
  expect((await hosting.call(path, { method: "POST", headers, body })).status).toBe(200);
  expect((await hosting.call(path, { method: "POST", headers, body: `${body} ` })).status).toBe(403);
});

it("takes no signed JSON without a hash of its body", async () => {
  const signature = getExpectedTwilioSignature(account.authToken, `${domain}/hooks/guarded`, {});
  const headers = { "content-type": "application/json", "x-twilio-signature": signature };
  expect((await hosting.call("/hooks/guarded", { method: "POST", headers, body: "{}" })).status).toBe(403);
});

it("has no URL for a private Function, whoever asks", async () => {
  expect((await hosting.call("/lib/hidden")).status).toBe(404);
  expect((await hosting.call("/lib/hidden", signedPost("/lib/hidden", fields))).status).toBe(404);
});

it("knows no other paths", async () => {
  expect((await hosting.call("/inbound/open.js")).status).toBe(404);
  expect((await hosting.call("/")).status).toBe(404);
});

it("takes GET, POST and OPTIONS only", async () => {
  expect((await hosting.call("/inbound/open", { method: "PUT" })).status).toBe(405);
  expect((await hosting.call("/inbound/open", { method: "DELETE" })).status).toBe(405);
  expect((await hosting.call("/inbound/open", { body: "a=b" })).status).toBe(403);
});

it("answers a browser's preflight itself", async () => {
  const reply = await hosting.call("/inbound/open", { method: "OPTIONS", headers: { origin: "https://example.com" } });
  expect(reply).toMatchObject({ status: 204, headers: { "access-control-allow-origin": "*" } });
});

it("serves public assets by path and no private ones", async () => {
  const page = await hosting.call("/page/demo.html");
  expect(page).toMatchObject({ status: 200, text: "<p>demo</p>" });
  expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect((await hosting.call("/page/secret.txt")).status).toBe(404);
});

it("lists its Functions with who may call them", () => {
  expect(hosting.host.routes()).toEqual([
    { path: "/hooks/guarded", access: "protected" },
    { path: "/inbound/open", access: "public" },
    { path: "/lib/hidden", access: "private" },
  ]);
});

it("logs each call once, with the Conversation it is about", async () => {
  const before = hosting.log.entries.length;
  await hosting.call("/hooks/guarded", signedPost("/hooks/guarded", fields));
  await hosting.call("/hooks/guarded", { method: "POST" });
  expect(hosting.log.entries.slice(before)).toMatchObject([
    {
      kind: "function",
      name: "/hooks/guarded",
      status: 200,
      ms: expect.any(Number),
      invocation: expect.stringMatching(/^RQ[0-9a-f]{32}$/),
      conversationSid: "CH0123",
      data: { access: "protected" },
    },
    { kind: "function", name: "/hooks/guarded", status: 403 },
  ]);
});
