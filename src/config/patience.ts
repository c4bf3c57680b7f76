/** How long things may take before somebody else steps in. */

/** Each Conversation's watchdog: when its inactive timer rings, whoever should have the customer is checked. */
export const WATCHDOG = "PT20M";

/** Longer than a Task of the bundled Flows lives (seven days) and a day, so that no Conversation closes under an open Task. */
export const KEPT_OPEN_DAYS = 8;

/** Longer than a Function may run, so that a claim that has passed belongs to nobody alive. */
export const CLAIM_SECONDS = 15;

/** An Invite aimed at one agent goes to the Workflow when they do not take it. */
export const WORKER_SECONDS = 60;

/** Invites made anew between two acceptances, before the customer is told that nobody can answer. */
export const MOST_REINVITES = 2;

/** No customer is told so before they have waited this long. */
export const SHORTEST_WAIT_MINUTES = 30;

/** Customer Messages from this long before the last Task began to end were not seen by the agent. */
export const UNSEEN_SECONDS = 3;

/** So many of a customer's Messages with the same words within so long are a machine answering our bot, or somebody who wants a person. */
export const REPEATS = 5;
export const REPEATED_WITHIN_SECONDS = 60;

/** What happened this lately may be just in somebody's hands: a sweep leaves it alone. */
export const SETTLING_SECONDS = 120;

/** Flex closes a Conversation within moments of its channel; one that lives so long after is forgotten. */
export const LEFT_OPEN_MINUTES = 15;

/** A platform that is down, or asks for patience without saying how long, is left alone for so long. */
export const RESEND_SECONDS = 60;

/** A Message older than this is not sent to its customer any more: out of place, it would confuse more than it says. */
export const RESENT_WITHIN_SECONDS = 3_600;

/** A Flow that waits longer than its longest reply time-out and this is stuck. */
export const STUCK_MINUTES = 10;

/** The closed timer for a Conversation with a Task of this life, in seconds: the Task's and a day. */
export function keptOpen(taskSeconds = 0): string {
  return `P${Math.max(KEPT_OPEN_DAYS, Math.ceil(taskSeconds / 86_400) + 1)}D`;
}
