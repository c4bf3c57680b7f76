import type { World } from "../world";
import type { MessagingServiceRow, PhoneNumberRow } from "./rows";
import type { MessagingStore } from "./store";

/** The numbers of a Messaging Service, in the order in which they were added. */
export function poolOf(world: World, serviceSid: string): PhoneNumberRow[] {
  return [...world.senders.numbers.values()]
    .filter(({ pool }) => pool?.serviceSid === serviceSid)
    .sort((a, b) => Number(a.pool?.addedAt) - Number(b.pool?.addedAt));
}

/**
 * Who writes for a Messaging Service: with Sticky Sender whoever wrote to this customer last, otherwise one after the
 * other. https://www.twilio.com/docs/messaging/services#sticky-sender; Twilio's order is its own.
 */
export function chooseSender(
  world: World,
  store: MessagingStore,
  { sid, stickySender }: MessagingServiceRow,
  to: string,
): string | undefined {
  const pool = poolOf(world, sid).map(({ phoneNumber }) => phoneNumber);
  const written = [...store.messages.values()].filter(
    (row) => row.messagingServiceSid === sid && row.direction === "outbound-api" && row.from !== null,
  );
  const last = written.findLast((row) => row.to === to)?.from;
  return stickySender && last && pool.includes(last) ? last : pool[written.length % pool.length];
}
