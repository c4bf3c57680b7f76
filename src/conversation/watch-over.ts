import { findCustomer, setTimers } from "../twilio/conversations";
import { isExecutionActive } from "../twilio/studio";
import { findOpenTask } from "../twilio/taskrouter";
import { claimOf, settle } from "./claim-routing";
import type { Desk } from "./desk";
import { routeAgain } from "./route-again";
import { timersFor } from "./route-to-flex";
import { type ConversationDocument, isAlive, type Routing } from "./state";
import { happen, readState, type Versioned } from "./state-store";
import { succeed } from "./succeed";

/** A Conversation was closed, by Flex, by us, or by its timer: late Messages go to a successor. */
export async function conversationClosed(desk: Desk, conversationSid: string, at: Date): Promise<void> {
  const closed = await happen(desk.twilio, conversationSid, () => ({ type: "conversationClosed" }));
  if (closed?.document.closingAt) await succeed(desk, conversationSid, closed.document, at);
}

/**
 * The watchdog rang: nothing was said for a while. Whoever should have the customer is looked for; somebody who waits is
 * watched further, and a customer whom nobody has is routed.
 */
export async function watchOver(desk: Desk, conversationSid: string): Promise<void> {
  const known = await readState(desk.twilio, conversationSid);
  if (!known) return;
  const owner = `watchdog.${conversationSid}`;
  switch (known.document.state) {
    case "flow":
      return (await flowWaits(desk, known.document))
        ? rewind(desk, conversationSid)
        : route(desk, conversationSid, known, owner);
    case "routing":
      return isAlive(known.document, desk.now())
        ? rewind(desk, conversationSid)
        : route(desk, conversationSid, known, owner);
    case "open": {
      const task = await findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, conversationSid);
      if (!task) return route(desk, conversationSid, known, owner);
      // An agent who has the customer needs no watching; one who waits in a queue does.
      return task.status === "pending" || task.status === "reserved" ? rewind(desk, conversationSid) : undefined;
    }
    case "closing":
      await succeed(desk, conversationSid, known.document, desk.now());
      return;
  }
}

async function flowWaits(desk: Desk, { flowSid, executionSid }: ConversationDocument): Promise<boolean> {
  return flowSid !== undefined && executionSid !== undefined && isExecutionActive(desk.twilio, flowSid, executionSid);
}

const rewind = (desk: Desk, conversationSid: string) => setTimers(desk.twilio, conversationSid, timersFor(), true);

async function route(desk: Desk, conversationSid: string, known: Versioned, owner: string): Promise<void> {
  if (known.document.state !== "open" && (await settle(desk, conversationSid, known)))
    return rewind(desk, conversationSid);
  const { document } = known;
  const claim = await happen(
    desk.twilio,
    conversationSid,
    (now) => (now === document ? { type: "claimed", ...claimOf(desk, owner) } : undefined),
    known,
  );
  if (!claim) return;
  const routing = document.routing ?? (await routingOf(desk, conversationSid));
  if (!routing) return;
  await routeAgain(desk, conversationSid, claim, routing, owner);
  await rewind(desk, conversationSid);
}

async function routingOf(desk: Desk, conversationSid: string): Promise<Routing | undefined> {
  const customer = await findCustomer(desk.twilio, conversationSid);
  return customer && { address: customer.address, attributes: {} };
}
