import type { AgentName } from "../../src/simulator/seeds";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";

const centre = useContactCentre({ processes: 4 });

interface Reply {
  status: number;
  body: Record<string, unknown> & { error?: Record<string, unknown> };
  origin: string | null;
}

const tokenOf = (name: AgentName) => centre.simulator.agent(name).token();

/** Calls the endpoint as the Flex UI does: a plain form from its page. */
async function call(fields: Record<string, string>, origin = "https://flex.twilio.com"): Promise<Reply> {
  const response = await fetch(`http://127.0.0.1:${centre.simulator.port}/outbound/start-interaction`, {
    method: "POST",
    headers: { origin },
    body: new URLSearchParams(fields),
  });
  const body = (await response.json()) as Reply["body"];
  await centre.simulator.settled();
  return { status: response.status, body, origin: response.headers.get("access-control-allow-origin") };
}

const write = (name: AgentName, more: Record<string, string> = {}) =>
  call({ Token: tokenOf(name), to: CUSTOMER, body: "Hello, this is us", idempotencyKey: "click-0001", ...more });

const openTasks = () =>
  centre.tasks().filter(({ status }) => ["pending", "reserved", "assigned", "wrapping"].includes(status));
const liveChannels = () => centre.state().channels.filter(({ status }) => status === "active");

describe("an agent who writes first", () => {
  it("reaches the customer, has the Task at once, and hears the answer in the same place", async () => {
    const { status, body } = await write("ada");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "started",
      conversationSid: expect.stringMatching(/^CH/),
      messageSid: expect.stringMatching(/^IM/),
    });
    expect(centre.heard()).toEqual(["Hello, this is us"]);
    await centre.takesOwn("ada");
    expect(openTasks()).toEqual([
      expect.objectContaining({
        status: "assigned",
        attributes: expect.objectContaining({ direction: "outbound", customerAddress: CUSTOMER }),
      }),
    ]);
    await centre.customerSends("Hello, who is this?");
    expect(centre.state().conversations).toHaveLength(1);
    expect(openTasks()).toHaveLength(1);
  });

  it("makes four calls for it, one after the other", async () => {
    await write("ada");
    const calls = centre.callsIn("/outbound/start-interaction");
    expect(calls.filter((name) => !name.includes("ValidateToken"))).toEqual(
      expect.arrayContaining([
        "POST CreateConversation",
        "POST CreateConversationParticipant",
        "POST CreateDocument",
        "POST CreateInteraction",
        "POST CreateConversationMessage",
      ]),
    );
  });

  it("and clicks twice at once: one Conversation, one Interaction, one message", async () => {
    centre.simulator.world().latency.set("*", 40);
    const fields = { Token: tokenOf("ada"), to: CUSTOMER, body: "Hello", idempotencyKey: "click-0001" };
    const replies = await Promise.all(Array.from({ length: 5 }, () => call(fields)));
    centre.simulator.world().latency.clear();
    expect(replies.map(({ status }) => status).every((status) => status === 200 || status === 202)).toBe(true);
    expect(centre.heard()).toEqual(["Hello"]);
    expect(liveChannels()).toHaveLength(1);
    const again = await call(fields);
    expect(again).toMatchObject({ status: 200, body: { status: "started" } });
    expect(centre.heard()).toEqual(["Hello"]);
  });

  it("writes a second message with another click into the same Conversation", async () => {
    await write("ada");
    await centre.takesOwn("ada");
    const second = await write("ada", { idempotencyKey: "click-0002", body: "And this" });
    expect(second).toMatchObject({ status: 200, body: { status: "joined" } });
    expect(centre.heard()).toEqual(["Hello, this is us", "And this"]);
    expect(liveChannels()).toHaveLength(1);
    expect(centre.state().conversations).toHaveLength(1);
  });
});

