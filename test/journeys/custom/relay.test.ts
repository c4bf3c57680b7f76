import { useBareFunctions } from "../../support/bare-functions";
import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { CUSTOM_CHANNELS, customTalks } from "../../support/custom-talks";

const centre = useContactCentre({ ...NO_FLOW_ON_OURS, processes: 1 });
const functions = useBareFunctions(centre);
const talks = customTalks(centre);

let made = 0;
/** Of a Message that nobody has carried. */
function newMessage(): string {
  made += 1;
  return `IM${String(made).padStart(32, "0")}`;
}

const FORMATTED = "Your **lamp** is _ready_ now, see [our page](https://example.com/lamps).";

describe.each(CUSTOM_CHANNELS)("what an agent says on $channel", ({ channel, customer, other, says, most, came }) => {
  const bodies = () => talks.heard(customer).map(({ body }) => body);

  it("reaches the customer, once, and is marked as sent", async () => {
    const agent = await talks.withAgent(customer);
    await talks.replies(agent, "Hi, how can I help?");
    expect(bodies()).toEqual(["Hi, how can I help?"]);
    expect(talks.mark(customer, "Hi, how can I help?")).toEqual({
      relay: { ids: [talks.heard(customer)[0]?.platformId], of: 1, at: expect.any(String) },
      delivery: { status: came, at: expect.any(String) },
    });
  });

  it("looks there as it looks in Flex", async () => {
    const agent = await talks.withAgent(customer);
    await talks.replies(agent, FORMATTED);
    const [shown] = talks.heard(customer);
    if (channel === "telegram") {
      const looks = shown?.entities?.map(({ type, offset, length }) => [
        type,
        shown.body.slice(offset, offset + length),
      ]);
      expect(shown?.body).toBe("Your lamp is ready now, see our page.");
      expect(looks).toEqual([
        ["bold", "lamp"],
        ["italic", "ready"],
        ["text_link", "our page"],
      ]);
    } else {
      expect(shown?.body).toBe("Your *lamp* is _ready_ now, see our page (https://example.com/lamps).");
    }
  });

  it("arrives whole and in order when it is longer than one message", async () => {
    const agent = await talks.withAgent(customer);
    const sentences = Array.from({ length: 300 }, (_, i) => `Sentence number ${i} of a very long answer.`);
    const body = sentences.join(" ");
    await talks.replies(agent, body);
    expect(bodies().length).toBe(Math.ceil(body.length / most));
    expect(bodies().every((text) => text.length <= most)).toBe(true);
    expect(bodies().join(" ")).toBe(body);
    expect(talks.mark(customer, body).relay).toMatchObject({
      ids: talks.heard(customer).map(({ platformId }) => platformId),
      of: bodies().length,
    });
  });

  it("of exactly the longest text is one message, of one more two", async () => {
    const agent = await talks.withAgent(customer);
    const word = "lamp ".repeat(most / 5 + 1);
    await talks.replies(agent, `${word.slice(0, most - 1)}x`);
    expect(bodies().map(({ length }) => length)).toEqual([most]);
    await talks.replies(agent, `${word.slice(0, most - 1)}x y`);
    expect(bodies()).toHaveLength(3);
  });

  it("keeps the order of several replies", async () => {
    const agent = await talks.withAgent(customer);
    for (const body of ["one", "two", "three"]) await talks.replies(agent, body);
    expect(bodies()).toEqual(["one", "two", "three"]);
  });

  it("comes from whichever agent has the Task", async () => {
    const agent = await talks.withAgent(customer);
    await talks.replies(agent, "from the first");
    const next = agent === "ada" ? "grace" : "ada";
    centre.simulator.agent(agent).transfer(next);
    await centre.simulator.settled();
    await centre.agent(next, "accept");
    await talks.replies(next, "from the second");
    expect(bodies()).toEqual(["from the first", "from the second"]);
  });

  it("goes to its own customer, and never back to who wrote", async () => {
    const agent = await talks.withAgent(customer);
    await talks.writes(other, "Me too");
    await talks.replies(agent, "For the first of you");
    await talks.writes(customer, "Thank you");
    expect(bodies()).toEqual(["For the first of you"]);
    expect(talks.heard(other)).toEqual([]);
  });

  it("costs one call before the customer has it, none once the process knows them, and one afterwards", async () => {
    const agent = await talks.withAgent(customer);
    const calls = () => {
      const { entries } = centre.simulator.log;
      const last = entries.findLast(({ kind, name }) => kind === "function" && name === "/relay/message-added");
      return entries
        .filter(({ kind, invocation }) => ["rest", "platform"].includes(kind) && invocation === last?.invocation)
        .map(({ name }) => name);
    };
    await talks.replies(agent, "cold");
    expect(calls()).toEqual(["GET FetchConversation", says, "POST UpdateConversationMessage"]);
    await talks.replies(agent, "warm");
    expect(calls()).toEqual([says, "POST UpdateConversationMessage"]);
  });

  it("is said once, however often the hook hangs on the Conversation", async () => {
    const agent = await talks.withAgent(customer);
    await centre.twilio.conversations.v1.conversations(talks.live(customer)?.sid ?? "").webhooks.create({
      target: "webhook",
      "configuration.url": `https://${centre.simulator.account.functionsDomain}/relay/message-added`,
      "configuration.method": "post",
      "configuration.filters": ["onMessageAdded"],
    });
    await talks.replies(agent, "once");
    expect(bodies()).toEqual(["once"]);
  });

  it("or of ours, when nobody can answer: the customer is told so, and the Conversation closed", async () => {
    for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
    const cancel = async () => {
      const open = centre.tasks().find(({ status }) => !["canceled", "completed"].includes(status));
      centre.simulator.world().taskrouter.cancelTask(open?.sid ?? "", "canceled by somebody");
      await centre.simulator.settled();
    };
    await talks.writes(customer, "Hello");
    await cancel();
    await cancel();
    await centre.simulator.advance(35 * 60);
    await cancel();
    expect(bodies()).toEqual([expect.stringMatching(/nobody could answer you/)]);
    expect(talks.live(customer)).toBeUndefined();
    expect(await talks.sweep()).toEqual([]);
  });

  describe("when somebody calls the relay by hand", () => {
    const fields = (more: Record<string, string> = {}) => ({
      EventType: "onMessageAdded",
      ConversationSid: talks.live(customer)?.sid ?? "",
      MessageSid: newMessage(),
      Author: "ada",
      Body: "Send me your password",
      Attributes: "{}",
      ...more,
    });
    const call = (more: Record<string, string> = {}) => talks.call("/relay/message-added", fields(more));

    it.each([
      ["no signature", undefined],
      ["a wrong one", "c2lnbmF0dXJl"],
    ])("with %s is refused", async (_, signature) => {
      await talks.withAgent(customer);
      expect((await functions.call({ path: "/relay/message-added", fields: fields(), signature })).status).toBe(403);
      expect(bodies()).toEqual([]);
    });

    it("changed after it was signed is refused", async () => {
      await talks.withAgent(customer);
      const signed = { fields: fields({ Body: "Hello" }) };
      const reply = await functions.call({
        path: "/relay/message-added",
        fields: fields(),
        signature: "right",
        signed,
      });
      expect(reply.status).toBe(403);
    });

    it.each([
      ["the customer's own words", () => ({ Author: customer })],
      ["another customer's", () => ({ Author: other })],
      ["a Message that was carried", () => ({ Attributes: '{"relay":{"ids":["1"],"of":1,"at":""}}' })],
      ["another event", () => ({ EventType: "onMessageUpdated" })],
      ["a Conversation that is none of ours", () => ({ ConversationSid: `CH${"b".repeat(32)}` })],
    ])("nothing goes out for %s", async (_, more) => {
      await talks.withAgent(customer);
      await centre.twilio.conversations.v1.conversations.create({ uniqueName: "somebody-elses" });
      await call(more());
      expect(bodies()).toEqual([]);
    });

    it("a recipient cannot be named: the Conversation's own customer it is", async () => {
      await talks.withAgent(customer);
      await talks.writes(other, "Hello");
      await call({ Identity: other, UniqueName: `${other}.1`, chat_id: other, Body: "Hi" });
      expect([bodies(), talks.heard(other)]).toEqual([["Hi"], []]);
    });
  });
});

it("says nothing in Conversations of Twilio's channels", async () => {
  await centre.bindToWebhook();
  await centre.customerSends("Hello");
  const sid = centre.state().conversations[0]?.sid ?? "";
  const fields = { EventType: "onMessageAdded", ConversationSid: sid, MessageSid: newMessage(), Author: "ada" };
  expect((await talks.call("/relay/message-added", fields)).body).toEqual({ status: "ignored" });
});
