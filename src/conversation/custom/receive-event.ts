import type { ChannelAdapter, ChannelEvent, PlatformUser } from "../../channels/adapter";
import { type CustomChannel, customerOf, identityOf } from "../../channels/custom-identity";
import { LIMITS } from "../../channels/limits";
import { AppError } from "../../runtime/errors";
import type { Reply } from "../../runtime/reply";
import { twilioError } from "../../runtime/twilio-client";
import type { Desk } from "../desk";
import { readPointer } from "./contact-pointer";
import { editMessage } from "./edit-message";
import { keepReceipt } from "./keep-receipt";
import { noteReach } from "./note-reach";
import type { CustomCustomer } from "./open-conversation";
import { postOnce } from "./post-once";
import { wordsOf } from "./say-words";

/** Platforms take some answers for a message or a call: this one says nothing. */
const TAKEN: Reply = { status: 200, body: {} };

/**
 * An event of a platform, proven genuine. Any answer but 200 has it delivered again: so that is said where it must come
 * again, and nowhere else.
 */
export async function receiveEvent(desk: Desk, adapter: ChannelAdapter, event: unknown): Promise<Reply> {
  for (const one of adapter.parse(event)) {
    const { kind } = one;
    const outcome = await receive(desk, adapter, one).catch((cause: unknown) => {
      throw new ComeAgainError(twilioError(cause));
    });
    desk.log.info("event", { channel: adapter.name, kind, outcome });
  }
  return TAKEN;
}

/** The platform is to deliver the event again. */
class ComeAgainError extends AppError {
  constructor(cause: unknown) {
    super("come_again", 503, "The event has to come again", { cause });
  }
}

/** Answers, in a word for the log, what became of it. */
async function receive(desk: Desk, adapter: ChannelAdapter, told: ChannelEvent): Promise<string> {
  if (told.kind === "unsupported") return "ignored";
  const customer = customerIn(adapter, told.user);
  if (!customer) return "ignored";
  const event = "text" in told ? { ...told, text: fitting(adapter.name, told.text) } : told;
  switch (event.kind) {
    case "message":
      return (await postOnce(desk, customer, wordsOf(desk, adapter, customer, event))).outcome;
    case "edit":
      return editMessage(desk, customer, event);
    case "receipt":
      return keepReceipt(desk, customer, event);
    case "reach":
      return followReach(desk, customer, event);
  }
}

/** In bytes, for words of ours beside theirs. */
const ROOM = 512;

/** As much as a Message holds: looks take room as well, and links behind words most of all. */
function fitting(channel: CustomChannel, text: string): string {
  const bytes = Buffer.from(text);
  const most = LIMITS[channel].fromCustomer.text.most - ROOM;
  return bytes.length <= most
    ? text
    : `${bytes
        .subarray(0, most)
        .toString()
        .replace(/\ufffd$/, "")}…`;
}

const LONGEST_NAME = 256;

/** Undefined for an id that is none of a person's. */
function customerIn({ name: channel }: ChannelAdapter, { id, name, language }: PlatformUser) {
  const identity = identityOf({ channel, userId: id });
  if (!customerOf(identity)) return undefined;
  const told = { ...(name ? { name: name.slice(0, LONGEST_NAME) } : {}), ...(language ? { language } : {}) };
  return { identity, channel, ...told } satisfies CustomCustomer;
}

const BLOCKED = "The customer has blocked us: nothing reaches them until they write again.";

/** Of somebody who has no live Conversation nothing is noted: nobody is to write to them. */
async function followReach(
  desk: Desk,
  { identity }: CustomCustomer,
  { reachable, at }: Extract<ChannelEvent, { kind: "reach" }>,
): Promise<string> {
  const { contact } = (await readPointer(desk, identity)) ?? {};
  if (!contact || contact.isClosed) return "ignored";
  await noteReach(desk, contact.conversationSid, reachable ? undefined : { at: at.toISOString(), words: BLOCKED });
  return "noted";
}
