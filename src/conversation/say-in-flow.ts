import { channelOfAddress } from "../channels/addresses";
import { setTimers } from "../twilio/conversations";
import { newestMessages, type StoredMessage } from "../twilio/messages";
import { speak } from "./custom/speak";
import { attempt, type Desk } from "./desk";
import { timerUntil } from "./route-again";
import type { ConversationDocument, Step } from "./state";
import { happen, readState } from "./state-store";

/** What a Flow says to its customer. */
export interface FlowSpeech {
  conversationSid: string;
  executionSid: string;
  /** In Flex's markdown. */
  body: string;
  /** The Message that began the Execution, by SID or index. */
  after?: string | undefined;
  /** Where the Flow goes on when the customer answers. */
  step?: Step | undefined;
  /** Seconds after which a customer who does not answer goes to an agent. */
  wait?: number | undefined;
}

export interface SaidInFlow extends Record<string, unknown> {
  /** `taken`: somebody else has the customer by now, and nothing was said. */
  status: "said" | "pending" | "failed" | "taken";
  /** What the customer wrote after the Message that began the Execution; nothing starts on it. */
  newer: string;
}

/**
 * Speaks for a Flow, as long as it has the customer. The step for their answer is written down before anything is said, by
 * the update that also finds out whether they are still the Flow's.
 */
export async function sayInFlow(desk: Desk, speech: FlowSpeech): Promise<SaidInFlow> {
  const { conversationSid, body, wait } = speech;
  if (!(await hasTheFloor(desk, speech))) return { status: "taken", newer: "" };
  const [{ status }] = await Promise.all([
    speak(desk, conversationSid, { body }),
    wait && attempt(desk, "timers", conversationSid, awaitAnswer(desk, conversationSid, wait)),
  ]);
  return { status, newer: await newerThan(desk, speech) };
}

/** Whether the Flow has the customer. Where Sync fails twice it is taken at its word: a customer who hears nothing is worse. */
async function hasTheFloor(desk: Desk, speech: FlowSpeech): Promise<boolean> {
  const ask = () => takeTheFloor(desk, speech);
  try {
    return await ask().catch(ask);
  } catch {
    desk.log.warn("state_unavailable", { conversationSid: speech.conversationSid });
    return true;
  }
}

/** The step is written down with it, without which the answer would begin the Flow anew; twice does no harm. */
async function takeTheFloor(desk: Desk, { conversationSid, executionSid, step }: FlowSpeech): Promise<boolean> {
  const isOurs = ({ state, owner, executionSid: running }: ConversationDocument) =>
    (state === "flow" && running === executionSid) || (state === "routing" && owner === executionSid);
  const known = await readState(desk.twilio, conversationSid);
  if (!known) return true;
  if (!isOurs(known.document)) return false;
  if (!step || known.document.state !== "flow") return true;
  const asked = (now: ConversationDocument) => (isOurs(now) ? ({ type: "asked", step } as const) : undefined);
  return (await happen(desk.twilio, conversationSid, asked, known)) !== undefined;
}

/** The inactive timer is what ends the wait: its event routes. */
function awaitAnswer(desk: Desk, conversationSid: string, seconds: number): Promise<void> {
  const at = new Date(desk.now().getTime() + seconds * 1000);
  return setTimers(desk.twilio, conversationSid, { inactive: timerUntil(at, desk.now()) }, true);
}

const LOOKED_AT = 50;

/** Stands for a file without words, so that it is not taken for silence. */
const A_FILE = "(file)";

async function newerThan(desk: Desk, { conversationSid, after }: FlowSpeech): Promise<string> {
  if (!after) return "";
  const messages = await newestMessages(desk.twilio, conversationSid, LOOKED_AT);
  const at = messages.findIndex(({ sid, index }) => sid === after || String(index) === after);
  const isNewer = (one: StoredMessage, place: number) => at >= 0 && place > at && channelOfAddress(one.author);
  return messages
    .filter(isNewer)
    .map(({ body }) => body || A_FILE)
    .join("\n");
}
