import { createHmac } from "node:crypto";
import { startBareFunctions } from "../support/bare-functions";
import { NO_FLOW_ON_OURS, useContactCentre } from "../support/contact-centre";
import { form, newKey, type Pass, webChatPage } from "../support/web-chat";

const centre = useContactCentre({ ...NO_FLOW_ON_OURS, processes: 1 });
const page = webChatPage(() => centre.simulator);

const GUARDED = ["refresh-token", "end", "transcript"] as const;
const DAY = 24 * 3600;
/** As contact-centre.ts sets it. */
const SECRET = "signs-sessions-of-the-simulator-only";

const refused = {
  status: 401,
  body: {
    error: {
      code: "unauthenticated",
      message: "There is no chat to go on with: start a new one.",
      requestId: expect.any(String),
    },
  },
};

const sign = (said: string, secret = SECRET) =>
  `${said}.${createHmac("sha256", secret).update(`session/${said}`).digest("base64url")}`;
const now = () => Math.floor(centre.simulator.clock.ms() / 1000);

describe.each(GUARDED)("webchat/%s", (path) => {
  const expectRefused = async (fields: Record<string, string>) =>
    expect(await page.call(path, fields)).toMatchObject(refused);

  it("refuses what was never signed, tampered with, or signed by somebody else", async () => {
    const { session, conversationSid, identity } = await page.start();
    await expectRefused({});
    await expectRefused({ session: "" });
    await expectRefused({ session: "x".repeat(100_000) });
    await expectRefused({ session: session.slice(0, -1) });
    await expectRefused({ session: `${session.slice(0, -4)}AAAA` });
    await expectRefused({
      session: sign(`${conversationSid}.${identity}.${now()}`, "another-secret-of-32-characters!!"),
    });
    await expectRefused({ session: session.replace(identity, `webchat_${"0".repeat(32)}`) });
  });

  it("refuses a session of another guest or another Conversation put together", async () => {
    const mine = await page.start();
    const theirs = await page.start();
    const swapped = mine.session.replace(mine.conversationSid, theirs.conversationSid);
    await expectRefused({ session: swapped });
    // Even if it were signed: the guest is no member there.
    await expectRefused({ session: sign(`${theirs.conversationSid}.${mine.identity}.${now()}`) });
  });

  it("refuses a token, a start key and a SID where the session belongs", async () => {
    const startKey = newKey();
    const { token, conversationSid, identity } = await page.start({ startKey });
    for (const session of [token, startKey, conversationSid, identity]) await expectRefused({ session });
    await expectRefused({ conversationSid, identity, token });
  });

  it("refuses a session that says it is an agent's, or of another time", async () => {
    const { conversationSid, identity } = await page.start();
    await expectRefused({ session: sign(`${conversationSid}.ada.${now()}`) });
    await expectRefused({ session: sign(`${conversationSid}.${identity}.${now() + 3600}`) });
    await expectRefused({ session: sign(`${conversationSid}.${identity}.${now() - DAY}`) });
  });

  it("refuses a session of more than a day, though the chat lives", async () => {
    const { session } = await page.start();
    await centre.simulator.advance(DAY + 1);
    await expectRefused({ session });
  });

  it("refuses a guest who was taken out of the Conversation", async () => {
    const { session, conversationSid, identity } = await page.start();
    await centre.twilio.conversations.v1.conversations(conversationSid).participants(identity).remove();
    await expectRefused({ session });
  });

  it("refuses a Conversation that is gone", async () => {
    const { session, conversationSid } = await page.start();
    await centre.twilio.conversations.v1.conversations(conversationSid).remove();
    await expectRefused({ session });
  });

  it("takes forms only, and no query", async () => {
    const { session } = await page.start();
    const url = `http://127.0.0.1:${centre.simulator.port}/webchat/${path}`;
    expect((await fetch(`${url}?${new URLSearchParams({ session })}`)).status).toBe(415);
    const json = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ session }) };
    expect((await fetch(url, json)).status).toBe(415);
  });

  it("answers a page of another origin, which may not read it, and one on the list, which may", async () => {
    const { session } = await page.start();
    const allowed: (string | null)[] = [];
    for (const origin of ["https://elsewhere.example", "null", "https://shop.example.com"]) {
      const { status, headers } = await page.call(path, { session }, { origin });
      expect(status).toBe(200);
      allowed.push(headers.get("access-control-allow-origin"));
    }
    expect(allowed).toEqual([null, null, "https://shop.example.com"]);
    await centre.simulator.settled();
  });

  it("says neither signature nor token nor session in any log line", async () => {
    const { session, token } = await page.start();
    await page.call(path, { session });
    const printed = centre.simulator.log.entries.filter(({ kind }) => kind === "output").map(({ name }) => name);
    expect(printed.filter((line) => line.includes(session) || line.includes(token) || line.includes(SECRET))).toEqual(
      [],
    );
  });
});

