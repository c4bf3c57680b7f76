/** Counts what is still going on in the world, so that a test or a lever can wait until it has come to rest. */
export interface Work {
  /** Keeps the world busy until the promise ends, whichever way. */
  track<T>(promise: Promise<T>): Promise<T>;
  /** Runs `action` soon, outside the caller's turn, as Twilio's asynchronous parts do. */
  later(action: () => void | Promise<void>): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

export function createWork(onFailure: (failure: unknown) => void): Work {
  let open = 0;
  let waiting: (() => void)[] = [];

  function end() {
    open -= 1;
    if (open > 0) return;
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  }

  const work: Work = {
    async track(promise) {
      open += 1;
      try {
        return await promise;
      } finally {
        end();
      }
    },
    later(action) {
      work.track(new Promise((resolve) => setImmediate(resolve)).then(action)).catch(onFailure);
    },
    async settled() {
      // Work ends in one turn and may begin again in the next (a reply that starts a webhook): look twice.
      while (open > 0) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
  return work;
}
