import type { EventLog, NewLogEntry } from "./event-log";
import type { Fault, FaultOrder } from "./faults/fault";

/** What goes wrong on purpose. */
export interface Faults {
  add(order: FaultOrder): void;
  /** The fault that strikes this use of an operation, if any does; the event log tells of it. */
  meet(operation: string, about?: About): Fault | undefined;
  clear(): void;
}

/** Whose call it is, for the log. */
export type About = Omit<NewLogEntry, "kind" | "name" | "ms" | "status" | "data">;

interface Ordered {
  fault: Fault;
  toPass: number;
  left: number;
}

export function createFaults(log?: Pick<EventLog, "add">, ordered: Ordered[] = []): Faults {
  return {
    add(order) {
      const fault: Fault = order.kind === undefined ? { ...order, kind: "refused" } : order;
      ordered.push({ fault, toPass: fault.after ?? 0, left: fault.times ?? 1 });
    },
    meet(operation, about = {}) {
      const aimed = ordered.filter(({ fault }) => isAimedAt(fault, operation, about));
      const hit = aimed.find(({ toPass }) => toPass === 0);
      for (const one of aimed) one.toPass = Math.max(0, one.toPass - 1);
      if (!hit) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) ordered.splice(ordered.indexOf(hit), 1);
      const { operation: _, kind, times: __, after: ___, ...rest } = hit.fault;
      log?.add({ kind: "fault", name: `${kind}: ${operation}`, ...about, data: { operation, kind, ...rest } });
      return hit.fault;
    },
    clear() {
      ordered.length = 0;
    },
  };
}

function isAimedAt(fault: Fault, operation: string, { invocation }: About): boolean {
  if (fault.operation === operation) return true;
  return fault.operation === "*" && invocation !== undefined && !/^(function|widget|webhook) /.test(operation);
}
