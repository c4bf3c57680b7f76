import { SETTLING_SECONDS } from "../../config/patience";
import type { ListedConversation } from "../../twilio/pages";
import type { ScopedWebhook } from "../../twilio/scoped-webhooks";
import type { Desk } from "../desk";
import type { Versioned } from "../state-store";

/** One Conversation of ours as a sweep finds it. */
export interface Case {
  desk: Desk;
  conversation: ListedConversation;
  /** Its state Document. */
  known: Versioned;
  hooks: ScopedWebhook[];
}

/** Something that is not as it should be, in words that the log and outsiders may read. */
export interface Finding {
  problem: string;
  /** What is done about it; `report` where people have to decide. */
  action: string;
  /** Through the stories' own claims and events, so that it is safe twice and beside live traffic. */
  repair?: () => Promise<unknown>;
}

/** Finds one kind of problem, or none. */
export type Check = (one: Case) => Finding | undefined | Promise<Finding | undefined>;

/** Long enough ago that no event of it is still on its way. */
export function isSettled({ now }: Desk, at: Date | undefined): boolean {
  return at === undefined || now().getTime() - at.getTime() >= SETTLING_SECONDS * 1000;
}
