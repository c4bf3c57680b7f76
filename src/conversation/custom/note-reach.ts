import { tryAgain } from "../../runtime/try-again";
import { refusalOf } from "../../runtime/twilio-client";
import { isClosedRefusal, mergeConversationAttributes } from "../../twilio/conversations";
import { mergeTaskAttributes } from "../../twilio/taskrouter";
import { attempt, type Desk } from "../desk";
import { happen, readState } from "../state-store";

/** Why nothing reaches a customer, as the attribute `unreachable` of their Conversation says; `words` are for an agent. */
export interface Unreachable {
  /** ISO 8601. */
  at: string;
  words: string;
}

/**
 * Notes on a live Conversation that its customer has blocked us, or (without a reason) that they can be reached again: for
 * Flex to show, for the agent's Task, and for our own Document, by which the customer's next message takes it back.
 */
export async function noteReach(desk: Desk, conversationSid: string, unreachable?: Unreachable): Promise<void> {
  const known = await readState(desk.twilio, conversationSid);
  const { state, taskSid } = known?.document ?? {};
  const since = unreachable ? { unreachableSince: unreachable.at } : {};
  const tell =
    state === "open" && taskSid
      ? mergeTaskAttributes(desk.twilio, desk.env.FLEX_WORKSPACE_SID, taskSid, { unreachable: unreachable ?? null })
      : undefined;
  await Promise.all([
    attempt(desk, "telling_agent", conversationSid, Promise.resolve(tell)),
    attempt(
      desk,
      "state_write",
      conversationSid,
      happen(desk.twilio, conversationSid, () => ({ type: "reach", ...since }), known),
    ),
    tryAgain(desk.deadline, () => writeAttribute(desk, conversationSid, unreachable)),
  ]);
}

/** Of a Conversation that is closed or gone nobody asks any more. */
async function writeAttribute(desk: Desk, conversationSid: string, unreachable?: Unreachable): Promise<void> {
  try {
    await mergeConversationAttributes(desk.twilio, conversationSid, { unreachable });
  } catch (error) {
    if (!isClosedRefusal(error) && refusalOf(error)?.status !== 404) throw error;
  }
}
