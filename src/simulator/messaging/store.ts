import { ApiError, notFound } from "../server/api-error";
import type { MessageRow, MessagingServiceRow, OptOutRow } from "./rows";

/** The rows of Programmable Messaging; the account's numbers are with its senders. */
export interface MessagingStore {
  /** Oldest first. */
  messages: Map<string, MessageRow>;
  services: Map<string, MessagingServiceRow>;
  optOuts: OptOutRow[];
}

export const createStore = (): MessagingStore => ({ messages: new Map(), services: new Map(), optOuts: [] });

export function findMessage(store: MessagingStore, sid: string): MessageRow {
  const row = store.messages.get(sid);
  if (!row) throw notFound(`Messages/${sid}`);
  return row;
}

export function findService(store: MessagingStore, sid: string): MessagingServiceRow {
  const row = store.services.get(sid);
  if (!row) throw notFound(`Services/${sid}`);
  return row;
}

/** The service a Message is to be sent by: 21701, https://www.twilio.com/docs/api/errors/21701 */
export function serviceToSendBy(store: MessagingStore, sid: string): MessagingServiceRow {
  const row = store.services.get(sid);
  if (!row) throw new ApiError(404, 21701, "The Messaging Service does not exist");
  return row;
}
