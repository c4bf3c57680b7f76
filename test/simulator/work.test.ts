import { createWork } from "../../src/simulator/work";

it("is settled at once when nothing is under way", async () => {
  await createWork(fail).settled();
});

it("settles only when all that is under way has ended", async () => {
  const work = createWork(fail);
  const ended: string[] = [];
  work.later(() => void ended.push("first"));
  work.later(async () => {
    await turn();
    ended.push("second");
  });
  await work.settled();
  expect(ended).toEqual(["first", "second"]);
});

it("waits for work that other work begins, also a turn later", async () => {
  const work = createWork(fail);
  const ended: string[] = [];
  work.later(() => {
    setImmediate(() => work.later(() => void ended.push("begun later")));
  });
  await work.settled();
  expect(ended).toEqual(["begun later"]);
});

it("starts later work outside the caller's turn", async () => {
  const work = createWork(fail);
  let started = false;
  work.later(() => {
    started = true;
  });
  await Promise.resolve();
  expect(started).toBe(false);
  await work.settled();
});

it("hands over what tracked work comes to, and its failure", async () => {
  const work = createWork(fail);
  await expect(work.track(Promise.resolve("done"))).resolves.toBe("done");
  await expect(work.track(Promise.reject(new Error("no")))).rejects.toThrow("no");
  await work.settled();
});

it("reports later work that fails, and settles all the same", async () => {
  const failures: unknown[] = [];
  const work = createWork((failure) => failures.push(failure));
  work.later(() => {
    throw new Error("no");
  });
  await work.settled();
  expect(failures).toEqual([new Error("no")]);
});

it("begins each when the one before has ended, where it is told to, also after one that failed", async () => {
  const failures: unknown[] = [];
  const work = createWork((failure) => failures.push(failure), true);
  const steps: string[] = [];
  work.later(async () => {
    steps.push("first begins");
    await turn();
    await turn();
    steps.push("first ends");
    throw new Error("no");
  });
  work.later(() => void steps.push("second"));
  await work.settled();
  expect(steps).toEqual(["first begins", "first ends", "second"]);
  expect(failures).toHaveLength(1);
});

function fail(failure: unknown): void {
  throw failure;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
