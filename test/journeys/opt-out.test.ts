import type { Switches } from "../../src/simulator/switches";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";

const OPEN = ["pending", "reserved", "assigned", "wrapping"];
const readings: Partial<Switches>[] = [
  { optOutKeywordsReachConversations: true },
  { optOutKeywordsReachConversations: false },
];

describe.each(readings)("words that Twilio answers by itself (%j)", (switches) => {
  const centre = useContactCentre({ switches });

  const openTasks = () => centre.tasks().filter(({ status }) => OPEN.includes(status));
  const live = () => centre.state().conversations.filter(({ state }) => state !== "closed");
  /** What the bot or we posted, whether or not it reached anybody. */
  const posted = () => centre.state().conversations.flatMap(({ messages }) => messages.filter(isOurs));
  /** A reading from outside stands before the one here. */
  const reaches = () => centre.simulator.world().positions.optOutKeywordsReachConversations;
  const isOurs = ({ author }: { author: string }) => author !== CUSTOMER;

  async function withAgent() {
    await centre.customerSends("Hello");
    await centre.customerSends("2");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    return agent;
  }

  describe.each(["flow", "webhook"])("with the address bound to a %s", (binding) => {
    beforeEach(async () => {
      if (binding === "webhook") await centre.bindToWebhook();
    });

    it.each(["STOP", "Start", " help "])("%j as the first message: no Task, no bot, nobody waits", async (word) => {
      await centre.customerSends(word);
      await centre.simulator.advance(3600);
      expect(centre.tasks()).toEqual([]);
      expect(posted()).toEqual([]);
      expect(live()).toEqual([]);
    });

    it("words after such a one are answered as ever", async () => {
      await centre.customerSends("START");
      await centre.customerSends("Hello");
      if (binding === "flow") await centre.customerSends("1");
      expect(openTasks()).toHaveLength(1);
      expect(live()).toHaveLength(1);
    });

    it("a sentence with such a word in it is a sentence", async () => {
      await centre.customerSends("Please stop the noise of my lamp");
      if (binding === "flow") await centre.customerSends("1");
      expect(openTasks()).toHaveLength(1);
    });
  });

  it("STOP in the menu: the Flow ends without another word, and nobody is bothered", async () => {
    await centre.customerSends("Hello");
    const before = posted().length;
    await centre.customerSends("STOP");
    if (!reaches()) return;
    await centre.simulator.advance(3600);
    expect(centre.tasks()).toEqual([]);
    expect(posted()).toHaveLength(before);
    expect(centre.state().executions.map(({ status }) => status)).toEqual(["ended"]);
    expect(live()).toEqual([]);
  });

  it("HELP in the menu: the bot keeps still, and who has waited for an answer gets an agent in the end", async () => {
    await centre.customerSends("Hello");
    const before = posted().length;
    await centre.customerSends("HELP");
    expect(posted()).toHaveLength(before);
    expect(centre.tasks()).toEqual([]);
    await centre.simulator.advance(21 * 60);
    expect(openTasks()).toHaveLength(1);
  });

  it("STOP in a live chat: the agent's Task says so, and that they are back; nothing is posted", async () => {
    const agent = await withAgent();
    const before = posted().length;
    await centre.customerSends("STOP");
    expect(centre.tasks()).toEqual([
      expect.objectContaining({
        status: "assigned",
        attributes: expect.objectContaining(reaches() ? { optedOut: true } : { customerAddress: CUSTOMER }),
      }),
    ]);
    await centre.agentReplies(agent, "Are you sure?");
    const [receipt] = posted().at(-1)?.receipts ?? [];
    expect(receipt).toMatchObject({ status: "failed", errorCode: 21610 });
    await centre.customerSends("START");
    if (reaches()) expect(centre.tasks()[0]?.attributes.optedOut).toBe(false);
    await centre.agentReplies(agent, "Welcome back");
    expect(centre.heard().at(-1)).toBe("Welcome back");
    expect(posted()).toHaveLength(before + 2);
    expect(openTasks()).toHaveLength(1);
  });

  it("STOP to an agent of whom we have not heard yet: their Task says so, and their Conversation stays", async () => {
    centre.functionFails("/hooks/task-events", 5);
    await withAgent();
    await centre.customerSends("STOP");
    expect(live()).toHaveLength(1);
    expect(openTasks()).toHaveLength(1);
    if (reaches()) expect(centre.tasks()[0]?.attributes.optedOut).toBe(true);
  });

  it("STOP as the agent closes needs no successor", async () => {
    const agent = centre.simulator.agent(await withAgent());
    await centre.simulator.advance(60);
    centre.simulator.world().phones.send({ from: CUSTOMER, body: "STOP" });
    agent.wrapUp();
    await centre.simulator.settled();
    agent.complete();
    await centre.simulator.settled();
    await centre.simulator.advance(11 * 60);
    expect(centre.state().conversations.map(({ state }) => state)).toEqual(["closed"]);
    expect(openTasks()).toEqual([]);
  });
});

describe("on other channels such words are words", () => {
  const centre = useContactCentre();

  it("STOP on WhatsApp goes to an agent", async () => {
    for (const body of ["STOP", "1"]) await centre.customerSends(body, "whatsapp:+15550101234");
    expect(centre.tasks()).toHaveLength(1);
  });
});
