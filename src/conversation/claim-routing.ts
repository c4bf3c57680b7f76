import type { Logger } from "../runtime/log";
import type { TwilioClient } from "../runtime/twilio-client";
import type { RoutedInteraction } from "../twilio/interactions";
import { findOpenTask } from "../twilio/taskrouter";
import {
  type ConversationDocument,
  claimed,
  createState,
  mayRoute,
  opened,
  readState,
  type Versioned,
  writeState,
} from "./state";

/** What claiming needs of a Function's services. */
export interface Desk {
  twilio: TwilioClient;
  log: Logger;
  now(): Date;
  env: { FLEX_WORKSPACE_SID: string };
}

/** How asking for the right to create the Interaction ended. */
export type Claim =
  | { outcome: "claimed"; state: Versioned | undefined }
  | { outcome: "open"; routed: RoutedInteraction | undefined }
  | { outcome: "busy" };

/** Longer than a Function may run, so that a claim that has passed belongs to nobody alive. */
export const CLAIM_SECONDS = 15;
const TRIES = 4;

/**
 * Asks for the right to route a Conversation. Of any number of callers one gets it; the others hear that it is `open`
 * already or that somebody is `busy` with it. A dead claim is settled by a Task query before it is taken over.
 */
export async function claimRouting(desk: Desk, conversationSid: string, owner: string): Promise<Claim> {
  try {
    return await claim(desk, conversationSid, owner);
  } catch {
    desk.log.warn("state_unavailable", { conversationSid });
    return claimWithoutState(desk, conversationSid, owner);
  }
}

async function claim(desk: Desk, conversationSid: string, owner: string): Promise<Claim> {
  const { twilio, now } = desk;
  const wanted = (before: Partial<ConversationDocument>) =>
    claimed(before, { owner, now: now(), seconds: CLAIM_SECONDS });
  const made = await createState(twilio, conversationSid, wanted({}));
  if (made) return { outcome: "claimed", state: made };
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const found = await readState(twilio, conversationSid);
    if (!found) break;
    const step = mayRoute(found.document, owner, now());
    if (step === "busy") return { outcome: "busy" };
    if (step === "open") return { outcome: "open", routed: routedOf(found.document) };
    if (step === "settle") {
      const routed = await settle(desk, conversationSid, found);
      if (routed) return { outcome: "open", routed };
    }
    const taken = await writeState(twilio, conversationSid, wanted(found.document), found.revision);
    if (taken) return { outcome: "claimed", state: taken };
  }
  return { outcome: "busy" };
}

/** Whether an Interaction exists although the Document does not say so; if it does, the Document is brought up to date. */
export async function settle(
  desk: Desk,
  conversationSid: string,
  { document, revision }: Versioned,
): Promise<RoutedInteraction | undefined> {
  const routed = await findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, conversationSid);
  if (routed) await writeState(desk.twilio, conversationSid, opened(document, routed), revision);
  return routed;
}

/** Sync does not answer: once more, then the Task query alone decides. A customer is not left alone for want of a lock. */
async function claimWithoutState(desk: Desk, conversationSid: string, owner: string): Promise<Claim> {
  try {
    return await claim(desk, conversationSid, owner);
  } catch {
    desk.log.error("routing_unguarded", { conversationSid });
    const routed = await findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, conversationSid);
    return routed ? { outcome: "open", routed } : { outcome: "claimed", state: undefined };
  }
}

export function routedOf({ interactionSid, channelSid, taskSid }: ConversationDocument): RoutedInteraction | undefined {
  return interactionSid && channelSid && taskSid ? { interactionSid, channelSid, taskSid } : undefined;
}
