import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { loadContract } from "../../../src/simulator/contract/contract";
import { createApiServer } from "../../../src/simulator/server/api-server";
import { created, ok } from "../../../src/simulator/server/routes";
import { useSimulator } from "../use-simulator";

const CONVERSATIONS = "https://conversations.twilio.com/v1/Conversations";
const INTERACTIONS = "https://flex-api.twilio.com/v1/Interactions";

const sim = useSimulator();
const errorOf = (code: number, status: number) => ({
  status,
  body: { code, status, message: expect.any(String), more_info: `https://www.twilio.com/docs/errors/${code}` },
});

describe("whoever cannot say who they are", () => {
  it.each([
    ["with a wrong token", () => `Basic ${Buffer.from(`${sim.simulator.account.sid}:wrong`).toString("base64")}`],
    ["without a word", () => ""],
    ["in another way", () => "Bearer token"],
  ])("%s is refused", async (_, authorization) => {
    const answer = await sim.call("POST", CONVERSATIONS, {}, authorization());
    expect(answer).toEqual(errorOf(20003, 401));
    expect(sim.simulator.state().conversations).toEqual([]);
  });
});

describe("a call that leaves Twilio's contract", () => {
  it.each([
    ["GET", "https://conversations.twilio.com/v1/Chats"],
    ["PUT", CONVERSATIONS],
    ["DELETE", INTERACTIONS],
  ])("is not found when Twilio documents nothing there: %s %s", async (method, url) => {
    expect(await sim.call(method, url)).toEqual(errorOf(20404, 404));
    const { pathname } = new URL(url);
    expect(sim.takeViolations()).toEqual([`request of ${method} ${pathname}: Twilio documents no such operation`]);
  });

  it.each([
    ["a parameter of another name", { Uniquename: "telegram_42" }, "Uniquename", 20001],
    ["a value that is not offered", { State: "asleep" }, "State", 50378],
    ["a SID that is none", { MessagingServiceSid: "MG".padEnd(34, "z") }, "MessagingServiceSid", 50341],
  ])("is refused for %s, and changes nothing", async (_, form, name, code) => {
    expect(await sim.call("POST", CONVERSATIONS, form)).toEqual(errorOf(code, 400));
    expect(sim.takeViolations()).toEqual([expect.stringContaining(name)]);
    expect(sim.simulator.state().conversations).toEqual([]);
  });

  it("is refused without a parameter that it needs", async () => {
    const { sid } = await sim.conversations.conversations.create();
    expect(await sim.call("POST", `${CONVERSATIONS}/${sid}/Webhooks`, {})).toEqual(errorOf(50368, 400));
    expect(sim.takeViolations()).toEqual([expect.stringContaining("Target")]);
  });

  it("is not found where its path holds what cannot be a SID", async () => {
    expect(await sim.call("GET", `${INTERACTIONS}/KD1`)).toEqual(errorOf(20404, 404));
    expect(sim.takeViolations()).toEqual([expect.stringContaining("path parameter Sid"), expect.anything()]);
  });

  it("is refused for a page size that is none", async () => {
    expect(await sim.call("GET", `${CONVERSATIONS}?PageSize=0`)).toEqual(errorOf(20001, 400));
    expect(sim.takeViolations()).toEqual([expect.stringContaining("PageSize")]);
  });
});

it("says what it does not serve, though Twilio does", async () => {
  const answer = await sim.call("GET", "https://conversations.twilio.com/v1/Credentials");
  expect(answer).toEqual(errorOf(20501, 501));
  expect(answer.body.message).toBe("The simulator does not serve ListCredential yet");
});

it("refuses a body that nobody could mean, and says so", async () => {
  const answer = await sim.call("POST", CONVERSATIONS, { Attributes: "x".repeat(6 * 1024 * 1024) });
  expect(answer).toEqual(errorOf(20413, 413));
});

