import { createHash } from "node:crypto";
import { STARTS_A_MINUTE } from "../../config/web-chat";
import { createDocument } from "../../twilio/sync";
import type { Desk } from "../desk";

const WINDOW_SECONDS = 60;
const MOST_TRIES = 6;

/**
 * A place among the chats that an Address takes in this minute. Each is a Sync Document, whose creation is atomic: nothing
 * is counted, so nobody waits for a counter. No more get one than there are; towards the last, some are refused early.
 * A repeated start tries for the same place first, so it takes no second one.
 */
export async function takePlace(desk: Desk, addressSid: string, identity: string, attempt = 0): Promise<boolean> {
  const name = `webchat-place.${addressSid}.${windowOf(desk.now())}.${placeOf(identity, attempt)}`;
  return (await createDocument(desk.twilio, name, {}, 2 * WINDOW_SECONDS)) !== undefined;
}

/** After the first was taken: a few others. */
export async function takeAnotherPlace(desk: Desk, addressSid: string, identity: string): Promise<boolean> {
  for (let attempt = 1; attempt < MOST_TRIES; attempt += 1) {
    if (await takePlace(desk, addressSid, identity, attempt)) return true;
  }
  return false;
}

/** Seconds until the next minute's places. */
export function nextPlaces(now: Date): number {
  return WINDOW_SECONDS - (Math.floor(now.getTime() / 1000) % WINDOW_SECONDS);
}

const windowOf = (now: Date) => Math.floor(now.getTime() / 1000 / WINDOW_SECONDS);

function placeOf(identity: string, attempt: number): number {
  return createHash("sha256").update(`${identity}/${attempt}`).digest().readUInt32BE() % STARTS_A_MINUTE;
}