describe("a Conversation that is closed and went on nowhere", () => {
  it.each(["refresh-token", "transcript"])("is refused by %s", async (path) => {
    const { session } = await page.start();
    await page.call("end", { session });
    await centre.simulator.settled();
    expect(await page.call(path, { session })).toMatchObject(refused);
  });
});

it("a transcript from an oversized place is a 400 that names the field", async () => {
  const { session } = await page.start();
  const answer = await page.call("transcript", { session, older: "a".repeat(301) });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input", field: "older" } } });
});

describe("webchat/refresh-token", () => {
  it("gives a laptop that slept past its token's life a new one, of the same guest", async () => {
    const first = await page.start();
    await centre.simulator.advance(5 * 3600);
    expect(new Date(first.expiresAt).getTime()).toBeLessThan(centre.simulator.clock.ms());
    const { status, body } = await page.call<Pass>("refresh-token", { session: first.session });
    expect(status).toBe(200);
    expect(body).toMatchObject({ identity: first.identity, conversationSid: first.conversationSid });
    const payload = payloadOf(body.token);
    expect([0, 1]).toContain(payload.exp - new Date(body.expiresAt).getTime() / 1000);
    expect(payload.exp - now()).toBeLessThanOrEqual(3600);
    expect(payload.grants).toEqual({
      identity: first.identity,
      chat: { service_sid: centre.simulator.account.chatServiceSid },
    });
  });

  it("never makes a session younger", async () => {
    const first = await page.start();
    await centre.simulator.advance(20 * 3600);
    const { body } = await page.call<Pass>("refresh-token", { session: first.session });
    expect(body.session).toBe(first.session);
  });
});

describe("a token", () => {
  it("is Twilio's own, signed with the API key, for this account and its Flex Chat Service alone", async () => {
    const { token, identity } = await page.start();
    const [head = "", claims = "", signature] = token.split(".");
    const { apiKey, sid } = centre.simulator.account;
    expect(createHmac("sha256", apiKey.secret).update(`${head}.${claims}`).digest("base64url")).toBe(signature);
    expect(JSON.parse(Buffer.from(head, "base64url").toString())).toEqual({
      alg: "HS256",
      typ: "JWT",
      cty: "twilio-fpa;v=1",
    });
    expect(payloadOf(token)).toMatchObject({ iss: apiKey.sid, sub: sid, grants: { identity } });
  });

  it("is for an identity that tells nothing of the guest", async () => {
    const { identity } = await page.start({ email: "ada@example.com" });
    expect(identity).toMatch(/^webchat_[0-9a-f]{32}$/);
  });
});

describe("pages of other origins", () => {
  const headersFor = async (path: string, origin?: string) => {
    const fields = { startKey: newKey(), ...form };
    const { status, headers } = await page.call(path, fields, origin ? { origin } : {});
    await centre.simulator.settled();
    return { status, allowed: headers.get("access-control-allow-origin") };
  };

  it("on the list may read answers, refusals too", async () => {
    const shop = "https://shop.example.com";
    expect(await headersFor("start", shop)).toEqual({ status: 200, allowed: shop });
    expect(await headersFor("transcript", shop)).toEqual({ status: 401, allowed: shop });
  });

  it.each(["https://elsewhere.example", "https://flex.twilio.com", "null", "https://shop.example.com.evil.example"])(
    "such as %s may not; that is no lock, and nobody without a browser is kept out",
    async (origin) => {
      expect(await headersFor("start", origin)).toEqual({ status: 200, allowed: null });
      expect(await headersFor("start")).toEqual({ status: 200, allowed: null });
    },
  );
});

