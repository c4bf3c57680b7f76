import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;
const EVENT = "onMessageAdded";

let sid: string;
beforeEach(async () => {
  ({ sid } = await all().create());
  await all()(sid).participants.create(PAIR);
  await all()(sid).webhooks.create({
    target: "webhook",
    "configuration.url": receiver.url(),
    "configuration.filters": [EVENT, "onMessageUpdated"],
  });
});

const tries = () => receiver.of(EVENT).map(({ RetryCount }) => RetryCount);
const heard = () => receiver.of(EVENT).map(({ Body }) => Body);

it.each([429, 500, 503])("is sent once and never again after %d", async (status) => {
  receiver.answer(EVENT, { status });
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  expect(tries()).toEqual(["0"]);
});

describe("with tries", () => {
  beforeEach(() => {
    Object.assign(sim.world.webhookSettings, { postRetryCount: 2, timeoutMs: 40 });
  });

  it.each([429, 503, 504])("is sent again after %d, and counted", async (status) => {
    receiver.answer(EVENT, { status }, { status: 200 });
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(tries()).toEqual(["0", "1"]);
  });

  it("is sent again after a time-out, and given up when its tries are used up", async () => {
    receiver.answer(EVENT, { never: true });
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(tries()).toEqual(["0", "1", "2"]);
    expect(warnings()).toEqual(Array(3).fill("50076: onMessageAdded was not answered in time"));
  });

  it.each([400, 403, 500, 502])("is not sent again after %d", async (status) => {
    receiver.answer(EVENT, { status });
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(tries()).toEqual(["0"]);
  });

  it("comes a second time when its answer was lost on the way", async () => {
    sim.world.faults.add({ operation: `webhook ${EVENT}`, kind: "error after", status: 504 });
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(tries()).toEqual(["0", "1"]);
    expect(receiver.of(EVENT).map(({ MessageSid }) => MessageSid)[0]).toBe(receiver.of(EVENT)[1]?.MessageSid);
  });
});

describe("a fault", () => {
  it("loses one", async () => {
    sim.world.faults.add({ operation: `webhook ${EVENT}`, kind: "reset before" });
    for (const body of ["one", "two"]) await sim.simulator.customerSends(CUSTOMER, body);
    expect(heard()).toEqual(["two"]);
  });

  it("sends one twice", async () => {
    sim.world.faults.add({ operation: `webhook ${EVENT}`, kind: "twice" });
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(heard()).toEqual(["Hello", "Hello"]);
  });

  it("lets a later one overtake", async () => {
    sim.world.faults.add({ operation: `webhook ${EVENT}`, kind: "late", ms: 60 });
    await Promise.all(["one", "two"].map((body) => sim.simulator.customerSends(CUSTOMER, body)));
    expect(heard()).toEqual(["two", "one"]);
  });

  it("strikes the events it is aimed at alone", async () => {
    sim.world.faults.add({ operation: "webhook onMessageUpdated", kind: "twice" });
    const { messageSid } = await sim.simulator.customerSends(CUSTOMER, "Hello");
    await all()(sid).messages(messageSid).update({ body: "Hi", xTwilioWebhookEnabled: "true" });
    await sim.simulator.settled();
    expect(receiver.events()).toEqual([EVENT, "onMessageUpdated", "onMessageUpdated"]);
  });
});

function warnings() {
  return sim.simulator.log.entries.filter(({ kind }) => kind === "warning").map(({ name }) => name);
}
