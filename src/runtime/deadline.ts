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
  const remainingMs = () => Math.max(0, end - performance.now());
  return {
    remainingMs,
    check() {
      const left = remainingMs();
      if (left === 0) throw new DeadlineError();
      return left;
    },
  };
}
