import * as z from "zod/mini";
import { channelOfAddress } from "../channels/addresses";
import { customerOf } from "../channels/custom-identity";
import { keywordIn } from "../channels/keywords";
import { isOnBlockList } from "../config/block-list";
import { UNSEEN_SECONDS } from "../config/patience";
import type { TwilioClient } from "../runtime/twilio-client";
import {
  closeConversation,
  createConversation,
  deleteConversation,
  fetchConversation,
  type Member,
  mergeConversationAttributes,
} from "../twilio/conversations";
import { newestMessages, type StoredMessage } from "../twilio/messages";
import { createDocument, readDocument, updateDocument } from "../twilio/sync";
import { mergeTaskAttributes } from "../twilio/taskrouter";
import { carryMessages } from "./carry-messages";
import { claimOf } from "./claim-routing";
import { openSuccessor } from "./custom/open-successor";
import { attempt, type Desk } from "./desk";
import { addressOf, findCustomer, joinCustomer } from "./find-customer";
import { routeToFlex, timersFor } from "./route-to-flex";
import { settingsOf } from "./settings-of";
import type { ConversationDocument } from "./state";
import { happen } from "./state-store";

/** What became of the Messages a customer wrote while their Conversation was closing. */
export type Succession = "none" | "busy" | "done" | "routed" | "linked";

/** Enough to hold what one customer can write while a Conversation closes. */
const LOOKED_AT = 50;

/**
 * Flex closes a finished Conversation by itself, and a customer may write into it meanwhile. Such Messages go on in a
 * successor, once: a new Conversation with the late Messages, the address pair, and an Interaction routed like the last.
 * Where another Conversation holds the pair already, that one is the successor and is linked to this one.
 */
export async function succeed(
  desk: Desk,
  conversationSid: string,
  document: ConversationDocument,
  at: Date,
): Promise<Succession> {
  const since = unseenSince(document, at);
  if ((await lateMessages(desk, conversationSid, since)).length === 0) return "none";
  const owner = nameOf(conversationSid);
  const claim = await claimSuccession(desk, conversationSid);
  if (claim !== "claimed") return claim;
  const customer = await findCustomer(desk.twilio, conversationSid);
  if (!customer) return "none";
  await closeConversation(desk.twilio, conversationSid);
  await attempt(
    desk,
    "state_write",
    conversationSid,
    happen(desk.twilio, conversationSid, () => ({ type: "conversationClosed" })),
  );
  // Once more, now that it is closed and nothing can be added.
  const late = await lateMessages(desk, conversationSid, since);
  const attributes = { previousConversationSid: conversationSid };
  const carry = (to: string, isFresh: boolean) =>
    carryMessages(desk, { from: conversationSid, to, messages: late, isFresh });
  const went = customerOf(addressOf(customer))
    ? await openSuccessor(desk, conversationSid, addressOf(customer), carry)
    : await makeSuccessor(desk, conversationSid, customer, carry);
  if ("heldBy" in went) {
    await link(desk, went.heldBy, conversationSid);
    await finish(desk, conversationSid, went.heldBy);
    return "linked";
  }
  const { successor, isFresh } = went;
  const { attributes: last = {}, priority, timeout } = document.routing ?? {};
  const routing = { address: addressOf(customer), attributes: { ...last, ...attributes }, priority, timeout };
  await routeToFlex(desk, { conversationSid: successor, routing, owner }, { untouched: isFresh });
  await finish(desk, conversationSid, successor);
  desk.log.info("succeeded", { conversationSid, successorSid: successor });
  return "routed";
}

/** Where the late Messages went on: in a successor, or in the Conversation that has the customer by now. */
export type Successor = { successor: string; isFresh: boolean } | { heldBy: string };

/** Puts the late Messages into the successor. */
export type Carry = (to: string, isFresh: boolean) => Promise<void>;

