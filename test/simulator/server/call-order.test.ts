import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { callOrder } from "../../../src/simulator/server/call-order";

it("serves the calls of a Function in the order in which it made them, one after another", async () => {
  const { arrives, steps } = arrivals();
  await Promise.all([arrives("RQ1", 2), arrives("RQ1", 3), arrives("RQ1", 1)]);
  expect(steps).toEqual(["RQ1 1 begins", "RQ1 1 ends", "RQ1 2 begins", "RQ1 2 ends", "RQ1 3 begins", "RQ1 3 ends"]);
});

it("lets calls of other Functions, and of others than Functions, pass", async () => {
  const { arrives, steps } = arrivals();
  const waiting = arrives("RQ1", 2);
  await arrives("RQ2", 1);
  await arrives();
  expect(steps).toEqual(["RQ2 1 begins", "RQ2 1 ends", "undefined undefined begins", "undefined undefined ends"]);
  await arrives("RQ1", 1);
  await waiting;
});

it("goes on after a call that failed", async () => {
  const { arrives, steps } = arrivals();
  const failed = arrives("RQ1", 1, new Error("no"));
  await Promise.all([expect(failed).rejects.toThrow("no"), arrives("RQ1", 2)]);
  expect(steps).toContain("RQ1 2 ends");
});

it("does not wait for ever for a call that never arrives", async () => {
  const { arrives, steps } = arrivals();
  await arrives("RQ1", 2);
  expect(steps).toEqual(["RQ1 2 begins", "RQ1 2 ends"]);
});

function arrivals() {
  const inTurn = callOrder();
  const steps: string[] = [];
  return {
    steps,
    arrives(invocation?: string, call?: number, failure?: Error) {
      const request = new IncomingMessage(new Socket());
      if (invocation)
        Object.assign(request.headers, { "i-twilio-invocation": invocation, "i-twilio-call": String(call) });
      return inTurn(request, async () => {
        steps.push(`${invocation} ${call} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        if (failure) throw failure;
        steps.push(`${invocation} ${call} ends`);
      });
    },
  };
}
