import { createAlarmQueue } from "./alarm-queue";

/**
 * The one clock of the simulated world: the machine's own time plus an offset that grows when somebody advances it, or a
 * time that stands still until then. Hosted Functions follow it, so everybody reads the same time.
 */
export interface Clock {
  /** Milliseconds since the epoch, in simulated time. */
  ms(): number;
  now(): Date;
  /** Simulated time less the machine's time, in milliseconds. */
  offset(): number;
  /** Whether time goes on by itself. */
  readonly standsStill: boolean;
  /** Runs `action` once, `delayMs` of simulated time from now. */
  schedule(delayMs: number, action: () => void | Promise<void>): Alarm;
  /** The same, at a moment of simulated time. */
  at(dueAt: number, action: () => void | Promise<void>): Alarm;
  /**
   * Moves the clock forward, ringing every alarm on the way in its order, each at its own time. Whoever advances while
   * another does comes after them.
   */
  advance(ms: number): Promise<void>;
  /** Puts the clock to a time, earlier or later, with no alarm that would have to ring on the way. */
  set(time: number): void;
  onAdvance(listener: (offset: number) => void): void;
  /** Forgets every alarm; the time stays. */
  clear(): void;
}

export interface Alarm {
  readonly dueAt: number;
  cancel(): void;
}

interface PendingAlarm extends Alarm {
  order: number;
  action: () => void | Promise<void>;
}

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * `settled` is awaited between two alarms of an advance, so that what the first set off is over before the next. With
 * `standsAt` the clock stands still there.
 */
export function createClock(settled: () => Promise<void>, standsAt?: number): Clock {
  const standsStill = standsAt !== undefined;
  const start = standsAt ?? 0;
  const base = standsStill ? () => start : () => Date.now();
  let offset = 0;
  let order = 0;
  let advancing = false;
  let wakeUp: NodeJS.Timeout | undefined;
  let lastAdvance: Promise<void> = Promise.resolve();
  const alarms = createAlarmQueue<PendingAlarm>();
  const listeners: ((offset: number) => void)[] = [];
  const ms = () => base() + offset;
  const next = alarms.first;

  function moveTo(time: number) {
    setOffset(Math.max(offset, time - base()));
  }

  function setOffset(to: number) {
    offset = to;
    for (const listener of listeners) listener(offset);
  }

  function arm() {
    clearTimeout(wakeUp);
    const alarm = next();
    if (!alarm || advancing || (standsStill && alarm.dueAt > ms())) return;
    wakeUp = setTimeout(ring, Math.min(Math.max(0, alarm.dueAt - ms()), LONGEST_TIMEOUT_MS));
    wakeUp.unref();
  }

  async function ring() {
    for (let alarm = next(); alarm && alarm.dueAt <= ms() && !advancing; alarm = next()) {
      alarms.remove(alarm);
      await alarm.action();
    }
    arm();
  }

  async function advance(by: number) {
    const target = ms() + by;
    advancing = true;
    try {
      await settled();
      for (let alarm = next(); alarm && alarm.dueAt <= target; alarm = next()) {
        alarms.remove(alarm);
        moveTo(alarm.dueAt);
        await alarm.action();
        await settled();
      }
      moveTo(target);
    } finally {
      advancing = false;
      arm();
    }
  }

  function at(dueAt: number, action: PendingAlarm["action"]): Alarm {
    order += 1;
    const alarm: PendingAlarm = {
      ...{ order, action, dueAt },
      cancel() {
        alarms.remove(alarm);
        arm();
      },
    };
    alarms.add(alarm);
    arm();
    return alarm;
  }

  return {
    ms,
    now: () => new Date(ms()),
    offset: () => (standsStill ? ms() - Date.now() : offset),
    standsStill,
    at,
    schedule: (delayMs, action) => at(ms() + delayMs, action),
    advance(by) {
      const turn = lastAdvance.then(() => advance(by));
      lastAdvance = turn.catch(() => undefined);
      return turn;
    },
    set(time) {
      setOffset(time - base());
      arm();
    },
    onAdvance: (listener) => listeners.push(listener),
    clear() {
      clearTimeout(wakeUp);
      alarms.clear();
    },
  };
}
