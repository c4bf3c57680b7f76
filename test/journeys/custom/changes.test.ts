import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { useCustomChannel } from "../../support/custom-channel";

const attributesOf = (message?: { attributes: string }) =>
  JSON.parse(message?.attributes ?? "{}") as Record<string, Record<string, unknown> | string>;

describe("a customer who edits what they wrote on telegram", () => {
  const centre = useContactCentre(NO_FLOW_ON_OURS);
  const { bring, edit, says, said, conversations, live } = useCustomChannel(centre, "telegram");
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
    centre.leavesUnattended("the first Conversation was closed by hand, before an agent had it");
    for (const { sid } of live()) centre.simulator.world().conversations.setState(sid, "closed", "API", false);
    await edits("5", "Help");
    expect(said()).toEqual([["Hello"], ["[Edited] Help"]]);
  });
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

  async function answered(): Promise<string> {
    customer()?.send({ body: "Hello" });
    await centre.simulator.settled();
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.agentReplies(agent, "Hi");
    return (attributesOf(message()).relay as { ids?: string[] } | undefined)?.ids?.[0] ?? "";
  }

  it("is delivered and read, and nothing is taken back", async () => {
    const id = await answered();
    expect(status()).toBe("delivered");
    customer()?.read();
    await centre.simulator.settled();
    expect(status()).toBe("read");
    await bring(receipt(id, "delivered"));
    expect(status()).toBe("read");
  });

  it("stands on the Message even when the receipt is faster than our mark", async () => {
    const id = await answered();
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

  it("is of no interest where the message was the customer's own", async () => {
    await answered();
    await centre.simulator.advance(60);
    expect(await bring(receipt("123456", "delivered", { at: new Date(0) }))).toBe(200);
    expect(identity()).toMatch(/^viber_/);
  });
});
