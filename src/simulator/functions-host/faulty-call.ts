import type { About } from "../faults";
import type { Fault } from "../faults/fault";
import { suffer } from "../faults/suffer";
import type { Answer } from "./call-worker";
import { Refusal } from "./refusal";
import type { WorkerProcess } from "./worker-process";

/** What can go wrong on purpose with the calls of Functions. */
export interface Mishaps {
  /** The fault that strikes a call of `function /path`, if any was ordered. */
  meet(operation: string, about: About): Fault | undefined;
  /** In which process each call runs, by its invocation, for whoever is to kill one. */
  readonly workers: Map<string, WorkerProcess>;
}

/** Passes a call on; tells in which worker it runs. */
type PassOn = (onWorker: (worker: WorkerProcess) => void) => Promise<Answer>;

/** A connection that ends without an answer. */
export const RESET: Answer = { status: 0, headers: {}, body: Buffer.alloc(0) };

/** Calls a Function with whatever fault strikes it. A crash takes all that runs in the same process. */
export async function callWithMishaps(
  mishaps: Mishaps | undefined,
  path: string,
  about: About & { invocation: string },
  passOn: PassOn,
): Promise<Answer> {
  const fault = mishaps?.meet(`function ${path}`, about);
  let worker: WorkerProcess | undefined;
  const run = async () => {
    try {
      return await passOn((taken) => {
        worker = taken;
        mishaps?.workers.set(about.invocation, taken);
        if (fault?.kind === "crash before") void taken.kill();
      });
    } finally {
      mishaps?.workers.delete(about.invocation);
    }
  };
  return suffer(fault, run, {
    refusal: ({ status, message }, headers) => new Refusal(status, message, headers).answer(),
    reset: () => RESET,
    malformed: ({ headers }) => ({ status: 200, headers, body: Buffer.from('{"status":') }),
    async crash() {
      if (!worker) return run();
      await worker.kill();
      return ended();
    },
  });
}

/** What a caller gets whose Function is gone. */
export function ended(): Answer {
  return new Refusal(500, "The Function ended without an answer").answer();
}
