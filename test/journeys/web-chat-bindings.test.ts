import { requireGuest } from "../../src/simulator/levers/guests";
import { useContactCentre } from "../support/contact-centre";
import { type Pass, webChatPage } from "../support/web-chat";

const OPEN = ["pending", "reserved", "assigned", "wrapping"];
const DAY = 24 * 3600;

const centre = useContactCentre();
const page = webChatPage(() => centre.simulator);

const openTasks = () => centre.tasks().filter(({ status }) => OPEN.includes(status));
const states = () => centre.state().conversations.map(({ state }) => state);
const refresh = ({ session }: Pass) => page.call<Pass>("refresh-token", { session });
const bodiesOf = (sid: string) =>
  centre.simulator
    .world()
    .conversations.messages(sid)
    .map(({ body }) => body);

describe.each(["flow", "webhook"])("a web chat at an address bound to a %s", (binding) => {
  beforeEach(async () => {
    if (binding === "webhook") await centre.bindToWebhook("inbound/message-added", "web-chat");
  });

  async function withAgent() {
    const guest = await page.start({ topic: "support" });
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.simulator.advance(60);
    return { guest, agent };
  }

  it("the guest's words reach an agent, and the agent's words the guest", async () => {
    const { guest, agent } = await withAgent();
    await centre.agentReplies(agent, "Which lamp is **it**?");
    expect(page.heard(guest).at(-1)).toBe("Which lamp is **it**?");
    await page.writes(guest, "The green one");
    expect(openTasks()).toEqual([
      expect.objectContaining({
        status: "assigned",
        attributes: expect.objectContaining({ channelType: "web", customerAddress: guest.identity }),
      }),
    ]);
  });

  it("who returns after the close begins anew, linked to the last chat", async () => {
    const { guest, agent } = await withAgent();
    await centre.agent(agent, "wrapUp");
    await centre.agent(agent, "complete");
    expect((await refresh(guest)).status).toBe(401);
    await page.start({ previousSession: guest.session, topic: "support" });
    expect(states()).toEqual(["closed", "active"]);
    expect(openTasks().map(({ attributes }) => attributes.previousConversationSid)).toEqual([guest.conversationSid]);
  });

  it("what is written during wrap-up goes on elsewhere, where Twilio takes it at all", async () => {
    const { guest, agent } = await withAgent();
    await centre.agent(agent, "wrapUp");
    await centre.simulator.advance(20);
    const sent = await requireGuest(centre.simulator.world(), guest.identity)
      .send({ body: "I forgot something" })
      .catch(() => undefined);
    await centre.simulator.settled();
    await centre.agent(agent, "complete");
    expect(states()[0]).toBe("closed");
    const next = await refresh(guest);
    expect(next.status).toBe(sent ? 200 : 401);
    expect(sent === undefined).toBe(centre.simulator.world().positions.flexClosesConversationAt === "wrapup");
    if (sent) expect(bodiesOf(next.body.conversationSid)).toEqual(["I forgot something"]);
  });

  it("what is written as the agent closes goes on in a successor, which the page is led to", async () => {
    const { guest, agent } = await withAgent();
    await page.writes(guest, "One more thing");
    centre.simulator.agent(agent).wrapUp();
    await centre.simulator.settled();
    centre.simulator.agent(agent).complete();
    await centre.simulator.settled();
    const { body: next } = await refresh(guest);
    expect(next.conversationSid).not.toBe(guest.conversationSid);
    expect(bodiesOf(next.conversationSid)).toEqual(["One more thing"]);
    expect(openTasks()).toHaveLength(1);
  });

  it("a chat that was left is closed by its timer, and its session with it; the guest may begin anew", async () => {
    const { guest } = await withAgent();
    await centre.agentLeaves();
    await centre.simulator.advance(9 * DAY);
    expect(states()).toEqual(["closed"]);
    expect((await refresh(guest)).status).toBe(401);
    await page.start({ topic: "support" });
    expect(states()).toEqual(["closed", "active"]);
  });
});
