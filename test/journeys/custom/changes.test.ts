import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { useCustomChannel } from "../../support/custom-channel";

const attributesOf = (message?: { attributes: string }) =>
  JSON.parse(message?.attributes ?? "{}") as Record<string, Record<string, unknown> | string>;

describe("a customer who edits what they wrote on telegram", () => {
  const centre = useContactCentre(NO_FLOW_ON_OURS);
  const { bring, edit, says, said, conversations } = useCustomChannel(centre, "telegram");
  const later = (seconds: number) => new Date(centre.simulator.clock.now().getTime() + seconds * 1000);

  async function edits(id: string, text: string, at?: Date) {
    const status = await bring(edit(id, text, at ? { at } : {}));
    await centre.simulator.settled();
    return status;
  }

  it("changes the Message, which says so, and makes no other", async () => {
    await says("Helo", { id: "5" });
    expect(await edits("5", "Hello")).toBe(200);
    expect(said()).toEqual([["Hello"]]);
    expect(attributesOf(conversations()[0]?.messages[0])).toMatchObject({
      platformId: "5",
      editedAt: expect.stringMatching(/^2026/),
    });
  });

  it("twice is left with the later words, in whatever order they come", async () => {
    await says("Helo", { id: "5" });
    await edits("5", "Hello!", later(20));
    await edits("5", "Hello", later(10));
    expect(said()).toEqual([["Hello!"]]);
  });

  it("and is brought twice changes nothing more", async () => {
    await says("Helo", { id: "5" });
    const event = edit("5", "Hello");
    await bring(event);
    await bring(event);
    await centre.simulator.settled();
    expect(said()).toEqual([["Hello"]]);
  });

  it("long ago, or before we knew them, is heard anew, marked as edited, once", async () => {
    await says("Hello");
    await edits("4", "Cancel my order");
    await edits("4", "Cancel my order, please");
    expect(said()).toEqual([["Hello", "Cancel my order, please"]]);
    expect(attributesOf(conversations()[0]?.messages[1])).toMatchObject({
      platformId: "4",
      editedAt: expect.any(String),
    });
  });

  it("after the Conversation was closed is heard in their next one", async () => {
    await says("Hello", { id: "5" });
    await centre.agentFinishes();
    await edits("5", "Help");
    expect(said()).toEqual([["Hello"], ["[Edited] Help"]]);
  });
});