async function makeSuccessor(desk: Desk, conversationSid: string, customer: Member, carry: Carry): Promise<Successor> {
  const uniqueName = nameOf(conversationSid);
  const attributes = { previousConversationSid: conversationSid };
  const created = await createConversation(desk.twilio, { uniqueName, attributes, timers: timersFor() });
  const { sid: successor } = created ?? (await fetchConversation(desk.twilio, uniqueName));
  // Before the customer is in, so that nothing is sent to their phone.
  await carry(successor, created !== undefined);
  const { heldBy } = await joinCustomer(desk.twilio, successor, customer);
  if (!heldBy || heldBy === successor) return { successor, isFresh: created !== undefined };
  await deleteConversation(desk.twilio, successor);
  return { heldBy };
}

/**
 * Since when nobody has seen what the customer wrote: from shortly before the last agent ended their part. Who ended the
 * chat themself expects no answer to what they wrote before. Twilio's dates have whole seconds.
 */
export function unseenSince({ closingAt, goneAt }: ConversationDocument, otherwise: Date): Date {
  const second = (at: number) => Math.floor(at / 1000) * 1000;
  if (goneAt) return new Date(second(Date.parse(goneAt)) + 1000);
  return new Date(second(closingAt ? Date.parse(closingAt) : otherwise.getTime()) - UNSEEN_SECONDS * 1000);
}

/** What the customer wrote since then. */
export async function lateMessages(desk: Desk, conversationSid: string, since: Date): Promise<StoredMessage[]> {
  const [messages, { blocked }] = await Promise.all([
    newestMessages(desk.twilio, conversationSid, LOOKED_AT),
    settingsOf(desk),
  ]);
  return messages.filter(
    (message) =>
      channelOfAddress(message.author) !== undefined &&
      message.createdAt >= since &&
      !keywordIn(message) &&
      !isOnBlockList(blocked, message.author),
  );
}

const successionSchema = z.object({ until: z.string(), successor: z.optional(z.string()) });

/** Names the claim, and the successor itself. */
const nameOf = (conversationSid: string) => `after.${conversationSid}`;

/** The Document `after.<CH>`: whoever creates it makes the successor; a maker who died is replaced. */
async function claimSuccession(desk: Desk, conversationSid: string): Promise<"claimed" | "busy" | "done"> {
  const name = nameOf(conversationSid);
  const mine = { until: claimOf(desk, name).until.toISOString() };
  if (await createDocument(desk.twilio, name, mine)) return "claimed";
  const found = await readDocument(desk.twilio, name);
  if (!found) return "busy";
  const claim = successionSchema.safeParse(found.data);
  if (claim.success && claim.data.successor) return "done";
  if (claim.success && desk.now() < new Date(claim.data.until)) return "busy";
  return (await updateDocument(desk.twilio, name, mine, found.revision)) ? "claimed" : "busy";
}

/** Where a closed Conversation went on: in a successor, or `soon` in one that is just being made. */
export async function successorOf(twilio: TwilioClient, conversationSid: string): Promise<string | undefined> {
  const found = await readDocument(twilio, nameOf(conversationSid));
  const claim = successionSchema.safeParse(found?.data);
  if (!claim.success) return undefined;
  return claim.data.successor ?? "soon";
}

/** Whether nobody else is needed: the successor is there, or somebody alive is making it. */
export async function isSucceeded(desk: Desk, conversationSid: string): Promise<boolean> {
  const found = await readDocument(desk.twilio, nameOf(conversationSid));
  const claim = successionSchema.safeParse(found?.data);
  return claim.success && (claim.data.successor !== undefined || desk.now() < new Date(claim.data.until));
}

async function finish(desk: Desk, conversationSid: string, successor: string): Promise<void> {
  const name = nameOf(conversationSid);
  const found = await readDocument(desk.twilio, name);
  if (found) await updateDocument(desk.twilio, name, { until: desk.now().toISOString(), successor }, found.revision);
}

/** The late Messages stay where they are; whoever works on the Conversation that holds the pair is told where. */
async function link(desk: Desk, conversationSid: string, previous: string): Promise<void> {
  await mergeConversationAttributes(desk.twilio, conversationSid, { previousConversationSid: previous });
  const linked = await happen(desk.twilio, conversationSid, () => ({ type: "linked", previous }));
  const taskSid = linked?.document.state === "open" ? linked.document.taskSid : undefined;
  if (taskSid) {
    await mergeTaskAttributes(desk.twilio, desk.env.FLEX_WORKSPACE_SID, taskSid, { previousConversationSid: previous });
  }
}
