import { type Clock, createClock } from "../../src/simulator/clock";
import { createWork, type Work } from "../../src/simulator/work";

const MINUTE = 60_000;

let work: Work;
let clock: Clock;
let rung: string[];
let start: number;
beforeEach(() => {
  work = createWork((failure) => {
    throw failure;
  });
  clock = createClock(work.settled);
  rung = [];
  start = clock.ms();
});
afterEach(() => clock.clear());

it("rings alarms in the order of their times, whatever order they were set in", async () => {
  for (const minutes of [3, 1, 2]) clock.schedule(minutes * MINUTE, () => ring(`${minutes}`));
  await clock.advance(5 * MINUTE);
  expect(rung).toEqual(["1 at minute 1", "2 at minute 2", "3 at minute 3"]);
});

it("rings alarms of the same time in the order they were set in", async () => {
  for (const name of ["first", "second", "third"]) clock.schedule(MINUTE, () => ring(name));
  await clock.advance(MINUTE);
  expect(rung).toEqual(["first at minute 1", "second at minute 1", "third at minute 1"]);
});

it("rings what an alarm sets, when that falls within the same advance", async () => {
  clock.schedule(MINUTE, () => {
    clock.schedule(MINUTE, () => ring("inner"));
    clock.schedule(10 * MINUTE, () => ring("too late"));
  });
  await clock.advance(5 * MINUTE);
  expect(rung).toEqual(["inner at minute 2"]);
});

it("waits for what an alarm set off before it rings the next", async () => {
  clock.schedule(MINUTE, () => work.later(() => ring("set off by the first")));
  clock.schedule(2 * MINUTE, () => ring("second"));
  await clock.advance(2 * MINUTE);
  expect(rung).toEqual(["set off by the first at minute 1", "second at minute 2"]);
});

it("waits for what was under way before it moves", async () => {
  work.later(() => ring("under way"));
  await clock.advance(MINUTE);
  expect(rung).toEqual(["under way at minute 0"]);
});

it("does not ring an alarm that was cancelled", async () => {
  clock.schedule(MINUTE, () => ring("cancelled")).cancel();
  await clock.advance(2 * MINUTE);
  expect(rung).toEqual([]);
});

it("does not ring an alarm that an earlier one cancels", async () => {
  const later = clock.schedule(2 * MINUTE, () => ring("cancelled"));
  clock.schedule(MINUTE, () => later.cancel());
  await clock.advance(2 * MINUTE);
  expect(rung).toEqual([]);
});

it("does not ring what lies beyond the advance", async () => {
  clock.schedule(3 * MINUTE, () => ring("beyond"));
  await clock.advance(2 * MINUTE);
  expect(rung).toEqual([]);
});

it("rings by itself when an alarm's time comes", async () => {
  await new Promise<void>((resolve) => clock.schedule(0, resolve));
});

it("forgets its alarms when it is cleared, and keeps the time", async () => {
  await clock.advance(MINUTE);
  clock.schedule(MINUTE, () => ring("forgotten"));
  clock.clear();
  await clock.advance(2 * MINUTE);
  expect({ rung, minute: minute() }).toEqual({ rung: [], minute: 3 });
});

it("adds up the advances of two who ask at once", async () => {
  await Promise.all([clock.advance(MINUTE), clock.advance(2 * MINUTE)]);
  expect(minute()).toBe(3);
});

it("goes on after an alarm that failed", async () => {
  clock.schedule(MINUTE, () => {
    throw new Error("the alarm failed");
  });
  await expect(clock.advance(MINUTE)).rejects.toThrow("the alarm failed");
  clock.schedule(MINUTE, () => ring("next"));
  await clock.advance(MINUTE);
  expect(rung).toEqual(["next at minute 2"]);
});

it("tells whoever follows it how far it is ahead", async () => {
  const offsets: number[] = [];
  clock.onAdvance((offset) => offsets.push(offset));
  await clock.advance(MINUTE);
  expect(offsets).toEqual([clock.offset()]);
  expect(Math.round(clock.offset() / MINUTE)).toBe(1);
});

it("is put to another time, earlier too, and rings what is due by that time", async () => {
  clock.at(start + 2 * MINUTE, () => ring("due"));
  clock.set(start - MINUTE);
  await clock.advance(MINUTE);
  expect({ rung, minute: minute() }).toEqual({ rung: [], minute: 0 });
  await clock.advance(2 * MINUTE);
  expect(rung).toEqual(["due at minute 2"]);
});

it("stands still where it is told to, until it is advanced", async () => {
  const still = createClock(work.settled, 1_000);
  still.schedule(5, () => ring("by itself"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([still.ms(), rung]).toEqual([1_000, []]);
  await still.advance(5);
  expect([still.ms(), rung.length]).toEqual([1_005, 1]);
});

function ring(name: string) {
  rung.push(`${name} at minute ${minute()}`);
}

/** Since the test began, to the nearest. */
function minute(): number {
  return Math.round((clock.ms() - start) / MINUTE);
}
