import type { Switches } from "../../src/simulator/switches";
import { useContactCentre } from "../support/contact-centre";
import { type Pass, webChatPage } from "../support/web-chat";

const readings: Partial<Switches>[] = [
  { flexClosesConversationAt: "wrapup", flexCloseSendsStateEvent: false },
  { flexClosesConversationAt: "complete", flexCloseSendsStateEvent: true },
];

describe.each(readings)("a guest who ends their chat (%j)", (switches) => {
  const centre = useContactCentre({ switches });
  const page = webChatPage(() => centre.simulator);

  const conversationOf = ({ conversationSid }: Pass) =>
    centre.state().conversations.find(({ sid }) => sid === conversationSid);
  const running = () => centre.state().executions.filter(({ status }) => status === "active");
  const statuses = () => centre.tasks().map(({ status }) => status);
  const open = () => statuses().filter((status) => status !== "completed" && status !== "canceled");

  async function end({ session }: Pass) {
    const answer = await page.call("end", { session });
    await centre.simulator.settled();
    return answer;
  }

  async function withAgent() {
    const guest = await page.start({ topic: "support" });
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.agentReplies(agent, "Hi");
    await page.writes(guest, "Thanks, bye");
    await centre.simulator.advance(10);
    return { guest, agent };
  }

  it("while the Flow asks: the Flow ends, nobody is called, the Conversation is closed with a word", async () => {
    const guest = await page.start();
    expect(running()).toHaveLength(1);
    expect((await end(guest)).body).toEqual({ status: "ended" });
    expect(running()).toEqual([]);
    expect(conversationOf(guest)?.state).toBe("closed");
    expect(conversationOf(guest)?.messages.at(-1)?.body).toBe("This chat was ended from the page.");
    await centre.simulator.advance(3600);
    expect(centre.tasks()).toEqual([]);
  });

  it("while they wait for an agent: the Task is taken back, and nobody is called anew", async () => {
    const guest = await page.start({ topic: "support" });
    expect((await end(guest)).status).toBe(200);
    expect(statuses()).toEqual(["canceled"]);
    expect(conversationOf(guest)?.state).toBe("closed");
    await centre.simulator.advance(3600);
    expect(open()).toEqual([]);
  });

  it("with an agent: who wraps up and completes as ever, and no successor is made of a good-bye", async () => {
    const { guest, agent } = await withAgent();
    await page.writes(guest, "One more thing: thanks");
    expect((await end(guest)).status).toBe(200);
    expect(statuses()).toEqual(["wrapping"]);
    await centre.agent(agent, "complete");
    await centre.simulator.advance(11 * 60);
    expect(open()).toEqual([]);
    expect(centre.state().conversations).toHaveLength(1);
    expect(conversationOf(guest)?.state).toBe("closed");
  });

  it("with an agent who left: nobody is brought back", async () => {
    const { guest } = await withAgent();
    await centre.agentLeaves();
    expect((await end(guest)).status).toBe(200);
    expect(conversationOf(guest)?.state).toBe("closed");
    expect(statuses()).toEqual(["completed"]);
  });

  it("again and again: once", async () => {
    const { guest, agent } = await withAgent();
    const answers = await Promise.all([end(guest), end(guest), end(guest)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await centre.agent(agent, "complete");
    expect((await end(guest)).status).toBe(200);
    const words = conversationOf(guest)?.messages.filter(({ body }) => body?.includes("ended from the page"));
    expect(words).toHaveLength(1);
  });

  it("is tried again where it died half way, and then ends", async () => {
    const guest = await page.start();
    centre.twilioFails("UpdateExecution", 500);
    expect((await end(guest)).status).toBe(502);
    expect((await end(guest)).status).toBe(200);
    expect(running()).toEqual([]);
    expect(conversationOf(guest)?.state).toBe("closed");
  });

  it("before the Flow has said a word: it says none", async () => {
    const { world } = centre.simulator;
    world().faults.add({ operation: "webhook onMessageAdded", kind: "reset before", times: 9 });
    const guest = await page.start();
    world().faults.clear();
    expect((await end(guest)).status).toBe(200);
    expect(conversationOf(guest)?.state).toBe("closed");
  });

  it("comes back by a new chat that is linked to the last, and is known again", async () => {
    const first = await page.start();
    await end(first);
    const again = await page.start({ previousSession: first.session, topic: "support" });
    expect(again.identity).not.toBe(first.identity);
    expect(page.heard(again)[0]).toBe("Welcome back.");
    expect(centre.tasks().at(-1)?.attributes).toMatchObject({ previousConversationSid: first.conversationSid });
  });
});
