import { setTimers } from "../twilio/conversations";
import { addMessageHook, type ScopedWebhook } from "../twilio/scoped-webhooks";
import { claimOf, settle } from "./claim-routing";
import { attempt, type Desk, MESSAGE_HOOK } from "./desk";
import { timersFor } from "./route-to-flex";
import { blank, isAlive, next, type StateEvent, type Step } from "./state";
import { createState, happen, readState, type Versioned } from "./state-store";

export interface FlowVisit {
  conversationSid: string;
  /** The customer's address or identity. */
  author: string;
  /** What they wrote; empty for a file without words. */
  body: string;
  flowSid: string;
  executionSid: string;
  /** `start`: a Flow begins. `route`: it is about to hand over, so routing is claimed for its Execution. */
  step: "start" | "route";
}

/**
 * `flow`: the Flow has the customer, and goes on. In all other cases it must end without a word. `open`, `routing`:
 * somebody else has them; `keyword`: they wrote a word that Twilio answers by itself.
 */
export type WhoHasThem = "flow" | "open" | "routing" | "keyword";

export interface Visited {
  who: WhoHasThem;
  /** Where the Flow left the customer before it ended. */
  step?: Step;
}

const TRIES = 3;

/**
 * A Flow says that it has the customer, or that it is about to hand them over. The first visit makes the Conversation
 * ours: its watchdog is set and our hook added, after the Document is there, so that no Message finds the one without the other.
 */
export async function visitFlow(
  desk: Desk,
  visit: FlowVisit,
  lookAtHooks: () => Promise<ScopedWebhook[]>,
): Promise<Visited> {
  const { conversationSid } = visit;
  const hooks = visit.step === "start" ? lookAtHooks() : undefined;
  // Awaited only on a first visit; a failure is of no interest before.
  hooks?.catch(() => undefined);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const found = await readState(desk.twilio, conversationSid);
    if (!found) {
      if (await enter(desk, visit, (await hooks) ?? [])) return { who: "flow" };
      continue;
    }
    const taken = await takenBy(desk, visit, found);
    if (taken) return { who: taken };
    const event = await eventOf(desk, visit, hooks);
    const visited = await happen(
      desk.twilio,
      conversationSid,
      (now) => (now === found.document ? event : undefined),
      found,
    );
    if (visited) return { who: "flow", step: visited.document.step };
  }
  return { who: "routing" };
}

/** The first visit of all; false when somebody else was faster. */
async function enter(desk: Desk, visit: FlowVisit, hooks: ScopedWebhook[]): Promise<boolean> {
  const { conversationSid } = visit;
  const entered = next(blank("flow"), await eventOf(desk, { ...visit, step: "start" }, Promise.resolve(hooks)));
  const document = visit.step === "route" && entered ? next(entered, await eventOf(desk, visit)) : entered;
  if (!document || !(await createState(desk.twilio, conversationSid, document))) return false;
  const url = desk.urlOf(MESSAGE_HOOK);
  const known = hooks.some((hook) => hook.url === url);
  await Promise.all([
    attempt(desk, "timers", conversationSid, setTimers(desk.twilio, conversationSid, timersFor())),
    known
      ? undefined
      : attempt(desk, "message_hook", conversationSid, addMessageHook(desk.twilio, conversationSid, url)),
  ]);
  return true;
}

async function eventOf(desk: Desk, visit: FlowVisit, hooks?: Promise<ScopedWebhook[]>): Promise<StateEvent> {
  const { flowSid, executionSid, step } = visit;
  if (step === "route") return { type: "claimed", ...claimOf(desk, executionSid) };
  const studioHookSid = (await hooks?.catch(() => []))?.find(({ target }) => target === "studio")?.sid;
  return { type: "flowEntered", flowSid, executionSid, ...(studioHookSid ? { studioHookSid } : {}) };
}

/** Whether somebody other than this Flow has the customer. A dead claim is settled first. */
async function takenBy(
  desk: Desk,
  { conversationSid, executionSid }: FlowVisit,
  found: Versioned,
): Promise<WhoHasThem | undefined> {
  const { document } = found;
  if (document.state === "flow" || document.state === "blocked") return undefined;
  if (document.state !== "routing") return "open";
  if (document.owner !== executionSid && isAlive(document, desk.now())) return "routing";
  return (await settle(desk, conversationSid, found)) ? "open" : undefined;
}