describe("outbound to a customer who is live already", () => {
  async function inbound(...bodies: string[]) {
    for (const body of bodies) await centre.customerSends(body);
  }

  it("with another agent: refused, saying who", async () => {
    await inbound("Hello", "1");
    const holder = centre.offeredTo() ?? "ada";
    await centre.agent(holder, "accept");
    const { status, body } = await write(holder === "ada" ? "grace" : "ada");
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: "other_agent", agent: holder });
    expect(centre.state().conversations).toHaveLength(1);
  });

  it("with the caller themselves: the message goes there", async () => {
    await inbound("Hello", "1");
    const holder = centre.offeredTo() ?? "ada";
    await centre.agent(holder, "accept");
    expect((await write(holder)).body).toMatchObject({ status: "joined" });
    expect(centre.heard().at(-1)).toBe("Hello, this is us");
    expect(liveChannels()).toHaveLength(1);
  });

  it("waiting in a queue: refused, saying which and how long", async () => {
    for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
    await inbound("Hello", "1");
    await centre.simulator.advance(90);
    const { status, body } = await write("ada");
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: "customer_waiting", queue: "Everyone", age: expect.any(Number) });
    expect(Number(body.error?.age)).toBeGreaterThanOrEqual(90);
  });

  it("in the menu of a Flow: the Flow ends and the customer is the caller's", async () => {
    await inbound("Hello");
    const { body } = await write("ada");
    expect(body).toMatchObject({ status: "joined" });
    expect(centre.state().executions).toEqual([expect.objectContaining({ status: "ended" })]);
    await inbound("1");
    expect(centre.state().executions.filter(({ status }) => status === "active")).toEqual([]);
    expect(openTasks()).toHaveLength(1);
    expect(liveChannels()).toHaveLength(1);
  });

  it("left in Flex: the caller is invited on the same channel", async () => {
    await inbound("Hello", "1");
    const holder = centre.offeredTo() ?? "ada";
    await centre.agent(holder, "accept");
    await centre.agentLeaves();
    expect((await write("grace")).body).toMatchObject({ status: "joined" });
    expect(centre.state().interactions).toHaveLength(1);
    expect(openTasks()).toHaveLength(1);
  });

  it("left in Flex, and the caller does not take the Invite: within a minute it goes to the Workflow", async () => {
    await inbound("Hello", "1");
    const holder = centre.offeredTo() ?? "ada";
    const caller = holder === "ada" ? "grace" : "ada";
    await centre.agent(holder, "accept");
    await centre.agentLeaves();
    await write(caller);
    centre.simulator.agent(caller).setActivity("Offline");
    await centre.simulator.advance(61);
    expect(centre.offeredTo()).toBe(holder);
    const [document] = centre.state().documents.filter(({ data }) => data.state === "open");
    expect(document?.data.reinvites).toBe(0);
    await inbound("Thank you");
    expect(openTasks()).toHaveLength(1);
  });

  it("just closing: asked to try again, and then it works", async () => {
    await inbound("Hello", "1");
    const holder = centre.offeredTo() ?? "ada";
    await centre.agent(holder, "accept");
    await centre.agent(holder, "wrapUp");
    const conversation = centre.simulator.world().conversations;
    expect(conversation.conversations.size).toBe(1);
    const first = await write("ada");
    if (first.status === 200) await centre.takesOwn("ada");
    await centre.agent(holder, "complete");
    const again = await write("ada", { idempotencyKey: "click-0003" });
    expect([200, 409]).toContain(first.status);
    expect(again.status).toBe(200);
  });

  it("never deletes or doubles what the customer has", async () => {
    await inbound("Hello");
    await write("ada");
    await write("ada");
    expect(centre.state().conversations).toHaveLength(1);
    expect(centre.heard().filter((body) => body === "Hello, this is us")).toHaveLength(1);
  });
});

describe("when something fails on the way out", () => {
  it.each([400, 500])(
    "the Interaction (%i): everything is undone, the customer hears nothing, and the next click works",
    async (status) => {
      centre.twilioFails("CreateInteraction", status);
      expect((await write("ada")).status).toBe(502);
      expect(centre.heard()).toEqual([]);
      expect(centre.state().conversations.filter(({ state }) => state !== "closed")).toEqual([]);
      expect((await write("ada")).status).toBe(200);
      expect(centre.heard()).toEqual(["Hello, this is us"]);
      expect(liveChannels()).toHaveLength(1);
    },
  );

  it("the message: the Interaction is taken back, and the agent is left with nothing", async () => {
    centre.twilioFails("CreateConversationMessage", 400);
    expect((await write("ada")).status).toBe(502);
    expect(centre.heard()).toEqual([]);
    expect(openTasks()).toEqual([]);
    expect(liveChannels()).toEqual([]);
    expect((await write("ada")).status).toBe(200);
    expect(centre.heard()).toEqual(["Hello, this is us"]);
  });
});

