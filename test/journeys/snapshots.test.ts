import { type ContactCentre, openContactCentre } from "../../src/cli/offline/contact-centre";
import type { Simulator } from "../../src/simulator/simulator";
import type { Snapshot } from "../../src/simulator/snapshot/snapshot";
import { pictureOf } from "../support/picture";
import { contentOf, type TableMade, tablesMadeBy } from "../support/tables-made";

const CUSTOMER = "+15550101234";
const SENDER = "+15550100100";
const DAY = 86_400;

/** Something that happens, after which the world comes to rest. */
type Step = (simulator: Simulator) => unknown;

const writes =
  (body: string): Step =>
  (simulator) =>
    simulator.customerSends(CUSTOMER, body);

const accepts = (name: string) => (simulator: Simulator) => simulator.agent(name).accept();
const waits = (seconds: number) => (simulator: Simulator) => simulator.advance(seconds);

/** Steps between any two of which somebody may go on elsewhere. */
const plays: Record<string, Step[]> = {
  "an SMS from the menu to the end": [
    writes("Hello"),
    writes("2"),
    accepts("ada"),
    (simulator) => simulator.agent("ada").reply("Which lamp is it?"),
    (simulator) => simulator.world().phones.send({ from: CUSTOMER, to: SENDER, media: [photo] }),
    waits(30),
    (simulator) => simulator.agent("ada").wrapUp(),
    (simulator) => simulator.agent("ada").complete(),
  ],
  "a channel that is left, returned to, paused and handed over": [
    writes("Hello"),
    writes("1"),
    (simulator) => simulator.agent("ada").reject(),
    accepts("grace"),
    waits(60),
    (simulator) => simulator.agent("grace").leave(),
    writes("Are you there?"),
    waits(130),
    (simulator) => simulator.world().taskrouter.setActivity("ada", "Available"),
    (simulator) => simulator.world().taskrouter.setActivity("grace", "Available"),
    (simulator) => simulator.agent(offeredTo(simulator)).accept(),
    (simulator) => simulator.world().interactions.updateChannel(channelOf(simulator), "pause", "closed"),
    waits(DAY),
    (simulator) => simulator.world().interactions.resume(channelOf(simulator)),
    (simulator) => simulator.world().phones.behave(CUSTOMER, { status: "undelivered" }),
    (simulator) => simulator.agent(holderOf(simulator)).complete(),
  ],
  "what no customer sees": [
    (simulator) => simulator.world().sync.createDocument({ uniqueName: "short-lived", data: { $date: 1 }, ttl: 600 }),
    (simulator) => simulator.world().conversations.create({ timers: { inactive: "PT5M", closed: "PT10M" } }),
    (simulator) => simulator.world().flex.startWebChat(webChat(simulator)),
    (simulator) => simulator.world().latency.set("CreateInteraction", 1),
    (simulator) => simulator.world().faults.add({ operation: "CreateInteraction", status: 500, after: 1, times: 2 }),
    (simulator) => simulator.agent("ada").token(),
    waits(400),
  ],
};

let one: ContactCentre;
let other: ContactCentre;
/** As a newcomer finds it. */
let fresh: Snapshot;
beforeAll(async () => {
  one = await openContactCentre({ whenOpen: true, deterministic: true });
  fresh = await one.simulator.snapshot();
  other = await openContactCentre({ deterministic: true, snapshot: fresh });
}, 30_000);
beforeEach(() => one.simulator.restore(fresh));
afterAll(() => Promise.all([one.stop(), other.stop()]));

