import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, useSimulator } from "../use-simulator";

const MINUTE = 60;

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;
const stateOf = async (sid: string) => (await all()(sid).fetch()).state;

it("becomes inactive when its time without messages is over, and not before", async () => {
  const { sid } = await all().create({ state: "active", "timers.inactive": "PT10M" });
  await sim.simulator.advance(9 * MINUTE);
  expect(await stateOf(sid)).toBe("active");
  await sim.simulator.advance(MINUTE);
  expect(await stateOf(sid)).toBe("inactive");
});

it("closes when it has been inactive for the time of its closed timer", async () => {
  const { sid } = await all().create({ state: "active", "timers.inactive": "PT10M", "timers.closed": "PT20M" });
  await sim.simulator.advance(29 * MINUTE);
  expect(await stateOf(sid)).toBe("inactive");
  await sim.simulator.advance(MINUTE);
  expect(await stateOf(sid)).toBe("closed");
});

it("shows when its next timer is due", async () => {
  const created = await all().create({ state: "active", "timers.inactive": "PT10M", "timers.closed": "PT20M" });
  expect(minutesAfter(created.dateCreated, created.timers.date_inactive)).toBe(10);
  const inactive = await all()(created.sid).update({ state: "inactive" });
  expect(inactive.timers).toEqual({ date_closed: expect.any(String) });
  expect(minutesAfter(inactive.dateUpdated, inactive.timers.date_closed)).toBe(20);
});

it("is kept awake by a message", async () => {
  const { sid } = await all().create({ state: "active", "timers.inactive": "PT10M" });
  await sim.simulator.advance(9 * MINUTE);
  await all()(sid).messages.create({ body: "Hello" });
  await sim.simulator.advance(9 * MINUTE);
  expect(await stateOf(sid)).toBe("active");
});

describe("where messages do not arm the inactive timer anew", () => {
  const other = useSimulator({ switches: { messageRearmsInactiveTimer: false } });

  it("becomes inactive amid messages, and wakes with the next", async () => {
    const { conversations } = other.conversations;
    const { sid } = await conversations.create({ state: "active", "timers.inactive": "PT10M" });
    await other.simulator.advance(9 * MINUTE);
    await conversations(sid).messages.create({ body: "Hello" });
    await other.simulator.advance(MINUTE);
    expect((await conversations(sid).fetch()).state).toBe("inactive");
    await conversations(sid).messages.create({ body: "Still there?" });
    expect((await conversations(sid).fetch()).state).toBe("active");
  });
});

it("is not kept awake by a change of its attributes", async () => {
  const { sid } = await all().create({ state: "active", "timers.inactive": "PT10M" });
  await sim.simulator.advance(9 * MINUTE);
  await all()(sid).update({ attributes: '{"lang":"en"}' });
  await sim.simulator.advance(MINUTE);
  expect(await stateOf(sid)).toBe("inactive");
});

it("counts anew when its timer is set again", async () => {
  const { sid } = await all().create({ state: "active", "timers.inactive": "PT10M" });
  await sim.simulator.advance(9 * MINUTE);
  await all()(sid).update({ "timers.inactive": "PT10M" });
  await sim.simulator.advance(9 * MINUTE);
  expect(await stateOf(sid)).toBe("active");
});

it("stays active when its timer was taken away", async () => {
  const { sid } = await all().create({ state: "active", "timers.inactive": "PT10M" });
  await all()(sid).update({ "timers.inactive": "" });
  await sim.simulator.advance(60 * MINUTE);
  expect(await stateOf(sid)).toBe("active");
});

it("wakes with a customer's message", async () => {
  const { sid } = await all().create();
  await all()(sid).participants.create(PAIR);
  await all()(sid).update({ state: "inactive" });
  await sim.simulator.customerSends(CUSTOMER, "Are you there?");
  expect(await stateOf(sid)).toBe("active");
});

it("does not close any more once it woke", async () => {
  const { sid } = await all().create({ state: "inactive", "timers.closed": "PT10M" });
  await all()(sid).messages.create({ body: "Hello" });
  await sim.simulator.advance(60 * MINUTE);
  expect(await stateOf(sid)).toBe("active");
});

it("takes the account's timers when it has none of its own", async () => {
  await sim.conversations.configuration().update({ defaultInactiveTimer: "PT10M", defaultClosedTimer: "PT20M" });
  const { sid } = await all().create();
  await sim.simulator.advance(10 * MINUTE);
  expect(await stateOf(sid)).toBe("inactive");
});

