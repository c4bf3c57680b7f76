import { createEventLog, type EventLog } from "../../src/simulator/event-log";

let log: EventLog;
beforeEach(() => {
  log = createEventLog(() => new Date("2026-11-24T15:00:00Z"));
});

it("numbers its entries and dates them in the world's time", () => {
  log.add({ kind: "clock", name: "advanced" });
  log.add({ kind: "customer", name: "writes", conversationSid: "CH1" });
  expect(log.entries).toEqual([
    { seq: 1, at: "2026-11-24T15:00:00.000Z", kind: "clock", name: "advanced" },
    { seq: 2, at: "2026-11-24T15:00:00.000Z", kind: "customer", name: "writes", conversationSid: "CH1" },
  ]);
});

it("tells its subscribers what comes, until they leave", () => {
  const told: string[] = [];
  const leave = log.subscribe(({ name }) => told.push(name));
  log.add({ kind: "clock", name: "heard" });
  leave();
  log.add({ kind: "clock", name: "unheard" });
  expect(told).toEqual(["heard"]);
});

it("goes on counting after it was cleared, so that a reader misses nothing", () => {
  log.add({ kind: "clock", name: "before" });
  log.clear();
  expect(log.add({ kind: "clock", name: "after" }).seq).toBe(2);
  expect(log.entries.map(({ name }) => name)).toEqual(["after"]);
});
