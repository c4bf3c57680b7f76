import * as z from "zod/mini";
import { refusalOf, type TwilioClient } from "../runtime/twilio-client";

/** What we read of a Conversation. */
export interface ConversationSummary {
  state: string;
  friendlyName: string;
  /** Empty when it has none. */
  uniqueName: string;
  attributes: Record<string, unknown>;
  createdAt: Date;
  chatServiceSid: string;
}

export interface NewConversation {
  uniqueName: string;
  friendlyName?: string;
  attributes: Record<string, unknown>;
  timers: Timers;
}

/** ISO 8601 durations: until it counts as inactive, and from then until it is closed. */
export interface Timers {
  inactive: string;
  closed: string;
}

/** A customer's address and the account's sender they write to. */
export interface AddressPair {
  address: string;
  proxyAddress: string;
}

/** A unique name is taken (50353), or an address pair lives in another Conversation (50416). */
const CONFLICT = 409;

export async function fetchConversation(
  twilio: TwilioClient,
  sidOrName: string,
): Promise<ConversationSummary & { sid: string }> {
  const row = await twilio.conversations.v1.conversations(sidOrName).fetch();
  const { sid, state, friendlyName, uniqueName, attributes, dateCreated: createdAt, chatServiceSid } = row;
  return {
    sid,
    state,
    friendlyName: friendlyName ?? "",
    uniqueName: uniqueName ?? "",
    attributes: readAttributes(attributes),
    createdAt,
    chatServiceSid,
  };
}

/** The SID of a Conversation by its unique name; undefined when there is none. */
export async function findConversation(twilio: TwilioClient, uniqueName: string): Promise<string | undefined> {
  try {
    return (await fetchConversation(twilio, uniqueName)).sid;
  } catch (error) {
    if (refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}

/** Whether an address has written to us before, told by a second Conversation. Bounded: two rows, however long its history. */
export async function hasEarlierConversation(twilio: TwilioClient, address: string): Promise<boolean> {
  const rows = await twilio.conversations.v1.participantConversations.list({ address, limit: 2, pageSize: 2 });
  return rows.length > 1;
}

/** Creates a Conversation under a name of ours; undefined when the name is taken. */
export async function createConversation(
  twilio: TwilioClient,
  wanted: NewConversation,
): Promise<{ sid: string; chatServiceSid: string } | undefined> {
  const { uniqueName, friendlyName } = wanted;
  try {
    const { sid, chatServiceSid } = await twilio.conversations.v1.conversations.create({
      uniqueName,
      ...(friendlyName ? { friendlyName } : {}),
      attributes: JSON.stringify(wanted.attributes),
      state: "active",
      "timers.inactive": wanted.timers.inactive,
      "timers.closed": wanted.timers.closed,
    });
    return { sid, chatServiceSid };
  } catch (error) {
    if (refusalOf(error)?.status === CONFLICT) return undefined;
    throw error;
  }
}

/** Sets the timers. `wake` makes it active again, which starts the inactive timer anew. */
export async function setTimers(
  twilio: TwilioClient,
  sid: string,
  { inactive, closed }: Partial<Timers>,
  wake = false,
): Promise<void> {
  await twilio.conversations.v1.conversations(sid).update({
    ...(wake ? { state: "active" as const } : {}),
    ...(inactive ? { "timers.inactive": inactive } : {}),
    ...(closed ? { "timers.closed": closed } : {}),
  });
}

/** Closes a Conversation, which releases the address pair; closing a closed one is no error. */
export async function closeConversation(twilio: TwilioClient, sid: string): Promise<void> {
  try {
    await twilio.conversations.v1.conversations(sid).update({ state: "closed" });
  } catch (error) {
    if (!isClosedRefusal(error)) throw error;
  }
}

/** A closed Conversation refuses every change: https://www.twilio.com/docs/api/errors/50377 */
export const isClosedRefusal = (error: unknown) => refusalOf(error)?.code === 50377;

export async function deleteConversation(twilio: TwilioClient, sid: string): Promise<void> {
  await ignoreMissing(twilio.conversations.v1.conversations(sid).remove());
}

/** Adds a customer by their address pair; answers the Conversation that holds the pair when another one does (50416). */
export async function addCustomer(
  twilio: TwilioClient,
  sid: string,
  { address, proxyAddress }: AddressPair,
): Promise<{ heldBy?: string }> {
  try {
    await twilio.conversations.v1.conversations(sid).participants.create({
      "messagingBinding.address": address,
      "messagingBinding.proxyAddress": proxyAddress,
    });
    return {};
  } catch (error) {
    const heldBy = refusalOf(error)?.status === CONFLICT && /CH[0-9a-f]{32}/.exec((error as Error).message)?.[0];
    if (!heldBy) throw error;
    return { heldBy };
  }
}

/** Adds somebody by their chat identity; one who is in already is no error (50433). */
export async function addChatMember(twilio: TwilioClient, sid: string, identity: string): Promise<void> {
  try {
    await twilio.conversations.v1.conversations(sid).participants.create({ identity });
  } catch (error) {
    if (refusalOf(error)?.status !== CONFLICT) throw error;
  }
}

/** A Participant takes part by an address pair, or under a chat identity. */
export type Member = AddressPair | { identity: string };

/** Who takes part in a Conversation, closed or not. */
export async function listMembers(twilio: TwilioClient, sid: string): Promise<Member[]> {
  const rows = await twilio.conversations.v1.conversations(sid).participants.list({ limit: 50, pageSize: 50 });
  return rows.flatMap(({ messagingBinding, identity }): Member[] => {
    const parsed = binding.safeParse(messagingBinding);
    if (parsed.success) return [{ address: parsed.data.address, proxyAddress: parsed.data.proxy_address }];
    return identity ? [{ identity }] : [];
  });
}

/** Whether somebody takes part under this identity. */
export async function isMember(twilio: TwilioClient, sid: string, identity: string): Promise<boolean> {
  try {
    return (await twilio.conversations.v1.conversations(sid).participants(identity).fetch()).identity === identity;
  } catch (error) {
    if (refusalOf(error)?.status === 404) return false;
    throw error;
  }
}

const binding = z.object({ address: z.string(), proxy_address: z.string() });
const object = z.record(z.string(), z.unknown());

/** Attributes arrive as JSON text; what is no object counts as empty. */
export function readAttributes(json: string): Record<string, unknown> {
  try {
    const parsed = object.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

/** Lets a removal of what is gone already pass. */
export async function ignoreMissing(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (refusalOf(error)?.status !== 404) throw error;
  }
}

/** Adds to a Conversation's attributes, which Twilio only replaces whole; what is undefined is taken away. */
export async function mergeConversationAttributes(
  twilio: TwilioClient,
  sid: string,
  more: Record<string, unknown>,
): Promise<void> {
  const { attributes } = await fetchConversation(twilio, sid);
  const merged = JSON.stringify({ ...attributes, ...more });
  if (merged !== JSON.stringify(attributes))
    await twilio.conversations.v1.conversations(sid).update({ attributes: merged });
}