it("prefers its own timers to the account's", async () => {
  await sim.conversations.configuration().update({ defaultInactiveTimer: "PT10M" });
  const { sid } = await all().create({ state: "active", "timers.inactive": "PT30M" });
  await sim.simulator.advance(20 * MINUTE);
  expect(await stateOf(sid)).toBe("active");
});

it("refuses the state initializing, which only Twilio sets", async () => {
  await expect(all().create({ state: "initializing" })).rejects.toMatchObject({ status: 400, code: 50378 });
});

it.each([
  [{ "timers.inactive": "PT59S" }, 50375],
  [{ "timers.inactive": "10 minutes" }, 50379],
  [{ "timers.closed": "PT9M" }, 50376],
  [{ "timers.closed": "soon" }, 50380],
])("refuses %j", async (timers, code) => {
  await expect(all().create({ state: "active", ...timers })).rejects.toMatchObject({ status: 400, code });
  expect(sim.simulator.state().conversations).toEqual([]);
});

it("refuses bad timers for the account, which would spoil every Conversation", async () => {
  const changing = sim.conversations.configuration().update({ defaultInactiveTimer: "soon" });
  await expect(changing).rejects.toMatchObject({ status: 400, code: 50379 });
  expect(await sim.conversations.configuration().fetch()).toMatchObject({ defaultInactiveTimer: null });
});

it("refuses timers at creation without a state", async () => {
  const creating = all().create({ "timers.inactive": "PT10M" });
  await expect(creating).rejects.toMatchObject({ status: 400, code: 50382 });
});

describe("onConversationStateUpdated", () => {
  it("says that a timer was the reason, at the timer's own time", async () => {
    const { sid } = await watched({ "timers.inactive": "PT10M" });
    await sim.simulator.advance(60 * MINUTE);
    expect(changes()).toEqual([["active", "inactive", "TIMER"]]);
    const { dateCreated } = await all()(sid).fetch();
    expect(minutesAfter(dateCreated, receiver.received[0]?.params.StateUpdated)).toBe(10);
  });

  it("says that a message was the reason", async () => {
    const { sid } = await watched();
    await all()(sid).update({ state: "inactive" });
    await all()(sid).messages.create({ body: "Hello" });
    await sim.simulator.settled();
    expect(changes()).toEqual([["inactive", "active", "EVENT"]]);
  });

  it("says that a REST call was the reason, when the call asks for webhooks", async () => {
    const { sid } = await watched();
    await all()(sid).update({ state: "closed", xTwilioWebhookEnabled: "true" });
    await sim.simulator.settled();
    expect(changes()).toEqual([["active", "closed", "API"]]);
  });

  it("is not sent for a REST call that does not ask for webhooks", async () => {
    const { sid } = await watched();
    await all()(sid).update({ state: "closed" });
    await sim.simulator.settled();
    expect(changes()).toEqual([]);
  });

  it("is not sent when the state stays what it is", async () => {
    const { sid } = await watched();
    await all()(sid).update({ state: "active", xTwilioWebhookEnabled: "true" });
    await sim.simulator.settled();
    expect(changes()).toEqual([]);
  });

  it("is not sent for a Conversation that was deleted before its timer rang", async () => {
    await sim.conversations.configuration.webhooks().update({
      postWebhookUrl: receiver.url(),
      filters: ["onConversationStateUpdated"],
    });
    const { sid } = await watched({ "timers.inactive": "PT10M" });
    await all()(sid).remove();
    await sim.simulator.advance(60 * MINUTE);
    expect(changes()).toEqual([]);
  });

  async function watched(timers: { "timers.inactive"?: string } = {}) {
    const conversation = await all().create({ state: "active", ...timers });
    await all()(conversation.sid).webhooks.create({
      target: "webhook",
      "configuration.url": receiver.url(),
      "configuration.filters": ["onConversationStateUpdated"],
    });
    return conversation;
  }

  function changes() {
    return receiver.received.map(({ params }) => [params.StateFrom, params.StateTo, params.Reason]);
  }
});

function minutesAfter(from: Date, to: unknown): number {
  return Math.round((new Date(String(to)).getTime() - from.getTime()) / 60_000);
}
