import { startSimulator } from "../../../src/simulator/simulator";
import { putBack } from "../../../src/simulator/snapshot/put-back";
import { fromTagged, toTagged } from "../../../src/simulator/snapshot/tagged-json";
import { useSimulator } from "../use-simulator";

const sim = useSimulator();
const lever = (body: string) =>
  fetch(`http://localhost:${sim.simulator.port}/simulator/snapshot`, { method: "POST", body });
const file = async () => JSON.parse(JSON.stringify(await sim.simulator.snapshot())) as Record<string, unknown>;

it("answers a snapshot as a file to save, and goes on from it when it is posted", async () => {
  const { sid } = await sim.conversations.conversations.create({ uniqueName: "lamps" });
  const saved = await fetch(`http://localhost:${sim.simulator.port}/simulator/snapshot`);
  expect(saved.headers.get("content-disposition")).toBe('attachment; filename="snapshot.json"');
  const text = await saved.text();
  await sim.simulator.reset();
  expect(sim.simulator.state().conversations).toEqual([]);
  expect((await lever(text)).status).toBe(200);
  expect((await sim.conversations.conversations("lamps").fetch()).sid).toBe(sid);
  expect((await sim.conversations.conversations.create()).sid).not.toBe(sid);
});

it("lets time go on from when it was taken, and no timer be overdue", async () => {
  const { sid } = await sim.conversations.conversations.create({ state: "active", "timers.inactive": "PT10M" });
  const saved = await file();
  const takenAt = sim.simulator.clock.ms();
  await sim.simulator.advance(3600);
  expect((await sim.conversations.conversations(sid).fetch()).state).toBe("inactive");
  await sim.simulator.restore(saved);
  expect(Math.abs(sim.simulator.clock.ms() - takenAt)).toBeLessThan(2_000);
  await sim.simulator.advance(590);
  expect((await sim.conversations.conversations(sid).fetch()).state).toBe("active");
  await sim.simulator.advance(11);
  expect((await sim.conversations.conversations(sid).fetch()).state).toBe("inactive");
});

it("takes switches, latency and faults along", async () => {
  sim.world.latency.set("CreateConversation", 1);
  sim.world.faults.add({ operation: "CreateConversation", status: 500 });
  const saved = await file();
  const other = await startSimulator({ snapshot: saved, switches: { inboundSource: "SDK" } });
  expect(other.world().latency.of("CreateConversation")).toBe(1);
  expect(other.world().positions.inboundSource).toBe("channel");
  expect(other.world().faults.meet("CreateConversation")).toMatchObject({ status: 500 });
  await other.stop();
});

describe("what cannot be used is refused, and changes nothing", () => {
  it.each<[string, (saved: Record<string, unknown>) => unknown, RegExp]>([
    ["something else", () => ({ hello: "world" }), /^It is no snapshot: take one with/],
    [
      "another version",
      (saved) => ({ ...saved, version: 2 }),
      /^Its version is 2, and this simulator reads 1: take it anew/,
    ],
    ["half of one", ({ format, version }) => ({ format, version }), /^It was changed by somebody \(at:/],
    ["another account's", (saved) => ({ ...saved, account: "AC2" }), /^It is of account AC2, and this one is AC0/],
    ["one with another seed", (saved) => ({ ...saved, seed: "chairs" }), /start with that one/],
    ["one with other seeds", (saved) => ({ ...saved, seeds: { senders: [] } }), /start with the same --seeds/],
    ["one with other switches", (saved) => ({ ...saved, switches: { unknown: true } }), /^It has other switches \(/],
    ["one with other tables", (saved) => ({ ...saved, tables: {} }), /^It holds other tables than this simulator has/],
  ])("%s", async (_, change, why) => {
    const { sid } = await sim.conversations.conversations.create();
    const response = await lever(JSON.stringify(change(await file())));
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).toMatch(why);
    expect((await sim.conversations.conversations(sid).fetch()).sid).toBe(sid);
  });

  it("a latency that is drawn anew each time, as no file can hold what draws it", async () => {
    sim.world.latency.set("*", () => 1);
    await expect(sim.simulator.snapshot()).rejects.toThrow("holds a function that no file can keep");
  });
});

it("keeps what JSON has not, and what only looks like it", () => {
  const data = {
    at: new Date(0),
    map: new Map([["a", new Set([1])]]),
    bytes: Buffer.from([0, 255]),
    theirs: { $date: 1 },
    absent: undefined,
    nothing: null,
  };
  expect(fromTagged(JSON.parse(JSON.stringify(toTagged(data, "data"))))).toEqual(data);
});

it("puts rows back into the tables that others hold", () => {
  const inner = new Map([["gone", 1]]);
  const table = { inner, list: ["gone"], count: 1, index: inner };
  putBack(table, { inner: new Map([["back", 2]]), list: ["back"], count: 2 }, ["index"]);
  expect([[...inner.keys()], table.inner === inner, table.list, table.count]).toEqual([["back"], true, ["back"], 2]);
});
