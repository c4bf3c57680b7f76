import type { ChannelEvent, MessageEvent, PlatformUser, ReceiptEvent } from "../adapter";
import { languageTag, oneLine } from "../platform-user";
import {
  readEventName,
  readMessage,
  readReceipt,
  readSubscribed,
  readUnsubscribed,
  type WireMessage,
  type WireUser,
} from "./callback";
import { fileOf, textOf } from "./message";

/** Of our messages. Viber tells them of users' messages, too: ids that are none of ours. */
const RECEIPTS: Readonly<Record<string, ReceiptEvent["status"]>> = {
  delivered: "delivered",
  seen: "read",
  failed: "failed",
};

/** What a callback tells. Never throws, whatever it is given. */
export function parseCallback(callback: unknown): ChannelEvent[] {
  const name = readEventName(callback) ?? "callback";
  return [eventIn(callback, name) ?? { kind: "unsupported", what: name }];
}

/** `conversation_started` is a look at us; whoever wants something writes. `webhook` is Viber trying our URL. */
function eventIn(callback: unknown, name: string): ChannelEvent | undefined {
  if (name === "message") return messageIn(callback);
  if (name === "subscribed") return subscribedIn(callback);
  if (name === "unsubscribed") return unsubscribedIn(callback);
  const status = Object.hasOwn(RECEIPTS, name) ? RECEIPTS[name] : undefined;
  return status && receiptIn(callback, status);
}

function messageIn(callback: unknown): ChannelEvent | undefined {
  const read = readMessage(callback);
  if (!read) return undefined;
  const { message, sender, timestamp, message_token: token } = read;
  const id = exact(token) ?? `${token}-${timestamp}`;
  const file = fileOf(message);
  const details = detailsOf(message, sender);
  return {
    ...{
      kind: "message",
      user: userOf(sender),
      id,
      at: new Date(timestamp),
      text: textOf(message, file !== undefined),
    },
    ...(file && { file }),
    ...(details && { details }),
  };
}

/** Undefined where JSON.parse has rounded it. */
const exact = (token: string | number) =>
  typeof token === "string" || Number.isSafeInteger(token) ? String(token) : undefined;

function detailsOf({ duration, sticker_id }: WireMessage, { country = "" }: WireUser): MessageEvent["details"] {
  const details = {
    ...(/^[A-Z]{2}$/.test(country) && { country }),
    ...(duration !== undefined && { seconds: duration }),
    ...(sticker_id !== undefined && { sticker: sticker_id }),
  };
  return Object.keys(details).length > 0 ? details : undefined;
}

function userOf(user: WireUser): PlatformUser {
  const name = oneLine(user.name ?? "");
  const language = languageTag(user.language);
  return { id: user.id, ...(name && { name }), ...(language && { language }) };
}

function subscribedIn(callback: unknown): ChannelEvent | undefined {
  const read = readSubscribed(callback);
  return read && { kind: "reach", user: userOf(read.user), at: new Date(read.timestamp), reachable: true };
}

function unsubscribedIn(callback: unknown): ChannelEvent | undefined {
  const read = readUnsubscribed(callback);
  return read && { kind: "reach", user: { id: read.user_id }, at: new Date(read.timestamp), reachable: false };
}

/** A rounded token may be that of another message: such a receipt tells nothing. */
function receiptIn(callback: unknown, status: ReceiptEvent["status"]): ChannelEvent | undefined {
  const read = readReceipt(callback);
  const id = read && exact(read.message_token);
  if (!read || id === undefined) return undefined;
  const reason = oneLine(read.desc ?? "", 200);
  return {
    ...{ kind: "receipt", user: { id: read.user_id }, at: new Date(read.timestamp), id, status },
    ...(status === "failed" && { words: reason ? `Viber did not deliver it: ${reason}` : "Viber did not deliver it." }),
  };
}
