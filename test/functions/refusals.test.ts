import { type Call, startBareFunctions, useBareFunctions } from "../support/bare-functions";
import { CUSTOMER, NO_FLOW_ON_OURS, useContactCentre } from "../support/contact-centre";

const centre = useContactCentre({ ...NO_FLOW_ON_OURS, processes: 1 });
const functions = useBareFunctions(centre);

const CONVERSATION = `CH${"a".repeat(32)}`;
const FLOW = `FW${"b".repeat(32)}`;
const EXECUTION = `FN${"c".repeat(32)}`;

const valid: Record<string, Record<string, string>> = {
  "/studio/opening-hours": {},
  "/studio/customer-context": {
    conversationSid: CONVERSATION,
    author: CUSTOMER,
    flowSid: FLOW,
    executionSid: EXECUTION,
  },
  "/flex/send-to-flex": { conversationSid: CONVERSATION, author: CUSTOMER },
  "/inbound/message-added": { EventType: "onMessageAdded", ConversationSid: CONVERSATION, Author: CUSTOMER },
  "/relay/message-added": {
    ...{ EventType: "onMessageAdded", ConversationSid: CONVERSATION, MessageSid: `IM${"d".repeat(32)}` },
    ...{ Author: "ada", Body: "Hi", Source: "SDK" },
  },
  "/studio/say": { conversationSid: CONVERSATION, executionSid: EXECUTION, body: "Hi" },
};
const paths = Object.keys(valid);

/** Sends, and promises that nothing came of it: no call to Twilio, nothing made. */
async function refused(call: Call) {
  const before = centre.simulator.log.entries.length;
  const answer = await functions.call(call);
  const after = centre.simulator.log.entries.slice(before);
  expect(after.filter(({ kind }) => kind === "rest")).toEqual([]);
  expect(centre.state().interactions).toEqual([]);
  expect(centre.state().documents).toEqual([]);
  return answer;
}

const refusal = (code: string, field?: string) => ({
  error: {
    code,
    message: expect.any(String),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    ...(field ? { field } : {}),
  },
});

describe.each(paths)("%s", (path) => {
  const fields = valid[path] ?? {};

  it("refuses a request without a signature", async () => {
    expect(await refused({ path, fields })).toEqual({ status: 403, body: refusal("forged_request") });
  });

  it("refuses a wrong signature", async () => {
    const answer = await refused({ path, fields, signature: "RSOYDt4T1cUTdK1PDd93/VVr8B8=" });
    expect(answer).toEqual({ status: 403, body: refusal("forged_request") });
  });

  it("refuses a signature for another URL", async () => {
    const signed = { url: `https://elsewhere.example${path}` };
    expect((await refused({ path, fields, signature: "right", signed })).status).toBe(403);
  });

  it("refuses a replay with a changed or an added field", async () => {
    const changed = { ...fields, ConversationSid: `CH${"d".repeat(32)}` };
    expect((await refused({ path, fields: changed, signature: "right", signed: { fields } })).status).toBe(403);
  });

  it("refuses a query string, which no caller of ours sends", async () => {
    expect((await refused({ path, fields, signature: "right", query: "?also=this" })).status).toBe(403);
  });

  it("refuses a JSON body, whose signature it could not check", async () => {
    const body = { type: "application/json", text: JSON.stringify(fields) };
    expect(await refused({ path, body, signature: "right" })).toEqual({
      status: 415,
      body: refusal("unsupported_body"),
    });
  });

  it("refuses GET", async () => {
    expect((await refused({ path, method: "GET", signature: "right" })).status).toBe(415);
  });

  it("does not let a field called request stand in for the headers", async () => {
    const answer = await refused({ path, fields: { ...fields, request: "x" }, signature: "right" });
    expect(answer).toEqual({ status: 400, body: refusal("invalid_input", "request") });
  });

  it("refuses forged headers in a JSON body", async () => {
    const forged = { ...fields, request: { headers: { "x-twilio-signature": "x" }, cookies: {} } };
    const body = { type: "application/json", text: JSON.stringify(forged) };
    expect((await refused({ path, body })).status).toBeGreaterThanOrEqual(400);
  });
});