describe.each(Object.entries(plays))("%s", (_, steps) => {
  it("ends the same from wherever somebody goes on in another simulator, also after all that was due", async () => {
    const cuts: { after: number; snapshot: unknown }[] = [];
    for (const [after, step] of steps.entries()) {
      if (after % 2 === 0) cuts.push({ after, snapshot: JSON.parse(JSON.stringify(await one.simulator.snapshot())) });
      await play(one.simulator, [step]);
    }
    const end = await pictureOf(one.simulator);
    for (const { after, snapshot } of cuts) {
      await other.simulator.restore(snapshot);
      await play(other.simulator, steps.slice(after));
      expect({ after, end: await pictureOf(other.simulator) }).toEqual({ after, end });
    }
    // The longest wait is that of a channel.
    for (const { simulator } of [one, other]) await simulator.advance(200 * DAY);
    expect(await pictureOf(other.simulator)).toEqual(await pictureOf(one.simulator));
  }, 60_000);

  it("has the same happen in the next hour, where somebody goes on in between", async () => {
    for (const [after, step] of steps.entries()) {
      await play(one.simulator, [step]);
      if (after % 3 > 0) continue;
      const snapshot = await one.simulator.snapshot();
      await one.simulator.advance(3600);
      const later = await pictureOf(one.simulator);
      await other.simulator.restore(snapshot);
      await other.simulator.advance(3600);
      expect(await pictureOf(other.simulator)).toEqual(later);
      await one.simulator.restore(snapshot);
    }
  }, 60_000);
});

/** What a world reads out of its rows when it is asked. */
const READ_LATER = /^taskrouter\/parsed\.ts/;

it("forgets no table that something is in, and no index: a new one is kept too, or made anew", async () => {
  const tables = await tablesMadeBy(() => one.simulator.restore(fresh));
  const atFirst = tables.map(({ table }) => contentOf(table));
  for (const steps of [
    plays["what no customer sees"],
    plays["a channel that is left, returned to, paused and handed over"],
  ])
    await play(one.simulator, steps ?? []);
  const snapshot = await one.simulator.snapshot();
  const again = await tablesMadeBy(() => other.simulator.restore(snapshot));
  const changed = tables.filter(({ table, place }, i) => contentOf(table) !== atFirst[i] && !READ_LATER.test(place));
  expect(changed.length).toBeGreaterThan(20);
  expect(changed.map(({ place }) => inWords(again, place))).toEqual(changed.map(({ place }) => inWords(tables, place)));
});

it("shows a customer's file from the other simulator, byte by byte", async () => {
  await one.simulator.world().phones.send({ from: CUSTOMER, to: SENDER, media: [photo] });
  await other.simulator.restore(await one.simulator.snapshot());
  const [row] = other.simulator.state().media;
  const response = await fetch(`http://localhost:${other.simulator.port}/simulator/files/${row?.sha256}`);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(photo.content);
});

it("goes back as well as on, in the simulator that it was taken of, and Functions read that time", async () => {
  await one.simulator.advance(14 * DAY);
  await one.simulator.restore(fresh);
  await play(one.simulator, [writes("Hello"), writes("2")]);
  expect(one.simulator.state().tasks).toHaveLength(1);
  expect(one.simulator.clock.now().toISOString()).toBe(fresh.at);
});

const inWords = (tables: readonly TableMade[], place: string) =>
  `${place} ${contentOf(tables.find((one) => one.place === place)?.table)}`;

const photo = { contentType: "image/jpeg", filename: "lamp.jpg", content: Buffer.from([0xff, 0xd8, 0, 1, 2, 0xff]) };

async function play(simulator: Simulator, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    await step(simulator);
    await simulator.settled();
  }
}

function offeredTo(simulator: Simulator): string {
  const { reservations, workers } = simulator.state();
  const pending = reservations.find(({ status }) => status === "pending");
  return workers.find(({ sid }) => sid === pending?.workerSid)?.friendlyName ?? "";
}

function holderOf(simulator: Simulator): string {
  const { reservations, workers } = simulator.state();
  const accepted = reservations.find(({ status }) => status === "accepted");
  return workers.find(({ sid }) => sid === accepted?.workerSid)?.friendlyName ?? "";
}

const channelOf = (simulator: Simulator) => simulator.state().channels[0]?.sid ?? "";

function webChat(simulator: Simulator) {
  const { conversations, clock } = simulator.world();
  const dates = { createdAt: clock.now(), updatedAt: clock.now() };
  const [address] = conversations.addresses.values();
  if (!address) throw new Error("The contact centre has no address");
  const sid = address.sid.replace(/.$/, "0");
  conversations.store.addresses.set(sid, { ...address, ...dates, sid, type: "chat", address: "lamps" });
  return { addressSid: sid, customerFriendlyName: "Guest", preEngagementData: '{"page":"lamps"}' };
}
