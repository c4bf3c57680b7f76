import { closeConversation, fetchConversation, findCustomer, setTimers } from "../twilio/conversations";
import { newestMessages } from "../twilio/messages";
import { listHooks } from "../twilio/scoped-webhooks";
import { isExecutionActive } from "../twilio/studio";
import { findOpenTask } from "../twilio/taskrouter";
import { claimOf, settle } from "./claim-routing";
import { type Desk, MESSAGE_HOOK } from "./desk";
import { routeAgain } from "./route-again";
import { routeToFlex, timersFor } from "./route-to-flex";
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
  const owner = `watchdog.${conversationSid}`;
  if (!known) return adopt(desk, conversationSid, owner);
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
  if (document.sendingUntil && (await isSilent(desk, conversationSid))) return drop(desk, conversationSid);
  const routing = document.routing ?? (await routingOf(desk, conversationSid));
  if (!routing) return;
  await routeAgain(desk, conversationSid, claim, routing, owner);
  await rewind(desk, conversationSid);
}

/** Names of Conversations that we make ourselves. */
const OUR_NAMES = /^(outbound|after)\./;

/**
 * Whoever should have written down who has the customer died before. Ours are Conversations of our making, and those
 * whose Messages we are sent; all others belong to somebody else.
 */
async function adopt(desk: Desk, conversationSid: string, owner: string): Promise<void> {
  const [{ uniqueName }, hooks] = await Promise.all([
    fetchConversation(desk.twilio, conversationSid),
    listHooks(desk.twilio, conversationSid),
  ]);
  const url = desk.urlOf(MESSAGE_HOOK);
  if (!OUR_NAMES.test(uniqueName) && !hooks.some((hook) => hook.url === url)) return;
  if (await isSilent(desk, conversationSid)) return drop(desk, conversationSid);
  const routing = await routingOf(desk, conversationSid);
  if (routing) await routeToFlex(desk, { conversationSid, routing, owner });
}

/** An outbound call died before its message got out: nobody waits, and the address pair is set free. */
async function drop(desk: Desk, conversationSid: string): Promise<void> {
  await closeConversation(desk.twilio, conversationSid);
  await happen(desk.twilio, conversationSid, () => ({ type: "conversationClosed" }));
}

async function isSilent(desk: Desk, conversationSid: string): Promise<boolean> {
  return (await newestMessages(desk.twilio, conversationSid, 1)).length === 0;
}

async function routingOf(desk: Desk, conversationSid: string): Promise<Routing | undefined> {
  const customer = await findCustomer(desk.twilio, conversationSid);
  return customer && { address: customer.address, attributes: {} };
}
