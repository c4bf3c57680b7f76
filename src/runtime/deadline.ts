import { DeadlineError } from "./errors";

/** The time a request has left; every call it makes is given no more than that. */
export interface Deadline {
  remainingMs(): number;
  /** Throws DeadlineError when nothing is left. */
  check(): number;
}

/** Measured on the monotonic clock, so that a change of the wall clock neither stretches nor cuts it. */
export function deadlineIn(ms: number): Deadline {
  const end = performance.now() + ms;
  return deadlineOf(() => Math.max(0, end - performance.now()));
}

/** Earlier than another one, so that time is left for what must follow. */
export function deadlineBefore(later: Deadline, ms: number): Deadline {
  return deadlineOf(() => Math.max(0, later.remainingMs() - ms));
}

function deadlineOf(remainingMs: () => number): Deadline {
  return {
    remainingMs,
    check() {
      const left = remainingMs();
      if (left === 0) throw new DeadlineError();
      return left;
    },
  };
}
