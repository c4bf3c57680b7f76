import type { ApiRequest, Routes } from "../../server/routes";
import type { World } from "../../world";
import type { ConversationRow } from "../rows";
import { findConversation, findService, openConversation, type Store } from "../store";
import { conversationsWire } from "../wire";

export const HOST = "conversations.twilio.com";
const ROOT = `https://${HOST}/v1`;

/** Which service a request speaks of, and in which of the two forms its answer is written. */
export interface Place {
  serviceSid: string;
  /** Whether the path names the service. */
  named: boolean;
  /** What URLs in the answer begin with. */
  root: string;
}

/**
 * Operations exist twice: under `/v1/Services/{IS}`, and without it for the account's default service
 * (https://www.twilio.com/docs/conversations-classic/api/service-resource).
 */
export function inBothForms(routes: Routes): Routes {
  const named = Object.entries(routes).map(([key, handler]) => [
    key.replace(" /v1/", " /v1/Services/:service/"),
    handler,
  ]);
  return { ...routes, ...Object.fromEntries(named) };
}

export function placeOf({ conversations: { store } }: World, { params }: Pick<ApiRequest, "params">): Place {
  const { service } = params;
  const { sid: serviceSid } = findService(store, service ?? store.defaults.chatServiceSid);
  return {
    serviceSid,
    named: service !== undefined,
    root: service === undefined ? ROOT : `${ROOT}/Services/${service}`,
  };
}

/** The Conversation in the path of a request, by SID or unique name. */
export function conversationAt(world: World, { params }: Pick<ApiRequest, "params">): ConversationRow {
  return at(world, params, findConversation);
}

/** The same, for a change: a closed one refuses. */
export function openConversationAt(world: World, { params }: Pick<ApiRequest, "params">): ConversationRow {
  return at(world, params, openConversation);
}

function at(
  world: World,
  params: Record<string, string>,
  find: (store: Store, sidOrName: string, serviceSid: string) => ConversationRow,
): ConversationRow {
  return find(world.conversations.store, String(params.conversation), placeOf(world, { params }).serviceSid);
}

/** Writes the answer of a request in the form in which it was asked. */
export function wireFor(world: World, request: Pick<ApiRequest, "params">) {
  return conversationsWire(world.account, placeOf(world, request));
}
