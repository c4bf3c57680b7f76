/** Counts what is still going on in the world, so that a test or a lever can wait until it has come to rest. */
export interface Work {
  /** Keeps the world busy until the promise ends, whichever way. */
  track<T>(promise: Promise<T>): Promise<T>;
  /** Runs `action` soon, outside the caller's turn, as Twilio's asynchronous parts do. */
  later(action: () => void | Promise<void>): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** `oneByOne`, each `later` begins when the one before has ended. */
export function createWork(onFailure: (failure: unknown) => void, oneByOne = false): Work {
  let open = 0;
  let last: Promise<unknown> = Promise.resolve();
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
      const before = oneByOne ? last : Promise.resolve();
      last = work.track(before.then(nextTurn).then(action)).catch(onFailure);
    },
    async settled() {
      // Work ends in one turn and may begin again in the next (a reply that starts a webhook): look twice.
      while (open > 0) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        await nextTurn();
      }
    },
  };
  return work;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
