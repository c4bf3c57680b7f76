import { createAlarmQueue } from "../../src/simulator/alarm-queue";

/** Numbers that are as good as random, and the same each time. */
function scrambled(count: number): number[] {
  let last = 12_345;
  return Array.from({ length: count }, () => {
    last = (last * 1_103_515_245 + 12_345) % 2_147_483_648;
    return last % 1000;
  });
}

it("hands out what is due first, and of those due together what came first", () => {
  const queue = createAlarmQueue<{ dueAt: number; order: number }>();
  const alarms = scrambled(2000).map((dueAt, order) => ({ dueAt, order }));
  for (const alarm of alarms) queue.add(alarm);
  const kept = alarms.filter(({ order }) => order % 3 === 0);
  for (const alarm of alarms) if (!kept.includes(alarm)) queue.remove(alarm);
  const taken = [];
  for (let alarm = queue.first(); alarm; alarm = queue.first()) {
    taken.push(alarm);
    queue.remove(alarm);
  }
  expect(taken).toEqual(kept.toSorted((a, b) => a.dueAt - b.dueAt || a.order - b.order));
});

it("has nothing once it is cleared, and takes up more", () => {
  const queue = createAlarmQueue<{ dueAt: number; order: number }>();
  queue.add({ dueAt: 1, order: 1 });
  queue.clear();
  expect(queue.first()).toBeUndefined();
  queue.add({ dueAt: 2, order: 2 });
  expect(queue.first()).toEqual({ dueAt: 2, order: 2 });
});