describe("webchat/start", () => {
  it.each([
    ["no start key", { startKey: "" }, "startKey"],
    ["a start key that can be guessed", { startKey: "1" }, "startKey"],
    ["a start key with a path in it", { startKey: `${"a".repeat(30)}/../x` }, "startKey"],
    ["no name", { friendlyName: " " }, "friendlyName"],
    ["an oversized name", { friendlyName: "x".repeat(101) }, "friendlyName"],
    ["a name of two lines", { friendlyName: "Ada\nAgent" }, "friendlyName"],
    ["no words", { query: " \n" }, "query"],
    ["oversized words", { query: "x".repeat(4097) }, "query"],
    ["an e-mail address that is none", { email: "ada" }, "email"],
    ["an oversized e-mail address", { email: `${"x".repeat(250)}@example.com` }, "email"],
    ["a language that is none", { language: "<b>" }, "language"],
    ["a topic of several words", { topic: "sales and more" }, "topic"],
    ["an oversized session", { previousSession: "x".repeat(257) }, "previousSession"],
  ])("refuses %s, and makes nothing", async (_, change, field) => {
    const answer = await page.call("start", { startKey: newKey(), ...form, ...change });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input", field } } });
    expect(centre.state().conversations).toEqual([]);
    expect(centre.state().documents).toEqual([]);
  });

  it("lets a guest choose neither identity, address, author nor attributes", async () => {
    const theirs = {
      identity: "ada",
      Identity: "ada",
      addressSid: `IG${"a".repeat(32)}`,
      author: "ada",
      attributes: '{"team":"board"}',
      conversationSid: `CH${"a".repeat(32)}`,
    };
    const { identity, conversationSid } = await page.start(theirs);
    const conversation = centre.state().conversations.find(({ sid }) => sid === conversationSid);
    expect(identity).toMatch(/^webchat_/);
    expect(conversation?.messages[0]?.author).toBe(identity);
    expect(conversation?.attributes).toEqual({ pre_engagement_data: { friendlyName: "Ada Guest" } });
  });

  it("starts a chat all the same with a session before it that is none, or another's to sign", async () => {
    const { conversationSid } = await page.start({ previousSession: "CH1.x.1.y" });
    const row = centre.state().conversations.find(({ sid }) => sid === conversationSid);
    expect(JSON.stringify(row?.attributes)).not.toContain("previousConversationSid");
  });
});

describe("a service that is not set up for web chat", () => {
  const SET = {
    FLEX_WORKSPACE_SID: `WS${"a".repeat(32)}`,
    FLEX_WORKFLOW_SID: `WW${"a".repeat(32)}`,
    WEBCHAT_ADDRESS_SID: `IG${"a".repeat(32)}`,
    API_KEY_SID: `SK${"a".repeat(32)}`,
    API_KEY_SECRET: "b".repeat(32),
    WEBCHAT_SESSION_SECRET: SECRET,
  };
  const unsigned = `CH${"a".repeat(32)}.webchat_${"0".repeat(32)}.${Math.floor(Date.now() / 1000)}`;

  it.each<[string, Partial<typeof SET>, string]>([
    ["start", { WEBCHAT_SESSION_SECRET: "" }, "WEBCHAT_SESSION_SECRET"],
    ["start", { WEBCHAT_SESSION_SECRET: "short" }, "WEBCHAT_SESSION_SECRET"],
    ["start", { WEBCHAT_ADDRESS_SID: "" }, "WEBCHAT_ADDRESS_SID"],
    ["start", { API_KEY_SECRET: "" }, "API_KEY_SECRET"],
    ["refresh-token", { WEBCHAT_SESSION_SECRET: "" }, "WEBCHAT_SESSION_SECRET"],
    ["end", { WEBCHAT_SESSION_SECRET: "undefined" }, "WEBCHAT_SESSION_SECRET"],
    ["transcript", { WEBCHAT_SESSION_SECRET: "" }, "WEBCHAT_SESSION_SECRET"],
  ])("refuses everybody at %s with %j, and says only to the log why", async (path, change, variable) => {
    const bare = await startBareFunctions(centre.simulator, { ...SET, ...change });
    const fields = { startKey: newKey(), ...form, session: sign(unsigned, "") };
    const answer = await bare.call({ path: `/webchat/${path}`, fields });
    await bare.stop();
    expect(answer).toMatchObject({ status: 500, body: { error: { code: "misconfigured" } } });
    expect(JSON.stringify(answer.body)).not.toContain("WEBCHAT");
    expect(bare.output()).toContain(variable);
    expect(centre.state().conversations).toEqual([]);
  });
});

interface Payload {
  exp: number;
  grants: object;
}

function payloadOf(token: string): Payload {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Payload;
}