describe("a customer who edits what Twilio does not take on telegram", () => {
  const centre = useContactCentre(NO_FLOW_ON_OURS);
  const { bring, edit, says, said } = useCustomChannel(centre, "telegram");

  it.each([400, 413])("is not asked for it again and again: %i", async (status) => {
    await says("Helo", { id: "5" });
    centre.twilioFails("UpdateConversationMessage", status, 3);
    expect(await bring(edit("5", "Hello"))).toBe(200);
    expect(said()).toEqual([["Helo"]]);
  });

  it("with links that would take more room than a Message has is heard as far as it goes", async () => {
    const url = `https://shop.example.com/${"x".repeat(2_000)}`;
    const entities = Array.from({ length: 100 }, (_, at) => ({ type: "text_link", offset: 3 * at, length: 2, url }));
    const event = edit("5", "ab ".repeat(100)) as { edited_message: object };
    expect(await bring({ ...event, edited_message: { ...event.edited_message, entities } })).toBe(200);
    await centre.simulator.settled();
    const body = said()[0]?.[0] ?? "";
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(32 * 1024);
    expect(body).toMatch(/^\[Edited\] \[ab\]\(https:.+…$/);
  });
});

describe.each(["telegram", "viber"] as const)("a customer on %s whose Conversation was deleted", (channel) => {
  const centre = useContactCentre(NO_FLOW_ON_OURS);
  const { bring, edit, receipt, reach, says, said, conversations } = useCustomChannel(centre, channel);
  const deleted = async () => {
    await says("Hello", { id: "5" });
    await centre.twilio.conversations.v1.conversations(conversations()[0]?.sid ?? "").remove();
  };

  it("blocks us: nobody is to be told, now or later", async () => {
    await deleted();
    expect(await bring(reach(false))).toBe(200);
    expect(await bring(reach(true))).toBe(200);
  });

  it("says more: it is heard in their next one", async () => {
    await deleted();
    expect(await says("Are you there?")).toBe(200);
    expect(said()).toEqual([["Are you there?"]]);
  });

  if (channel === "telegram") {
    it("changes what they wrote there: it is heard anew", async () => {
      await deleted();
      expect(await bring(edit("5", "Help"))).toBe(200);
      await centre.simulator.settled();
      expect(said()).toEqual([["[Edited] Help"]]);
    });
  } else {
    it("reads what was said there: nothing is kept, now or later", async () => {
      await deleted();
      expect(await bring(receipt("6", "seen", { at: new Date(0) }))).toBe(200);
    });
  }
});

describe.each(["telegram", "viber"] as const)("a customer who blocks us on %s", (channel) => {
  const centre = useContactCentre(NO_FLOW_ON_OURS);
  const { bring, reach, says, live, conversations } = useCustomChannel(centre, channel);
  const attributes = () => live()[0]?.attributes as Record<string, unknown>;
  const toTask = () => centre.tasks().at(-1)?.attributes.unreachable;

  async function blocks(isBlocked = true) {
    expect(await bring(reach(!isBlocked))).toBe(200);
    await centre.simulator.settled();
  }

  it("is marked so, for the agent to see, until they let us write again", async () => {
    await says("Hello");
    await blocks();
    expect(attributes()).toMatchObject({ channel, unreachable: { words: expect.stringContaining("blocked") } });
    expect(toTask()).toMatchObject({ words: expect.stringContaining("blocked") });
    await blocks(false);
    expect(attributes()).toEqual({ channel, language: "es" });
    expect(toTask()).toBeNull();
  });

  it("is not any more once they write", async () => {
    await says("Hello");
    await blocks();
    await says("Hello?");
    expect(attributes()).toEqual({ channel, language: "es" });
  });

  it("before they ever wrote is no business of ours", async () => {
    await blocks();
    expect(conversations()).toEqual([]);
  });
});

describe("what becomes of an agent's message on viber", () => {
  const centre = useContactCentre(NO_FLOW_ON_OURS);
  const { bring, receipt, conversations, identity } = useCustomChannel(centre, "viber");
  const customer = () => centre.simulator.world().platforms.customer(identity());
  const message = () => conversations()[0]?.messages.at(-1);
  const status = () => (attributesOf(message()).delivery as Record<string, unknown> | undefined)?.status;

  async function answered() {
    customer()?.send({ body: "Hello" });
    await centre.simulator.settled();
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.agentReplies(agent, "Hi");
    const { ids } = attributesOf(message()).relay as { ids: string[] };
    return { id: ids[0] ?? "", agent };
  }

  it("is delivered and read, and nothing is taken back", async () => {
    const { id } = await answered();
    expect(status()).toBe("delivered");
    customer()?.read();
    await centre.simulator.settled();
    expect(status()).toBe("read");
    await bring(receipt(id, "delivered"));
    expect(status()).toBe("read");
  });

  it("stands on the Message even when the receipt is faster than our mark", async () => {
    const { id } = await answered();
    const marked = message();
    const row = centre.simulator
      .world()
      .conversations.messages(conversations()[0]?.sid ?? "")
      .at(-1);
    if (row) row.attributes = "{}";
    const told = bring(receipt(id, "delivered"));
    setTimeout(() => {
      if (row) row.attributes = marked?.attributes ?? "";
    }, 1_000);
    expect(await told).toBe(200);
    expect(status()).toBe("delivered");
  });

  it("is of no interest where the message was the customer's own, at the first look, wherever they are by now", async () => {
    const { agent } = await answered();
    const looksAtOwn = async () => {
      const own = centre.simulator
        .world()
        .phones.messages(identity())
        .findLast(({ direction }) => direction === "out");
      centre.simulator.log.clear();
      expect(await bring(receipt(own?.platformId ?? "", "delivered"))).toBe(200);
      return centre.callsOf("ListConversationMessage").length;
    };
    expect(await looksAtOwn()).toBe(1);
    await centre.agent(agent, "complete");
    await centre.simulator.advance(5);
    customer()?.send({ body: "Me again" });
    await centre.simulator.settled();
    expect(conversations()).toHaveLength(2);
    // A process may remember the Conversation before.
    expect(await looksAtOwn()).toBeLessThanOrEqual(2);
  });
});
