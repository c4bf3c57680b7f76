import { channelOfAddress, twilioChannelOf } from "../channels/addresses";
import { keywordIn } from "../channels/keywords";
import { REPEATS } from "../config/patience";
import { setTimers } from "../twilio/conversations";
import { claimOf } from "./claim-routing";
import { noteReach } from "./custom/note-reach";
import { attempt, type Desk } from "./desk";
import { heedKeyword } from "./heed-keyword";
import { plainRouting } from "./pre-engagement";
import { repeatsItself } from "./repeats-itself";
import { routeAgain, timerUntil } from "./route-again";
import { type Handover, type Routed, routeToFlex, turnAway } from "./route-to-flex";
import { isBlocked } from "./settings-of";
import { isAlive, type Routing } from "./state";
import { happen, readState, type Versioned } from "./state-store";
import { succeed } from "./succeed";

export interface AddedMessage {
  conversationSid: string;
  /** Who wrote it: an address for customers, an identity for agents and bots. */
  author: string;
  /** Empty for a file without words. */
  body: string;
  /** The first Message of its Conversation has 0. */
  index: number;
  /** An id of this delivery. */
  owner: string;
}

/** What became of a Message: routed, left to whoever has the customer, or none of our business. */
export interface Received {
  status: Routed["status"] | "ignored" | "flow" | "left" | "succeeded" | "keyword";
}

/** The watchdog rings at the end of such a long claim, and a Message has just put it off. */
const LONG_CLAIM_MS = 60_000;

/** A customer wrote. Whoever has them is left alone; where nobody has, they go to Flex, in whatever state the Conversation is. */
export async function receiveMessage(desk: Desk, message: AddedMessage): Promise<Received> {
  const { author, conversationSid, owner, index } = message;
  if (!channelOfAddress(author)) return { status: "ignored" };
  const keyword = keywordIn(message);
  if (keyword) {
    await attempt(desk, "keyword", conversationSid, heedKeyword(desk, conversationSid, keyword));
    return { status: "keyword" };
  }
  const untouched = index === 0;
  let plain: Promise<Routing> | undefined;
  const plainly = () => {
    plain ??= plainRouting(desk, conversationSid, author);
    return plain;
  };
  // On channels of ours a Flow may have the customer from the start; where none does, they are routed, by their name.
  const mayHaveFlow = untouched && !twilioChannelOf(author);
  const isNew = untouched && !mayHaveFlow;
  const [known, blocked = false] = isNew
    ? []
    : await Promise.all([look(desk, conversationSid), isBlocked(desk, author), mayHaveFlow ? plainly() : undefined]);
  const handover = async (): Promise<Handover> => {
    const routing = known?.document.routing ?? (await plainly());
    return { conversationSid, routing, owner, heard: true };
  };
  if (!known) return routeToFlex(desk, await handover(), { untouched });
  const received = await hear(desk, message, { known, blocked, handover });
  if (known.document.unreachableSince) await attempt(desk, "reach", conversationSid, noteReach(desk, conversationSid));
  return received;
}

interface Heard {
  known: Versioned;
  blocked: boolean;
  handover(): Promise<Handover>;
}

async function hear(desk: Desk, message: AddedMessage, { known, blocked, handover }: Heard): Promise<Received> {
  const { conversationSid, owner } = message;
  const { document } = known;
  if (blocked && document.state === "flow") await turnAway(desk, { conversationSid, owner }, known);
  if (blocked && ["flow", "parked", "blocked"].includes(document.state)) return { status: "blocked" };
  switch (document.state) {
    case "flow":
      return hearInFlow(desk, message, handover, known);
    case "open":
    case "left":
      return { status: document.state };
    case "ended":
      return { status: "ignored" };
    case "parked":
    case "blocked":
      return takeUp(desk, message, known);
    case "closing":
      await succeed(desk, conversationSid, document, desk.now());
      return { status: "succeeded" };
    case "routing":
      if (isAlive(document, desk.now())) await keepWatchdog(desk, conversationSid, document.until ?? "");
      return routeToFlex(desk, await handover(), { known });
  }
}

/** Without Sync, routing decides by the Task query. */
async function look(desk: Desk, conversationSid: string): Promise<Versioned | undefined> {
  try {
    return await readState(desk.twilio, conversationSid);
  } catch {
    desk.log.warn("state_unavailable", { conversationSid });
    return undefined;
  }
}

/** The Flow hears the message as well, and answers it: unless it has answered the same words too often. */
async function hearInFlow(
  desk: Desk,
  { conversationSid, author, index }: AddedMessage,
  handover: () => Promise<Handover>,
  known: Versioned,
): Promise<Received> {
  if (index + 1 < REPEATS || !(await repeatsItself(desk, conversationSid, author))) return { status: "flow" };
  return routeToFlex(desk, await handover(), { known });
}

/** Put aside by an agent, or blocked and no longer. */
async function takeUp(
  desk: Desk,
  { conversationSid, author, owner }: AddedMessage,
  known: Versioned,
): Promise<Received> {
  const claim = await happen(
    desk.twilio,
    conversationSid,
    ({ state }) => (state === known.document.state ? { type: "claimed", ...claimOf(desk, owner) } : undefined),
    known,
  );
  if (!claim) return { status: "pending" };
  const routing = claim.document.routing ?? (await plainRouting(desk, conversationSid, author));
  return { status: (await routeAgain(desk, conversationSid, claim, routing, owner)).status };
}

/** Somebody waits for a better time with the claim held; a Message must not move that time. */
async function keepWatchdog(desk: Desk, conversationSid: string, until: string): Promise<void> {
  const at = new Date(until);
  if (at.getTime() - desk.now().getTime() < LONG_CLAIM_MS) return;
  const timers = setTimers(desk.twilio, conversationSid, { inactive: timerUntil(at, desk.now()) }, true);
  await attempt(desk, "timers", conversationSid, timers);
}