it("refuses JSON that is none", async () => {
  const { sid, authToken } = sim.simulator.account;
  const instance = `GO${"0".repeat(32)}`;
  const url = `${INTERACTIONS}/KD${"0".repeat(32)}/Channels/UO${"0".repeat(32)}/Transfers`;
  const response = await fetch(url, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${sid}:${authToken}`).toString("base64")}`,
      "content-type": "application/json",
    },
    body: `{"instance":"${instance}"`,
  });
  expect({ status: response.status, body: await response.json() }).toEqual(errorOf(20001, 400));
});

it("logs each call with what it was about and how it went", async () => {
  const { sid } = await sim.conversations.conversations.create();
  await expect(sim.conversations.conversations(sid).participants("ada").fetch()).rejects.toThrow();
  expect(sim.simulator.log.entries.filter(({ kind }) => kind === "rest")).toMatchObject([
    { name: "POST CreateConversation", status: 201, conversationSid: sid },
    {
      name: "GET FetchConversationParticipant",
      status: 404,
      conversationSid: sid,
      data: { path: `/v1/Conversations/${sid}/Participants/ada`, error: { code: 50432 } },
    },
  ]);
});

describe("a fault", () => {
  it("refuses the operation it was ordered for, as often as ordered, and nothing else", async () => {
    sim.world.faults.add({ operation: "CreateConversation", status: 429, times: 2 });
    const create = () => sim.conversations.conversations.create();
    expect(await sim.conversations.conversations.list()).toEqual([]);
    await expect(create()).rejects.toMatchObject({ status: 429, code: 20429 });
    await expect(create()).rejects.toMatchObject({ status: 429, code: 20429 });
    expect(await create()).toMatchObject({ state: "active" });
    expect(sim.simulator.state().conversations).toHaveLength(1);
  });

  it("does not strike whoever cannot say who they are", async () => {
    sim.world.faults.add({ operation: "ListConversation", status: 500 });
    expect(await sim.call("GET", CONVERSATIONS, undefined, "")).toMatchObject({ status: 401 });
    expect(await sim.call("GET", CONVERSATIONS)).toMatchObject({ status: 500 });
  });
});

it("takes at least as long as its latency says", async () => {
  sim.world.latency.set("CreateConversation", 40);
  await sim.conversations.conversations.create();
  const [call] = sim.simulator.log.entries.filter(({ kind }) => kind === "rest");
  expect(call?.ms).toBeGreaterThanOrEqual(39);
});

describe("a route that answers outside its contract", () => {
  it.each([
    ["a key that is not documented", () => ok({ mood: "good" }), "mood"],
    ["a status that is not documented", () => created({}), "status 201"],
    ["an error that is none of Twilio's", () => ({ status: 404, body: { message: "no" } }), "code"],
  ])("is reported: %s", async (_, route, what) => {
    const api = createApiServer(sim.world, loadContract(), {
      "conversations.twilio.com": { "GET /v1/Configuration": route },
    });
    await callOnce(api, "/v1/Configuration");
    const violations = sim.takeViolations();
    expect(violations).toContainEqual(expect.stringContaining(what));
    expect(violations.every((violation) => violation.startsWith("answer of FetchConfiguration: "))).toBe(true);
  });

  it("is reported as the simulator's own failure when it breaks", async () => {
    const api = createApiServer(sim.world, loadContract(), {
      "conversations.twilio.com": {
        "GET /v1/Configuration"() {
          throw new TypeError("broken");
        },
      },
    });
    expect(await callOnce(api, "/v1/Configuration")).toMatchObject({
      status: 500,
      body: { code: 20500, message: "The simulator failed: TypeError: broken" },
    });
  });
});

/** Serves an API by itself for one GET of `conversations.twilio.com`. */
async function callOnce(api: ReturnType<typeof createApiServer>, path: string) {
  const server = createServer((request, response) => {
    request.headers.host = "conversations.twilio.com";
    void api.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await sim.call("GET", `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
