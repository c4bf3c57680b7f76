import { createAlarmQueue } from "./alarm-queue";

/**
 * The one clock of the simulated world: the machine's own time plus an offset that grows when somebody advances it.
 * Hosted Functions follow the same offset, so everybody reads the same time.
 */
export interface Clock {
  /** Milliseconds since the epoch, in simulated time. */
  ms(): number;
  now(): Date;
  /** Simulated time less the machine's time, in milliseconds. */
  offset(): number;
  /** Runs `action` once, `delayMs` of simulated time from now. */
  schedule(delayMs: number, action: () => void | Promise<void>): Alarm;
  /**
   * Moves the clock forward, ringing every alarm on the way in its order, each at its own time. Whoever advances while
   * another does comes after them.
   */
  advance(ms: number): Promise<void>;
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

/** `settled` is awaited between two alarms of an advance, so that what the first set off is over before the next. */
export function createClock(settled: () => Promise<void>): Clock {
  let offset = 0;
  let order = 0;
  let advancing = false;
  let wakeUp: NodeJS.Timeout | undefined;
  let lastAdvance: Promise<void> = Promise.resolve();
  const alarms = createAlarmQueue<PendingAlarm>();
  const listeners: ((offset: number) => void)[] = [];
  const ms = () => Date.now() + offset;
  const next = alarms.first;

  function moveTo(time: number) {
    offset = Math.max(offset, time - Date.now());
    for (const listener of listeners) listener(offset);
  }

  function arm() {
    clearTimeout(wakeUp);
    const alarm = next();
    if (!alarm || advancing) return;
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

  return {
    ms,
    now: () => new Date(ms()),
    offset: () => offset,
    schedule(delayMs, action) {
      order += 1;
      const alarm: PendingAlarm = {
        order,
        action,
        dueAt: ms() + delayMs,
        cancel() {
          alarms.remove(alarm);
          arm();
        },
      };
      alarms.add(alarm);
      arm();
      return alarm;
    },
    advance(by) {
      const turn = lastAdvance.then(() => advance(by));
      lastAdvance = turn.catch(() => undefined);
      return turn;
    },
    onAdvance: (listener) => listeners.push(listener),
    clear() {
      clearTimeout(wakeUp);
      alarms.clear();
    },
  };
}
