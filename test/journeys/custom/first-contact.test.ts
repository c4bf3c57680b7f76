import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { NAME, useCustomChannel } from "../../support/custom-channel";

describe.each(["telegram", "viber"] as const)("a customer who writes on %s", (channel) => {
  const centre = useContactCentre(NO_FLOW_ON_OURS);
  const { bring, message, says, said, live, conversations, identity, pointer } = useCustomChannel(centre, channel);
  const open = () => centre.tasks().filter(({ status }) => ["pending", "reserved", "assigned"].includes(status));
  const attributesOf = (json: string | undefined) => JSON.parse(json ?? "{}") as Record<string, unknown>;

  it("for the first time gets a Conversation of their own, and a Task with their name", async () => {
    expect(await says("Hello")).toBe(200);
    const [conversation, ...others] = conversations();
    expect(others).toEqual([]);
    expect(conversation).toMatchObject({ uniqueName: `${identity()}.1`, friendlyName: NAME, state: "active" });
    expect(conversation?.attributes).toEqual({ channel, language: "es" });
    expect(conversation?.messages).toMatchObject([{ author: identity(), body: "Hello" }]);
    expect(pointer()).toMatchObject({ conversation: conversation?.sid, n: 1 });
    expect(open().map(({ attributes }) => attributes)).toMatchObject([
      { customerName: NAME, customerAddress: identity(), channel, language: "es", channelType: "web" },
    ]);
  });

  it("twice goes on in the same Conversation, with the same Task", async () => {
    await says("Hello");
    await says("Anyone there?");
    expect(said()).toEqual([["Hello", "Anyone there?"]]);
    expect(open()).toHaveLength(1);
  });

  it("five times at once makes one Conversation, with one hook of each kind, and one Task", async () => {
    const texts = ["One", "Two", "Three", "Four", "Five"];
    const statuses = await Promise.all(texts.map((text) => bring(message(text))));
    await centre.simulator.settled();
    expect(statuses).toEqual(texts.map(() => 200));
    expect(said().map((all) => all.toSorted())).toEqual([texts.toSorted()]);
    expect(
      live()[0]
        ?.webhooks.map(({ url }) => new URL(url ?? "").pathname)
        .sort(),
    ).toEqual(["/inbound/message-added", "/relay/message-added"]);
    expect(open()).toHaveLength(1);
  });

  it("and is one of two has a Conversation each", async () => {
    await Promise.all([bring(message("Hello", { who: 1 })), bring(message("Hi", { who: 2 }))]);
    await centre.simulator.settled();
    expect([said(1), said(2)]).toEqual([[["Hello"]], [["Hi"]]]);
    expect(open()).toHaveLength(2);
  });

  it("keeps the number and time of each message that the platform gave it", async () => {
    const at = centre.simulator.clock.now();
    await says("Hello", { id: "77", at });
    const { platformId, platformTime } = attributesOf(conversations()[0]?.messages[0]?.attributes);
    expect(platformId).toBe("77");
    expect(Math.abs(Date.parse(String(platformTime)) - at.getTime())).toBeLessThan(1_000);
  });

  it("meets the Flow that the channel is bound to, and no Task before it says so", async () => {
    const flow = centre.state().flows.find(({ friendlyName }) => friendlyName === channel);
    await centre.twilio.sync.v1
      .services("default")
      .documents.create({ uniqueName: `channel.${channel}`, data: { flowSid: flow?.sid } });
    await centre.simulator.advance(61);
    expect(flow).toBeDefined();
    centre.simulator.world().platforms.customer(identity(3))?.send({ body: "Hello" });
    await centre.simulator.settled();
    expect(
      live(3)[0]
        ?.webhooks.map(({ target }) => target)
        .sort(),
    ).toEqual(["studio", "webhook", "webhook"]);
    expect(centre.state().executions).toHaveLength(1);
    expect(open()).toEqual([]);
    const document = centre
      .state()
      .documents.find(({ uniqueName }) => uniqueName === `conversation.${live(3)[0]?.sid}`);
    expect(document?.data).toMatchObject({ state: "flow", flowSid: flow?.sid });
  });

  it("and is on the block list is left alone, message after message", async () => {
    await centre.twilio.sync.v1
      .services("default")
      .documents.create({ uniqueName: "settings", data: { blocked: [identity(4)] } });
    await centre.simulator.advance(61);
    await says("Buy this", { who: 4 });
    await says("Now", { who: 4 });
    expect(said(4)).toEqual([["Buy this", "Now"]]);
    expect(centre.tasks()).toEqual([]);
  });

  it("is found by the watchdog when the hook that routes them has failed", async () => {
    centre.functionFails("/inbound/message-added");
    await says("Hello");
    expect(open()).toEqual([]);
    await centre.simulator.advance(21 * 60);
    expect(open()).toHaveLength(1);
  });

  it("while Sync is down has their message brought again", async () => {
    centre.twilioFails("FetchDocument", 503, 20);
    expect(await says("Hello", { who: 5 })).toBe(503);
    centre.simulator.world().faults.clear();
    expect(await says("Hello", { who: 5 })).toBe(200);
    expect(said(5)).toEqual([["Hello"]]);
    expect(open()).toHaveLength(1);
  });
});
