import { bindingType } from "../conversations/participants";
import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { chooseSender } from "./choose-sender";
import { deliver } from "./deliver";
import { mediaAt, prefixFor } from "./media";
import type { Messaging } from "./messaging";
import type { MessageRow, MessagingServiceRow } from "./rows";
import { serviceToSendBy } from "./store";

export interface NewMessage {
  to: string;
  from?: string;
  messagingServiceSid?: string;
  body?: string;
  mediaUrls?: readonly string[];
  contentSid?: string;
  /** JSON text. */
  contentVariables?: string;
  statusCallback?: string;
}

const LONGEST_BODY = 1600;
/** https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
const MOST_MEDIA = 10;

/** A Message by REST: https://www.twilio.com/docs/messaging/api/message-resource */
export function createMessage(world: World, messaging: Messaging, given: NewMessage): MessageRow {
  const { store } = messaging;
  const channel = bindingType(given.to);
  if (!channel) throw new ApiError(400, 21211, `The 'To' number ${given.to} is not a valid phone number`);
  const service = given.messagingServiceSid ? serviceToSendBy(store, given.messagingServiceSid) : undefined;
  refuseSender(world, given, service);
  const { body, mediaUrls, approved } = contentOf(world, given, channel);
  const sender = given.from ?? (service && chooseSender(world, store, service, given.to));
  // That an empty pool is refused at once is unverified: https://www.twilio.com/docs/api/errors/21703
  if (!sender) throw new ApiError(400, 21703, "The Messaging Service contains no phone numbers");
  if (messaging.optedOut(given.to, sender)) throw new ApiError(400, 21610, "The recipient is unsubscribed");
  const now = world.clock.now();
  const row: MessageRow = {
    sid: world.newSid(prefixFor(given.to, mediaUrls.length)),
    direction: "outbound-api",
    from: given.from ?? null,
    to: given.to,
    body,
    media: mediaUrls.map((url) => mediaAt(world, url)),
    messagingServiceSid: service?.sid ?? null,
    approved,
    statusCallback: given.statusCallback ?? service?.statusCallback ?? null,
    status: service ? "accepted" : "queued",
    errorCode: 0,
    sentAt: null,
    createdAt: now,
    updatedAt: now,
  };
  store.messages.set(row.sid, row);
  const { sid: messageSid } = row;
  world.log.add({ kind: "message", name: "created by REST", data: { messageSid, to: row.to, body: row.body } });
  deliver(world, messaging, row);
  return row;
}

/** 21603, 21212, 21266, 21910, 21660 and 63007: https://www.twilio.com/docs/api/errors */
function refuseSender(world: World, { from, to }: NewMessage, service: MessagingServiceRow | undefined): void {
  if (from === undefined) {
    if (service) return;
    throw new ApiError(400, 21603, "A 'From' or 'MessagingServiceSid' parameter is required to send a message");
  }
  const channel = bindingType(from);
  if (!channel) throw new ApiError(400, 21212, `The 'From' number ${from} is not a valid phone number`);
  if (from === to) throw new ApiError(400, 21266, "'To' and 'From' number cannot be the same");
  if (channel !== bindingType(to)) {
    throw new ApiError(400, 21910, "Invalid 'From' and 'To' pair: they should be of the same channel");
  }
  if (world.senders.has(from)) return;
  if (channel === "sms") throw new ApiError(400, 21660, `Mismatch between the 'From' number ${from} and the account`);
  throw new ApiError(400, 63007, "Twilio could not find a Channel with the specified 'From' address");
}

/** 21602, 21619, 21617, 21623 and 21654: https://www.twilio.com/docs/api/errors */
function contentOf(world: World, given: NewMessage, channel: string) {
  const { body = "", mediaUrls = [], contentSid, contentVariables } = given;
  if (contentSid) {
    const { media = [], approved, ...rendered } = world.content.render(contentSid, contentVariables, channel);
    return { body: rendered.body, mediaUrls: media, approved };
  }
  if (contentVariables !== undefined) throw new ApiError(400, 21654, "ContentSid is required with ContentVariables");
  if (body === "" && mediaUrls.length === 0) {
    if (given.messagingServiceSid)
      throw new ApiError(400, 21619, "A Message Body, Media URL or Content SID is required");
    throw new ApiError(400, 21602, "Message body is required");
  }
  if (body.length > LONGEST_BODY) throw new ApiError(400, 21617, `The body exceeds ${LONGEST_BODY} characters`);
  if (mediaUrls.length > MOST_MEDIA) throw new ApiError(400, 21623, `There are more than ${MOST_MEDIA} media files`);
  return { body, mediaUrls, approved: false };
}
