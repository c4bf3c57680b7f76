interface Due {
  /** When, and which first of those due at the same time. */
  dueAt: number;
  order: number;
}

/** What is due next, found without looking at all the rest: a heap, from which what was taken out is dropped as it comes up. */
export interface AlarmQueue<Alarm extends Due> {
  first(): Alarm | undefined;
  add(alarm: Alarm): void;
  remove(alarm: Alarm): void;
  clear(): void;
}

/** How many that were taken out may lie about, beside as many as are there. */
const ROOM = 64;

export function createAlarmQueue<Alarm extends Due>(): AlarmQueue<Alarm> {
  const there = new Set<Alarm>();
  let heap: Alarm[] = [];

  function rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at], heap[parent])) return;
      swap(at, parent);
      at = parent;
    }
  }

  function sink(): void {
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = isBefore(heap[right], heap[left]) ? right : left;
      if (!isBefore(heap[child], heap[at])) return;
      swap(at, child);
      at = child;
    }
  }

  function swap(a: number, b: number): void {
    const [one, other] = [heap[a], heap[b]];
    if (one && other) [heap[a], heap[b]] = [other, one];
  }

  function dropFirst(): void {
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    heap[0] = last;
    sink();
  }

  return {
    first() {
      for (let [top] = heap; top && !there.has(top); [top] = heap) dropFirst();
      return heap[0];
    },
    add(alarm) {
      there.add(alarm);
      heap.push(alarm);
      rise(heap.length - 1);
    },
    remove(alarm) {
      there.delete(alarm);
      // A sorted list is a heap.
      if (heap.length > 2 * there.size + ROOM) heap = [...there].sort((a, b) => (isBefore(a, b) ? -1 : 1));
    },
    clear() {
      there.clear();
      heap = [];
    },
  };
}

function isBefore(one: Due | undefined, other: Due | undefined): boolean {
  if (!one || !other) return one !== undefined;
  return one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.order < other.order);
}
