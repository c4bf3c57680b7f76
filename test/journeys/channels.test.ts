import { CHANNELS } from "../support/channels";
import { useContactCentre } from "../support/contact-centre";

const OPEN = ["pending", "reserved", "assigned", "wrapping"];
const BINDINGS = ["flow", "webhook"] as const;
const DAY = 24 * 3600;

const centre = useContactCentre();

const openTasks = () => centre.tasks().filter(({ status }) => OPEN.includes(status));
const bodies = (sid = "") =>
  centre.simulator
    .world()
    .conversations.messages(sid)
    .map(({ body }) => body);

describe.each(CHANNELS)("on $channel", ({ channel, customer, sender }) => {
  const write = (body: string) => centre.customerSends(body, customer);
  const heard = () => centre.heard(customer);

  describe.each(BINDINGS)("with the address bound to a %s", (binding) => {
    beforeEach(async () => {
      if (binding === "webhook") await centre.bindToWebhook("inbound/message-added", sender);
    });

    async function toAgent() {
      await write("Hello");
      if (binding === "flow") await write("2");
      const agent = centre.offeredTo() ?? "ada";
      await centre.agent(agent, "accept");
      await centre.simulator.advance(60);
      return agent;
    }

    it("a customer's words reach an agent, and the agent's words the customer", async () => {
      const agent = await toAgent();
      await centre.agentReplies(agent, "Hi, how can I help?");
      expect(heard().at(-1)).toBe("Hi, how can I help?");
      await write("My lamp is broken");
      expect(centre.tasks()).toEqual([
        expect.objectContaining({
          status: "assigned",
          attributes: expect.objectContaining({ channelType: channel, customerAddress: customer }),
        }),
      ]);
      expect(centre.state().conversations).toHaveLength(1);
    });

    it("a picture without a word reaches an agent like words", async () => {
      await centre.customerSendsPicture(customer);
      if (binding === "flow") {
        expect(heard()[0]).toContain("Your file has reached us.");
        expect(heard().at(-1)).toContain("What can we help you with?");
        await write("1");
      }
      expect(openTasks()).toHaveLength(1);
      expect(centre.state().conversations[0]?.messages[0]?.media).toHaveLength(1);
    });

    it("who returns after the close begins anew", async () => {
      const agent = await toAgent();
      await centre.agent(agent, "wrapUp");
      await centre.agent(agent, "complete");
      await write("Me again");
      expect(centre.state().conversations.map(({ state }) => state)).toEqual(["closed", "active"]);
      if (binding === "flow") expect(heard()).toContain("Welcome back.");
      else expect(openTasks()).toHaveLength(1);
    });

    it("what is written during wrap-up goes on elsewhere, once", async () => {
      const agent = await toAgent();
      await centre.agent(agent, "wrapUp");
      await centre.simulator.advance(20);
      await write("I forgot something");
      await centre.agent(agent, "complete");
      expect(centre.state().conversations[0]?.state).toBe("closed");
      const later = centre
        .state()
        .conversations.slice(1)
        .flatMap(({ sid }) => bodies(sid));
      expect(later.filter((body) => body === "I forgot something")).toHaveLength(1);
    });

    it("what is written as the agent closes goes on in a successor, which the customer hears nothing of", async () => {
      const agent = centre.simulator.agent(await toAgent());
      const before = heard().length;
      centre.simulator.world().phones.send({ from: customer, body: "One more thing" });
      agent.wrapUp();
      await centre.simulator.settled();
      agent.complete();
      await centre.simulator.settled();
      const successor = centre.state().conversations.find(({ uniqueName }) => uniqueName?.startsWith("after."));
      expect(bodies(successor?.sid)).toEqual(["One more thing"]);
      expect(openTasks()).toEqual([
        expect.objectContaining({ attributes: expect.objectContaining({ channelType: channel }) }),
      ]);
      expect(heard()).toHaveLength(before);
    });

    it("a Conversation that was left is closed by its timer, and the customer may begin anew", async () => {
      await toAgent();
      await centre.agentLeaves();
      await centre.simulator.advance(9 * DAY);
      expect(centre.state().conversations.map(({ state }) => state)).toEqual(["closed"]);
      await write("Me again");
      expect(centre.state().conversations.map(({ state }) => state)).toEqual(["closed", "active"]);
    });
  });

  describe("with the Flow", () => {
    it("a file in answer to the menu goes to an agent, without being asked again", async () => {
      await write("Hello");
      await centre.customerSendsPicture(customer);
      expect(heard().filter((body) => body.startsWith("Sorry"))).toEqual([]);
      expect(openTasks()).toEqual([
        expect.objectContaining({ attributes: expect.objectContaining({ team: "general" }) }),
      ]);
    });

    it.each([
      ["delivered", undefined, 0],
      ["failed", 30005, 30005],
      ["undelivered", undefined, 30008],
    ] as const)("what becomes of an agent's words can be seen: %s", async (status, errorCode, code) => {
      await write("Hello");
      await write("2");
      const agent = centre.offeredTo() ?? "ada";
      await centre.agent(agent, "accept");
      centre.simulator.world().phones.behave(customer, { status, ...(errorCode ? { errorCode } : {}) });
      await centre.agentReplies(agent, "Hi, how can I help?");
      const [receipt] = centre.state().conversations[0]?.messages.at(-1)?.receipts ?? [];
      expect(receipt).toMatchObject({ status, errorCode: code });
    });
  });
});

it("on WhatsApp the receipt says when the customer has read it", async () => {
  const [, { customer }] = CHANNELS;
  await centre.customerSends("Hello", customer);
  centre.simulator.world().conversations.receipts.read(customer);
  await centre.simulator.settled();
  const receipts = centre.state().conversations[0]?.messages.flatMap((message) => message.receipts);
  expect(receipts?.map(({ status }) => status)).toEqual(["read", "read"]);
});

it("two channels of one person are two customers", async () => {
  for (const { customer } of CHANNELS) await centre.customerSends("Hello", customer);
  for (const { customer } of CHANNELS) await centre.customerSends("1", customer);
  expect(openTasks().map(({ attributes }) => attributes.channelType)).toEqual(["sms", "whatsapp", "messenger"]);
});
