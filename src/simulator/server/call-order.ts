import type { IncomingMessage } from "node:http";
import { CALL_HEADER, INVOCATION_HEADER } from "../redirect/invocation";

/** How far the calls of one Function call have come. */
interface Lane {
  next: number;
  waiting: Map<number, () => void>;
}

type InTurn = (request: IncomingMessage, serve: () => Promise<void>) => Promise<void>;

/** A call that was made and never arrives, since its connection failed, holds up those behind it no longer than this. */
const PATIENCE_MS = 3_000;
const REMEMBERED = 1_000;

/** Serves the calls of each Function one after another in the order in which it made them, whichever arrives first. */
export function callOrder(): InTurn {
  const lanes = new Map<string, Lane>();

  function laneOf(invocation: string): Lane {
    const known = lanes.get(invocation);
    if (known) return known;
    const lane = { next: 1, waiting: new Map<number, () => void>() };
    lanes.set(invocation, lane);
    const [oldest] = lanes.keys();
    if (lanes.size > REMEMBERED && oldest) lanes.delete(oldest);
    return lane;
  }

  return async (request, serve) => {
    const invocation = request.headers[INVOCATION_HEADER];
    const call = Number(request.headers[CALL_HEADER]);
    if (typeof invocation !== "string" || !call) return serve();
    const lane = laneOf(invocation);
    await turnOf(lane, call);
    try {
      await serve();
      // Its answer is on its way before the next is looked at.
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      lane.next = Math.max(lane.next, call + 1);
      lane.waiting.get(lane.next)?.();
    }
  };
}

function turnOf({ next, waiting }: Lane, call: number): Promise<void> {
  if (call <= next) return Promise.resolve();
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      waiting.delete(call);
      resolve();
    };
    const timer = setTimeout(go, PATIENCE_MS);
    waiting.set(call, go);
  });
}
