import type { FaultOrder } from "../../src/simulator/faults/fault";

/** What goes wrong, wherever it does. */
type Mishap = FaultOrder extends infer One
  ? One extends FaultOrder
    ? Omit<One, "operation" | "after">
    : never
  : never;

const ANYWHERE: readonly Mishap[] = [
  { kind: "refused", status: 400 },
  { kind: "refused", status: 429, retryAfter: 1 },
  { kind: "refused", status: 503 },
  { kind: "reset before" },
  { kind: "reset after" },
  { kind: "error after", status: 500 },
  { kind: "malformed" },
  { kind: "slow", ms: 300 },
];

/** At any call that a Function makes. */
export const HARMS: readonly Mishap[] = [...ANYWHERE, { kind: "crash before" }, { kind: "crash after" }];

/** At any call that comes from outside. */
export const WEBHOOK_HARMS: readonly Mishap[] = [...ANYWHERE, { kind: "twice" }, { kind: "late", ms: 300 }];

/** `FAULTS=all` plays them all, which takes many minutes. */
export const isWhole = process.env.FAULTS === "all";