describe("who may write", () => {
  const fields = { to: CUSTOMER, body: "Hello", idempotencyKey: "click-0001" };
  const nothingHappened = () => {
    expect(centre.heard()).toEqual([]);
    expect(centre.state().conversations).toEqual([]);
  };

  it("nobody without a token", async () => {
    expect(await call(fields)).toMatchObject({ status: 401, body: { error: { code: "unauthenticated" } } });
    nothingHappened();
  });

  it.each(["", "nonsense", "x".repeat(9_000)])("nobody with a token Twilio does not know", async (Token) => {
    expect((await call({ ...fields, Token })).status).toBe(401);
    nothingHappened();
  });

  it("nobody with an expired token", async () => {
    const { tokens, taskrouter } = centre.simulator.world();
    const Token = tokens.mint({
      identity: "ada",
      roles: ["agent"],
      workerSid: taskrouter.worker("ada").sid,
      ttlSeconds: 60,
    });
    await centre.simulator.advance(61);
    expect((await call({ ...fields, Token })).status).toBe(401);
    nothingHappened();
  });

  it.each([["guest"], ["guest", "agent"], ["wfo.data_analyst"], []])(
    "not somebody with the roles %s %s",
    async (...roles) => {
      const { tokens, taskrouter } = centre.simulator.world();
      const workerSid = taskrouter.worker("ada").sid;
      const Token = tokens.mint({ identity: "ada", roles: roles.filter(Boolean), workerSid, ttlSeconds: 600 });
      expect(await call({ ...fields, Token })).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
      nothingHappened();
    },
  );

  it.each([["agent"], ["supervisor"], ["admin"]])("a worker with the role %s", async (role) => {
    const { tokens, taskrouter } = centre.simulator.world();
    const workerSid = taskrouter.worker("ada").sid;
    const Token = tokens.mint({ identity: "ada", roles: [role], workerSid, ttlSeconds: 600 });
    expect((await call({ ...fields, Token })).status).toBe(200);
  });

  it("not somebody who is no worker", async () => {
    const Token = centre.simulator.world().tokens.mint({ identity: "x", roles: ["admin"], ttlSeconds: 600 });
    expect((await call({ ...fields, Token })).status).toBe(403);
    nothingHappened();
  });

  it("as themselves only: author, worker and sender in the request change nothing", async () => {
    const more = { from: "+15550100999", author: "sam", workerSid: `WK${"0".repeat(32)}`, identity: "sam" };
    await call({ ...fields, ...more, Token: tokenOf("ada") });
    const [conversation] = centre.state().conversations;
    expect(conversation?.messages.map(({ author }) => author)).toEqual(["ada"]);
    expect(conversation?.participants[0]?.binding?.proxyAddress).toBe("+15550100100");
  });

  it.each([
    [{ to: "" }, "to"],
    [{ to: "ada" }, "to"],
    [{ to: "whatsapp:15550101234" }, "to"],
    [{ to: "web_guest" }, "to"],
    [{ to: "+15550100100" }, "to"],
    [{ body: "" }, "body"],
    [{ body: "x".repeat(8001) }, "body"],
    [{ body: " \n " }, "body"],
    [{ contentSid: `HX${"0".repeat(32)}` }, "body"],
    [{ body: "", contentSid: "greeting" }, "contentSid"],
    [{ contentVariables: '{"1":"Ana"}' }, "contentVariables"],
    [{ idempotencyKey: "" }, "idempotencyKey"],
    [{ idempotencyKey: "short" }, "idempotencyKey"],
    [{ idempotencyKey: "with spaces in it" }, "idempotencyKey"],
  ])("with bad input %j: a 400 that names the field", async (bad, field) => {
    const { status, body } = await call({ ...fields, ...bad, Token: tokenOf("ada") });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ field });
    nothingHappened();
  });

  it("lets pages of Flex read the answer, and no others", async () => {
    expect((await call(fields)).origin).toBe("https://flex.twilio.com");
    expect((await call(fields, "https://evil.example")).origin).toBeNull();
  });
});
