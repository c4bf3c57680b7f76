import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { CUSTOM_CHANNELS, customTalks } from "../../support/custom-talks";

const centre = useContactCentre({ ...NO_FLOW_ON_OURS, processes: 1 });
const talks = customTalks(centre);
const { sweep } = talks;

const SENT_AGAIN = { problem: "not-relayed", action: "send-again", done: true };
const REPORTED = { problem: "not-relayed", action: "report", done: false };

describe.each(CUSTOM_CHANNELS)("on $channel, a reply", ({ customer, says, refusals, came }) => {
  const bodies = () => talks.heard(customer).map(({ body }) => body);
  const failure = () => centre.tasks()[0]?.attributes.deliveryFailure as Record<string, unknown> | undefined;
  const attributes = () => (talks.live(customer)?.attributes ?? {}) as Record<string, unknown>;

  it("to a customer who blocked us is marked so, told to the agent, and noted on the Conversation until they write", async () => {
    const agent = await talks.withAgent(customer);
    talks.fails(says, refusals.unreachable);
    await talks.replies(agent, "Are you there?");
    expect(bodies()).toEqual([]);
    expect(talks.mark(customer, "Are you there?")).toMatchObject({
      relay: { ids: [], of: 1 },
      delivery: { status: "failed", words: expect.stringContaining("until they write again") },
    });
    const [message] = talks.said(customer);
    expect(failure()).toMatchObject({ messageSid: message?.sid, status: "failed", words: expect.any(String) });
    expect(attributes().unreachable).toMatchObject({ at: expect.any(String), words: expect.any(String) });
    await talks.writes(customer, "I am back");
    expect(attributes().unreachable ?? null).toBeNull();
    await centre.simulator.advance(600);
    expect(await sweep()).toEqual([]);
    expect(bodies()).toEqual([]);
  });

  it("that the platform takes a second later waits for that, and goes", async () => {
    const agent = await talks.withAgent(customer);
    talks.fails(says, { ...refusals.rateLimited, retryAfter: 1 });
    await talks.replies(agent, "Patience");
    expect(bodies()).toEqual(["Patience"]);
    expect(talks.mark(customer, "Patience").delivery).toMatchObject({ status: came });
  });

  it("that the platform takes half a minute later is sent by the sweep, in its order, and once", async () => {
    const agent = await talks.withAgent(customer);
    talks.fails(says, { ...refusals.rateLimited, retryAfter: 30 });
    await talks.replies(agent, "Later");
    expect(bodies()).toEqual([]);
    expect(talks.mark(customer, "Later")).toMatchObject({
      relay: { waitUntil: expect.any(String) },
      delivery: undefined,
    });
    expect(await sweep()).toEqual([]);
    await centre.simulator.advance(150);
    expect(await sweep()).toEqual([SENT_AGAIN]);
    expect(bodies()).toEqual(["Later"]);
    expect(talks.mark(customer, "Later").delivery).toMatchObject({ status: came });
    expect(await sweep()).toEqual([]);
    expect(bodies()).toEqual(["Later"]);
  });

  it("that the platform, down for a moment, does not take goes at the second try", async () => {
    const agent = await talks.withAgent(customer);
    talks.fails(says, refusals.unavailable);
    await talks.replies(agent, "Twice");
    expect(bodies()).toEqual(["Twice"]);
    expect(talks.mark(customer, "Twice").delivery).toMatchObject({ status: came });
  });

  it("that the platform, down for longer, does not take goes by the sweep", async () => {
    const agent = await talks.withAgent(customer);
    talks.fails(says, { ...refusals.unavailable, times: 2 });
    await talks.replies(agent, "Later");
    expect(bodies()).toEqual([]);
    await centre.simulator.advance(150);
    expect(await sweep()).toEqual([SENT_AGAIN]);
    expect(bodies()).toEqual(["Later"]);
  });

  it("of several parts goes on where it stopped", async () => {
    const agent = await talks.withAgent(customer);
    const body = Array.from({ length: 600 }, (_, i) => `Sentence number ${i} of a very long answer.`).join(" ");
    talks.fails(says, { ...refusals.rateLimited, retryAfter: 30, after: 1 });
    await talks.replies(agent, body);
    expect(bodies()).toHaveLength(1);
    await centre.simulator.advance(150);
    expect(await sweep()).toEqual([SENT_AGAIN]);
    expect(bodies().join(" ")).toBe(body);
  });

  it("that waits in vain twice fails, and the agent is told", async () => {
    const agent = await talks.withAgent(customer);
    talks.fails(says, { ...refusals.rateLimited, retryAfter: 30, times: 2 });
    await talks.replies(agent, "Never");
    await centre.simulator.advance(150);
    expect(await sweep()).toEqual([SENT_AGAIN]);
    expect(bodies()).toEqual([]);
    expect(failure()).toMatchObject({ status: "failed" });
    expect(await sweep()).toEqual([]);
  });

  it.each(["tooLong", "unauthorized", "refused"] as const)(
    "that fails for good (%s) is told to the agent, and not repeated",
    async (why) => {
      const agent = await talks.withAgent(customer);
      talks.fails(says, refusals[why]);
      await talks.replies(agent, "In vain");
      expect(failure()).toMatchObject({ status: "failed", words: expect.any(String) });
      await centre.simulator.advance(150);
      expect(await sweep()).toEqual([]);
      expect(bodies()).toEqual([]);
    },
  );

  it("of which no clear answer comes is not repeated: the agent is told that it may have arrived", async () => {
    const agent = await talks.withAgent(customer);
    talks.fails(says, { kind: "reset after" });
    await talks.replies(agent, "Perhaps");
    expect(bodies()).toEqual(["Perhaps"]);
    expect(failure()).toMatchObject({ status: "failed", words: expect.stringContaining("may have arrived") });
    await centre.simulator.advance(150);
    expect(await sweep()).toEqual([]);
    expect(bodies()).toEqual(["Perhaps"]);
  });

  it.each(["crash before", "reset before"] as const)("lost on the way (%s) is never doubled", async (kind) => {
    const agent = await talks.withAgent(customer);
    talks.fails(says, { kind });
    await talks.replies(agent, "Lost?");
    await centre.simulator.advance(150);
    const swept = await sweep();
    expect(swept).toEqual(kind === "crash before" ? [SENT_AGAIN] : []);
    expect(bodies()).toEqual(kind === "crash before" ? ["Lost?"] : []);
    if (kind === "reset before") expect(failure()?.words).toContain("may have arrived");
  });

  it("whose process dies before its mark is sent twice: what we say remains", async () => {
    const agent = await talks.withAgent(customer);
    talks.fails(says, { kind: "crash after" });
    await talks.replies(agent, "Twice");
    expect(bodies()).toEqual(["Twice"]);
    await centre.simulator.advance(150);
    expect(await sweep()).toEqual([SENT_AGAIN]);
    expect(bodies()).toEqual(["Twice", "Twice"]);
    expect(await sweep()).toEqual([]);
  });

  it("of which the hook is not told goes with the sweep, and by two sweeps at once only once", async () => {
    const agent = await talks.withAgent(customer);
    centre.functionFails("/relay/message-added");
    await talks.replies(agent, "Unheard");
    expect(bodies()).toEqual([]);
    await centre.simulator.advance(150);
    const both = (await Promise.all([sweep(), sweep()])).flat();
    expect(both).toContainEqual(SENT_AGAIN);
    expect(bodies()).toEqual(["Unheard"]);
  });

  it("that nobody carried within the hour is only reported", async () => {
    const agent = await talks.withAgent(customer);
    centre.functionFails("/relay/message-added");
    await talks.replies(agent, "Old news");
    await centre.simulator.advance(3_700);
    expect(await sweep()).toContainEqual(REPORTED);
    expect(bodies()).toEqual([]);
  });

  it("whose mark Twilio does not take at once is marked all the same", async () => {
    const agent = await talks.withAgent(customer);
    centre.twilioFails("UpdateConversationMessage", 503);
    await talks.replies(agent, "Marked");
    expect(talks.mark(customer, "Marked").delivery).toMatchObject({ status: came });
    expect(bodies()).toEqual(["Marked"]);
  });

  it("in a Conversation that closes meanwhile is remembered as carried", async () => {
    const agent = await talks.withAgent(customer);
    centre.twilioFails("UpdateConversationMessage", 404);
    await talks.replies(agent, "Goodbye");
    const [message] = talks.said(customer);
    const mark = centre.state().documents.find(({ uniqueName }) => uniqueName === `relay.${message?.sid}`);
    expect(mark?.data).toMatchObject({ relay: { of: 1 }, delivery: { status: "sent" } });
    await centre.simulator.advance(150);
    expect(await sweep()).toEqual([]);
    expect(bodies()).toEqual(["Goodbye"]);
  });

  describe("of which the hook is not right", () => {
    const webhooks = () => centre.twilio.conversations.v1.conversations(talks.live(customer)?.sid ?? "").webhooks;
    const hooks = async () =>
      (await webhooks().list()).filter(({ configuration }) =>
        String(configuration?.url).endsWith("/relay/message-added"),
      );

    it("is carried again once the sweep has hung it up", async () => {
      const agent = await talks.withAgent(customer);
      for (const { sid } of await hooks()) await webhooks()(sid).remove();
      await talks.replies(agent, "Nobody hears");
      await centre.simulator.advance(150);
      expect(await sweep()).toEqual([{ problem: "no-relay-hook", action: "add-hook", done: true }, SENT_AGAIN]);
      await talks.replies(agent, "Somebody hears");
      expect(bodies()).toEqual(["Nobody hears", "Somebody hears"]);
    });

    it("is carried once, and the second hook taken down", async () => {
      const agent = await talks.withAgent(customer);
      const [one] = await hooks();
      await webhooks().create({
        target: "webhook",
        "configuration.url": String(one?.configuration?.url),
        "configuration.method": "post",
        "configuration.filters": ["onMessageAdded"],
      });
      await talks.replies(agent, "Once");
      await centre.simulator.advance(150);
      expect(await sweep()).toEqual([{ problem: "relay-hook-twice", action: "remove-hook", done: true }]);
      expect(await hooks()).toHaveLength(1);
      expect(bodies()).toEqual(["Once"]);
    });
  });
});
