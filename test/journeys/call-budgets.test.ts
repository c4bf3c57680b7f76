import { sidFor } from "../../src/simulator/sids";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";
import { useCustomChannel } from "../support/custom-channel";
import { webChatPage } from "../support/web-chat";

const centre = useContactCentre();

/** What a Function asked of Twilio at most, one call after another. The check of a Flex token is not counted: it is kept for a minute. */
const inARow = (path: string) => centre.state().calls[path]?.mostSequential;

async function click(idempotencyKey: string, more: Record<string, string> = {}) {
  const Token = centre.simulator.agent("ada").token();
  const fields = { Token, to: CUSTOMER, body: "Hello", idempotencyKey, ...more };
  await fetch(`http://127.0.0.1:${centre.simulator.port}/outbound/start-interaction`, {
    method: "POST",
    body: new URLSearchParams(fields),
  });
  await centre.simulator.settled();
}

/** Twilio takes so long that calls made together do overlap. */
beforeEach(() => centre.simulator.world().latency.set("*", 20));

describe("calls of Twilio, one after another", () => {
  it("a customer to Flex by Function: three (claim, create, write)", async () => {
    await centre.bindToWebhook();
    await centre.customerSends("Hello");
    expect(inARow("/inbound/message-added")).toBe(3);
  });

  it("every later message of theirs: one", async () => {
    await centre.bindToWebhook();
    await centre.customerSends("Hello");
    centre.simulator.log.clear();
    await centre.customerSends("Hello?");
    expect(inARow("/inbound/message-added")).toBe(1);
  });

  it("an agent's message: none", async () => {
    await centre.bindToWebhook();
    await centre.customerSends("Hello");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    centre.simulator.log.clear();
    await centre.agentReplies(agent, "Hi");
    expect(inARow("/inbound/message-added")).toBe(0);
  });

  it("outbound: four (create, participant with state, Interaction, message), and the token", async () => {
    await click("click-0001");
    expect(inARow("/outbound/start-interaction")).toBe(5);
  });

  it("a web chat's start: three (place with start key, WebChats, first message)", async () => {
    await webChatPage(() => centre.simulator).start();
    expect(inARow("/webchat/start")).toBe(3);
  });

  it("outbound on WhatsApp by a template: the same", async () => {
    await click("click-0001", { to: "whatsapp:+15550101234", body: "", contentSid: sidFor("HX", "greeting") });
    expect(inARow("/outbound/start-interaction")).toBe(5);
  });

  it("do not grow with the customer's history", async () => {
    const { conversations } = centre.simulator.world();
    const binding = { type: "sms" as const, address: CUSTOMER, proxyAddress: "+15550100100" };
    for (let i = 0; i < 300; i += 1) {
      const { sid } = conversations.create({});
      conversations.addParticipant(sid, { binding, source: "API", webhooks: false });
      conversations.setState(sid, "closed", "API", false);
    }
    await centre.customerSends("Hello");
    expect(centre.state().calls["/studio/customer-context"]).toMatchObject({ mostSequential: 3 });
  });
});

/** On channels of ours, past as many Conversations as a loyal customer has. */
describe.each(["telegram", "viber"] as const)("calls of Twilio for a customer on %s, one after another", (channel) => {
  const custom = useContactCentre({ addresses: [], processes: 1 });
  const { says, live, identity } = useCustomChannel(custom, channel);
  const path = `/inbound/${channel}`;
  const most = (of = path) => custom.state().calls[of]?.mostSequential;

  beforeEach(() => custom.simulator.world().latency.set("*", 20));

  /** As many as a pointer tells of, all closed. */
  function withPast(who: number, n: number) {
    const { conversations, sync } = custom.simulator.world();
    const rows = Array.from({ length: n }, (_, i) => conversations.create({ uniqueName: `${identity(who)}.${i + 1}` }));
    for (const { sid } of rows) conversations.setState(sid, "closed", "API", false);
    const last = rows.at(-1);
    if (!last) return;
    const data = { conversation: last.sid, n, service: last.serviceSid, closed: true };
    sync.createDocument({ uniqueName: `contact.${identity(who)}`, data });
  }

  it.each([
    [0, 20],
    [100, 21],
    [1_000, 22],
  ])("four for their first words after %i past Conversations", async (past, who) => {
    withPast(who, past);
    await says("Hello", { who });
    expect(most()).toBe(4);
    expect(live(who)).toMatchObject([{ uniqueName: `${identity(who)}.${past + 1}` }]);
  });

  it("one for words in a live Conversation, two where the process does not know it", async () => {
    await says("Hello", { who: 30 });
    custom.simulator.log.clear();
    await says("Hello?", { who: 30 });
    expect(most()).toBe(1);
    await custom.simulator.advance(3600);
    custom.simulator.log.clear();
    await says("Still there?", { who: 30 });
    expect(most()).toBe(2);
  });

  it("five where a Conversation turns out to be closed", async () => {
    await says("Hello", { who: 31 });
    custom.leavesUnattended("the Conversation was closed by hand, before an agent had it");
    for (const { sid } of live(31)) custom.simulator.world().conversations.setState(sid, "closed", "API", false);
    await custom.simulator.advance(3600);
    custom.simulator.log.clear();
    await says("Me again", { who: 31 });
    expect(most()).toBe(5);
  });

  it("four to route them by their name: look with name, claim, create, write", async () => {
    await says("Hello", { who: 32 });
    expect(most("/inbound/message-added")).toBe(4);
  });
});