describe("what is signed but malformed", () => {
  const cases: [string, string, Record<string, string | string[]>, string][] = [
    ["a missing Conversation", "/studio/customer-context", { conversationSid: "" }, "conversationSid"],
    [
      "a Conversation of another kind",
      "/studio/customer-context",
      { conversationSid: `WT${"a".repeat(32)}` },
      "conversationSid",
    ],
    [
      "a Conversation with a path in it",
      "/studio/customer-context",
      { conversationSid: `${CONVERSATION}/../x` },
      "conversationSid",
    ],
    [
      "two Conversations",
      "/studio/customer-context",
      { conversationSid: [CONVERSATION, `CH${"e".repeat(32)}`] },
      "conversationSid",
    ],
    ["an oversized author", "/studio/customer-context", { author: "x".repeat(257) }, "author"],
    ["an empty author", "/studio/customer-context", { author: "" }, "author"],
    ["a step that does not exist", "/studio/customer-context", { step: "stop" }, "step"],
    ["a Flow SID that is none", "/studio/customer-context", { flowSid: "sms" }, "flowSid"],
    ["a Conversation that is none", "/flex/send-to-flex", { conversationSid: "CH1" }, "conversationSid"],
    ["an author who is no customer", "/flex/send-to-flex", { author: "ada" }, "author"],
    ["attributes that are not JSON", "/flex/send-to-flex", { attributes: "{" }, "attributes"],
    ["attributes that are no object", "/flex/send-to-flex", { attributes: "[1]" }, "attributes"],
    [
      "oversized attributes",
      "/flex/send-to-flex",
      { attributes: JSON.stringify({ a: "x".repeat(4096) }) },
      "attributes",
    ],
    ["a priority that is no number", "/flex/send-to-flex", { priority: "high" }, "priority"],
    ["a negative priority", "/flex/send-to-flex", { priority: "-1" }, "priority"],
    ["a timeout longer than Twilio's", "/flex/send-to-flex", { timeout: "1209601" }, "timeout"],
    ["an oversized event name", "/inbound/message-added", { EventType: "x".repeat(65) }, "EventType"],
    ["a Conversation that is none", "/inbound/message-added", { ConversationSid: "CH1" }, "ConversationSid"],
    ["an oversized author", "/inbound/message-added", { Author: "x".repeat(257) }, "Author"],
    ["an oversized text", "/inbound/message-added", { Body: "x".repeat(65_537) }, "Body"],
  ];

  it.each(cases)("%s at %s is a 400 that names the field", async (_, path, change, field) => {
    const fields = { ...valid[path], ...change } as Record<string, string>;
    expect(await refused({ path, fields, signature: "right" })).toEqual({
      status: 400,
      body: refusal("invalid_input", field),
    });
  });

  it.each(paths.filter((path) => path !== "/studio/opening-hours"))("%s without any field is a 400", async (path) => {
    expect((await refused({ path, signature: "right" })).status).toBe(400);
  });
});

describe("events we do not carry", () => {
  it.each<Record<string, string>>([
    { EventType: "onParticipantAdded", ConversationSid: CONVERSATION },
    { EventType: "onConversationStateUpdated", ConversationSid: CONVERSATION },
    { EventType: "onMessageAdded", ConversationSid: CONVERSATION, Author: "ada" },
    { EventType: "onMessageAdded", ConversationSid: CONVERSATION, Author: CONVERSATION },
    { EventType: "onMessageAdded", ConversationSid: CONVERSATION, Author: "system" },
    { EventType: "onMessageAdded", ConversationSid: CONVERSATION, Author: "" },
  ])("answers 200 to %j and does nothing", async (fields) => {
    const answer = await refused({ path: "/inbound/message-added", fields, signature: "right" });
    expect(answer).toEqual({ status: 200, body: { status: "ignored" } });
  });
});

describe("a service that is not set up", () => {
  it("answers 500 without telling why, and names the variable and the remedy in its log", async () => {
    const bare = await startBareFunctions(centre.simulator, { FLEX_WORKSPACE_SID: "workspace" });
    const answer = await bare.call({
      path: "/flex/send-to-flex",
      fields: valid["/flex/send-to-flex"],
      signature: "right",
    });
    await bare.stop();
    expect(answer).toEqual({ status: 500, body: refusal("misconfigured") });
    expect(JSON.stringify(answer.body)).not.toContain("FLEX");
    expect(bare.output()).toContain("FLEX_WORKSPACE_SID");
  });

  it("refuses when the auth token is missing, instead of letting everybody pass", async () => {
    const bare = await startBareFunctions(centre.simulator, { AUTH_TOKEN: "" });
    const answer = await bare.call({ path: "/studio/opening-hours", signature: "right" });
    await bare.stop();
    expect(answer.status).toBe(500);
  });

  it("leaves signatures to Twilio's gateway when told so, and still takes forms only", async () => {
    const bare = await startBareFunctions(centre.simulator, { SIGNATURE_CHECK: "gateway" });
    const form = await bare.call({ path: "/studio/opening-hours" });
    const json = await bare.call({ path: "/studio/opening-hours", body: { type: "application/json", text: "{}" } });
    await bare.stop();
    expect([form.status, json.status]).toEqual([200, 415]);
  });

  it("checks against PUBLIC_BASE_URL when callers come by another name", async () => {
    const bare = await startBareFunctions(centre.simulator, { PUBLIC_BASE_URL: "https://care.example.com" });
    const path = "/studio/opening-hours";
    const own = await bare.call({ path, signature: "right" });
    const named = await bare.call({ path, signature: "right", signed: { url: `https://care.example.com${path}` } });
    await bare.stop();
    expect([own.status, named.status]).toEqual([403, 200]);
  });
});

describe("errors on the way", () => {
  it("tell a caller nothing of Twilio's words, and the log only numbers", async () => {
    const fields = valid["/flex/send-to-flex"];
    const answer = await functions.call({ path: "/flex/send-to-flex", fields, signature: "right" });
    expect(answer).toEqual({ status: 502, body: refusal("twilio_refused") });
    expect(JSON.stringify(answer.body)).not.toMatch(/Conversation|media_channel|45356/);
    expect(functions.output()).toContain('"twilioCode":45356');
    expect(functions.output()).not.toContain(CUSTOMER);
  });
});
