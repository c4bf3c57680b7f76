import { type Answer, callWorker, type FunctionCall } from "./call-worker";
import type { WorkerConfig } from "./messages";
import { type Output, startWorker, type WorkerProcess } from "./worker-process";

export interface PoolOptions {
  workerFile: string;
  /** How many processes share the calls; they share nothing else. */
  processes: number;
  config: WorkerConfig;
  /** A worker whose Function has not ended by then is taken for stuck, and replaced. */
  stuckAfterMs: number;
  output?: Output;
}

export interface Pool {
  /** Calls a Function in the least busy worker. Rejects when that worker ended before it answered. */
  call(call: FunctionCall, onWorker?: (worker: WorkerProcess) => void): Promise<Answer>;
  pids(): Promise<number[]>;
  stop(): Promise<void>;
}

type Watcher = ((worker: WorkerProcess) => void) | undefined;

interface Slot {
  busy: number;
  ready: boolean;
  worker: Promise<WorkerProcess>;
}

/** Starts all workers and waits for them; from then on each that dies is replaced. */
export async function startPool(options: PoolOptions): Promise<Pool> {
  let stopped = false;
  const slots = Array.from({ length: options.processes }, () => launch({ busy: 0 }));

  function launch(target: Partial<Slot>): Slot {
    const worker = startWorker(options.workerFile, options.config, options.output ?? process);
    const slot: Slot = Object.assign(target, { busy: target.busy ?? 0, ready: false, worker });
    worker.then(
      ({ exited }) => {
        slot.ready = slot.worker === worker;
        exited.then(() => replace(slot, worker));
      },
      // Whoever calls next is told, and starts it again.
      () => undefined,
    );
    return slot;
  }

  /** Both the call that fails and the process that exits report a death, in either order. */
  function replace(slot: Slot, dead: Promise<WorkerProcess>): void {
    if (!stopped && slot.worker === dead) launch(slot);
  }

  async function call(slot: Slot, request: FunctionCall, onWorker: Watcher): Promise<Answer> {
    const { worker } = slot;
    let stuck: NodeJS.Timeout | undefined;
    try {
      const process = await worker;
      onWorker?.(process);
      stuck = setTimeout(process.kill, options.stuckAfterMs);
      return await callWorker(process.port, request);
    } catch (failure) {
      replace(slot, worker);
      throw failure;
    } finally {
      clearTimeout(stuck);
    }
  }

  async function stop(): Promise<void> {
    stopped = true;
    const workers = await Promise.allSettled(slots.map(({ worker }) => worker));
    await Promise.all(workers.map((worker) => worker.status === "fulfilled" && worker.value.kill()));
  }

  try {
    await Promise.all(slots.map(({ worker }) => worker));
  } catch (failure) {
    await stop();
    throw failure;
  }

  return {
    async call(request, onWorker) {
      const slot = leastBusy(slots);
      slot.busy += 1;
      try {
        return await call(slot, request, onWorker);
      } finally {
        slot.busy -= 1;
      }
    },
    pids: () => Promise.all(slots.map(async ({ worker }) => (await worker).pid)),
    stop,
  };
}

function leastBusy(slots: readonly Slot[]): Slot {
  const [first] = [...slots].sort((a, b) => Number(b.ready) - Number(a.ready) || a.busy - b.busy);
  if (!first) throw new Error("A pool needs at least one process");
  return first;
}
