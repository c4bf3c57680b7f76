import { NO_FLOW_ON_OURS, useContactCentre } from "../../support/contact-centre";
import { useCustomChannel } from "../../support/custom-channel";

describe.each(["telegram", "viber"] as const)("an event that %s brings again", (channel) => {
  const centre = useContactCentre(NO_FLOW_ON_OURS);
  const { bring, message, nextId, says, said, identity, live, pointer } = useCustomChannel(centre, channel);
  const openTasks = () => centre.tasks().filter(({ status }) => ["pending", "reserved", "assigned"].includes(status));
  const before = (seconds: number) => new Date(centre.simulator.clock.now().getTime() - seconds * 1000);
  const crash = (operation: string, kind: "crash after" | "crash before" | "reset after" = "crash after", after = 0) =>
    centre.simulator.world().faults.add({ operation, kind, after });

  async function again(event: object, seconds = 10): Promise<number> {
    await centre.simulator.settled();
    await centre.simulator.advance(seconds);
    const status = await bring(event);
    await centre.simulator.settled();
    return status;
  }

  it("is posted once, however often it comes", async () => {
    const event = message("Hello");
    await bring(event);
    expect(await again(event)).toBe(200);
    expect(await again(event, 3600)).toBe(200);
    expect(said()).toEqual([["Hello"]]);
    expect(openTasks()).toHaveLength(1);
  });

  it("for the first time, long after it was written, is posted", async () => {
    expect(await says("Hello", { at: before(3600) })).toBe(200);
    expect(said()).toEqual([["Hello"]]);
  });

  it("into a Conversation that was closed meanwhile opens no other", async () => {
    const event = message("Hello");
    await bring(event);
    await centre.simulator.settled();
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.agent(agent, "complete");
    await centre.simulator.advance(5);
    expect(await again(event)).toBe(200);
    expect(said()).toEqual([["Hello"]]);
  });

  it.each([
    "FetchDocument",
    "CreateConversation",
    "CreateConversationParticipant",
    "CreateConversationScopedWebhook",
    "CreateConversationMessage",
    "CreateDocument",
  ])("after the first call died at %s is posted once, in one whole Conversation", async (operation) => {
    const event = message("Hello", { who: 7, id: nextId() });
    crash(operation);
    await bring(event);
    expect(await again(event)).toBe(200);
    expect(said(7)).toEqual([["Hello"]]);
    expect(
      live(7)[0]
        ?.webhooks.map(({ url }) => new URL(url ?? "").pathname)
        .sort(),
    ).toEqual(["/inbound/message-added", "/relay/message-added"]);
    expect(pointer(7)).toMatchObject({ conversation: live(7)[0]?.sid, n: 1 });
    // A claim to route may have died, too.
    await centre.simulator.advance(21 * 60);
    expect(openTasks()).toHaveLength(1);
  });

  it("need not come: a customer's next message repairs what the first call left", async () => {
    crash("CreateConversationScopedWebhook");
    await bring(message("Hello", { who: 8 }));
    await centre.simulator.advance(60);
    expect(await says("Hello?", { who: 8 })).toBe(200);
    expect(said(8)).toEqual([["Hello?"]]);
    expect(live(8)[0]?.webhooks).toHaveLength(2);
    expect(openTasks()).toHaveLength(1);
  });

  it("is not asked for when Twilio took the Message and its answer was lost", async () => {
    await says("Hello");
    centre.simulator.world().faults.add({ operation: "CreateConversationMessage", kind: "reset after" });
    expect(await says("Again")).toBe(200);
    expect(said()).toEqual([["Hello", "Again"]]);
  });

  it("is asked for while Twilio takes no Messages, and then posted", async () => {
    await says("Hello");
    centre.twilioFails("CreateConversationMessage", 503, 20);
    const event = message("Again");
    expect(await bring(event)).toBe(503);
    centre.simulator.world().faults.clear();
    expect(await again(event)).toBe(200);
    expect(said()).toEqual([["Hello", "Again"]]);
  });

  it("is not asked for when Twilio will never take it: the agent reads that there was something", async () => {
    await says("Hello");
    centre.twilioFails("CreateConversationMessage", 400);
    expect(await says("Odd")).toBe(200);
    expect(said()).toEqual([["Hello", "[A message was sent. Twilio did not take it.]"]]);
  });

  it("is not asked for when Twilio takes no word of it", async () => {
    await says("Hello");
    centre.twilioFails("CreateConversationMessage", 400, 2);
    expect(await says("Odd")).toBe(200);
    expect(said()).toEqual([["Hello"]]);
  });

  it("a second after its call died between the post and the pointer is posted once", async () => {
    const event = message("Hello", { who: 10 });
    crash("CreateDocument", "crash before");
    await bring(event);
    await again(event, 1);
    expect(said(10)).toEqual([["Hello"]]);
    // A claim to route may have died, too.
    await centre.simulator.advance(21 * 60);
    expect(openTasks()).toHaveLength(1);
  });

  it("that tells nothing we carry is taken", async () => {
    const event =
      channel === "telegram" ? { update_id: 5, poll: {} } : { event: "webhook", timestamp: 1, message_token: 2 };
    expect(await bring(event)).toBe(200);
    expect(centre.state().conversations).toEqual([]);
    expect(identity()).toMatch(new RegExp(`^${channel}_`));
  });
});
