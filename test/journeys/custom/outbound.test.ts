import type { AgentName } from "../../../src/simulator/seeds";
import { sidFor } from "../../../src/simulator/sids";
import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { CUSTOM_CHANNELS, customTalks } from "../../support/custom-talks";

const centre = useContactCentre({ ...NO_FLOW_ON_OURS, processes: 3 });
const talks = customTalks(centre);

/** As the Flex UI asks. */
async function write(to: string, content: Record<string, string>, name: AgentName = "ada", key = "click-0001") {
  const Token = centre.simulator.agent(name).token();
  const response = await fetch(`http://127.0.0.1:${centre.simulator.port}/outbound/start-interaction`, {
    method: "POST",
    body: new URLSearchParams({ Token, to, idempotencyKey: key, ...content }),
  });
  const body = (await response.json()) as Record<string, unknown> & { error?: Record<string, unknown> };
  return { status: response.status, body };
}

async function click(to: string, content: Record<string, string>, name?: AgentName, key?: string) {
  const answer = await write(to, content, name, key);
  await centre.simulator.settled();
  return answer;
}

const live = () => centre.state().conversations.filter(({ state }) => state !== "closed");
const openTasks = () => centre.tasks().filter(({ status }) => !["completed", "canceled"].includes(status));

describe.each(CUSTOM_CHANNELS)("an agent who writes first on $channel", ({ channel, customer, says, refusals }) => {
  const bodies = () => talks.heard(customer).map(({ body }) => body);
  const hello = { body: "Your **lamp** is ready" };
  const shown = channel === "telegram" ? "Your lamp is ready" : "Your *lamp* is ready";

  /** A customer whose Conversation with an agent is over. */
  async function past() {
    const agent = await talks.withAgent(customer);
    await centre.agent(agent, "wrapUp");
    await centre.agent(agent, "complete");
    await centre.simulator.advance(60);
    expect(live()).toEqual([]);
    return agent;
  }

  it("begins the customer's next Conversation, which is theirs, and says it once", async () => {
    await past();
    const { status, body } = await click(customer, hello);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: "started", delivery: { status: "sent" } });
    expect(bodies()).toEqual([shown]);
    expect(live()).toMatchObject([{ sid: body.conversationSid, uniqueName: `${customer}.2` }]);
    expect(centre.tasks().at(-1)).toMatchObject({
      sid: body.taskSid,
      attributes: { channel, customerAddress: customer, direction: "outbound" },
    });
    await centre.takesOwn("ada");
    await talks.writes(customer, "Thank you");
    await talks.replies("ada", "Not at all");
    expect(bodies()).toEqual([shown, "Not at all"]);
    expect(live()).toHaveLength(1);
    expect(openTasks()).toHaveLength(1);
  });

  it("says it once however often the click comes", async () => {
    await past();
    const first = await click(customer, hello);
    expect((await click(customer, hello)).body).toEqual(first.body);
    expect(bodies()).toEqual([shown]);
    expect(live()).toHaveLength(1);
  });

  it("says it once when five clicks come together", async () => {
    await past();
    centre.simulator.world().latency.set("*", 20);
    const clicks = await Promise.all(Array.from({ length: 5 }, () => write(customer, hello)));
    centre.simulator.world().latency.clear();
    await centre.simulator.settled();
    const answers = clicks.filter(({ status }) => status !== 202);
    expect(answers.map(({ status, body }) => [status, body.messageSid])).toEqual(
      answers.map(() => [200, talks.said(customer).at(-1)?.sid]),
    );
    expect(answers.length).toBeGreaterThan(0);
    expect(bodies()).toEqual([shown]);
    expect(live()).toHaveLength(1);
    expect(openTasks()).toHaveLength(1);
  });

  it("is the only one of two agents who write at once", async () => {
    await past();
    centre.simulator.world().latency.set("*", 20);
    const both = await Promise.all([
      write(customer, hello, "ada", "click-of-ada"),
      write(customer, hello, "grace", "click-of-grace"),
    ]);
    centre.simulator.world().latency.clear();
    await centre.simulator.settled();
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(bodies()).toEqual([shown]);
    expect(live()).toHaveLength(1);
    expect(openTasks()).toHaveLength(1);
  });

  it.each([0, 40, 80, 120])("and a customer who writes %i ms later have one Conversation and one Task", async (ms) => {
    await past();
    centre.simulator.world().latency.set("*", 20);
    const clicked = write(customer, hello);
    await new Promise((resolve) => setTimeout(resolve, ms));
    centre.simulator.world().platforms.customer(customer)?.send({ body: "Is it ready?" });
    const { status } = await clicked;
    centre.simulator.world().latency.clear();
    await centre.simulator.settled();
    expect([200, 409]).toContain(status);
    expect(bodies()).toEqual(status === 200 ? [shown] : []);
    expect(live()).toHaveLength(1);
    expect(openTasks()).toHaveLength(1);
    expect(talks.messages(customer).filter(({ body }) => body === "Is it ready?")).toHaveLength(1);
  });

  it("joins the customer's live Conversation when it is their own, and is refused when another agent's", async () => {
    const agent = await talks.withAgent(customer);
    expect((await click(customer, hello, agent)).body).toMatchObject({
      status: "joined",
      delivery: { status: "sent" },
    });
    const other = agent === "ada" ? "grace" : "ada";
    const refused = await click(customer, hello, other, "click-0002");
    expect([refused.status, refused.body.error?.code]).toEqual([409, "other_agent"]);
    expect(bodies()).toEqual([shown]);
    expect(live()).toHaveLength(1);
  });

  it("is refused while the customer waits in a queue", async () => {
    await talks.writes(customer, "Hello");
    const { status, body } = await click(customer, hello);
    expect([status, body.error?.code]).toEqual([409, "customer_waiting"]);
    expect(bodies()).toEqual([]);
  });

  it("cannot write to somebody who never wrote", async () => {
    const { status, body } = await click(customer, hello);
    expect([status, body.error?.code]).toEqual([409, "never_wrote"]);
    expect(centre.state().conversations).toEqual([]);
    await talks.writes(customer, "Hello");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    expect((await click(customer, hello, agent)).status).toBe(200);
  });

  it("cannot write to somebody who has blocked us, until they write again", async () => {
    const agent = await talks.withAgent(customer);
    talks.fails(says, refusals.unreachable);
    await talks.replies(agent, "Are you there?");
    const { status, body } = await click(customer, hello, agent);
    expect([status, body.error?.code]).toEqual([409, "unreachable"]);
    await talks.writes(customer, "I am back");
    expect((await click(customer, hello, agent)).status).toBe(200);
    expect(bodies()).toEqual([shown]);
  });

  it("is told that it did not arrive", async () => {
    await past();
    talks.fails(says, refusals.refused);
    const { status, body } = await click(customer, hello);
    expect([status, body.delivery]).toEqual([200, { status: "failed", words: expect.any(String) }]);
    expect((await click(customer, hello)).body).toMatchObject({ delivery: { status: "failed" } });
    expect(bodies()).toEqual([]);
  });

  it.each([
    ["a template", { contentSid: sidFor("HX", "greeting") }, "contentSid"],
    ["nothing to say", {}, "body"],
    ["nothing but space", { body: "  " }, "body"],
  ])("is refused with %s", async (_, content: Record<string, string>, field) => {
    await past();
    expect(await click(customer, content)).toMatchObject({ status: 400, body: { error: { field } } });
    expect(live()).toEqual([]);
  });

  it.each([
    ["CreateDocument", "reset after"],
    ["FetchDocument", "reset before"],
    ["CreateConversation", "reset after"],
    ["CreateConversation", "crash after"],
    ["CreateConversationScopedWebhook", "crash before"],
    ["CreateInteraction", "reset after"],
    ["CreateInteraction", "crash after"],
    ["CreateConversationMessage", "reset before"],
    ["CreateConversationMessage", "reset after"],
    ["CreateConversationMessage", "crash after"],
    ["UpdateConversationMessage", "crash before"],
  ] as const)("has it said, and once, by a second click after %s: %s", async (operation, kind) => {
    await past();
    centre.simulator.world().faults.add({ operation, kind });
    await write(customer, hello).catch(() => undefined);
    await centre.simulator.settled();
    await centre.simulator.advance(20);
    const again = await click(customer, hello);
    expect(again.status).toBe(200);
    const delivered = talks.said(customer).filter(({ body }) => body === hello.body);
    expect(delivered).toHaveLength(1);
    expect(bodies().length).toBeLessThanOrEqual(1);
    if (again.body.delivery && (again.body.delivery as { status: string }).status === "sent")
      expect(bodies()).toEqual([shown]);
    expect(live()).toHaveLength(1);
    expect(openTasks()).toHaveLength(1);
  });
});
