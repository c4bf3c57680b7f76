import { ApiError } from "./server/api-error";

/** Something that goes wrong on purpose: the next `times` uses of one operation are refused. */
export interface Fault {
  /** An operation of Twilio's OpenAPI documents (`CreateInteraction`), `function /path`, or `widget send-to-flex`. */
  operation: string;
  status: number;
  code?: number;
  times?: number;
}

export interface Faults {
  add(fault: Fault): void;
  /** Throws what was ordered for this operation, if anything was. */
  strike(operation: string): void;
  clear(): void;
}

export function createFaults(): Faults {
  let ordered: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => ordered.push({ fault, left: fault.times ?? 1 }),
    strike(operation) {
      const hit = ordered.find(({ fault, left }) => fault.operation === operation && left > 0);
      if (!hit) return;
      hit.left -= 1;
      ordered = ordered.filter(({ left }) => left > 0);
      const { status, code } = hit.fault;
      throw new ApiError(status, code ?? (status === 429 ? 20429 : 20500), "A fault ordered by a lever");
    },
    clear() {
      ordered = [];
    },
  };
}
