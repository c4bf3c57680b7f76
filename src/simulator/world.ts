import type { EventEmitter } from "node:events";
import type { Clock } from "./clock";
import type { Conversations } from "./conversations/conversations";
import type { MessageRow } from "./conversations/rows";
import type { EventLog } from "./event-log";
import type { Interactions } from "./interactions/interactions";
import type { Phones } from "./phone/phones";
import type { Account } from "./seeds";
import type { NewSid } from "./sids";
import type { Studio } from "./studio/studio";
import type { Switches } from "./switches";
import type { Sync } from "./sync/documents";
import type { ReservationRow, TaskRow } from "./taskrouter/rows";
import type { TaskRouter } from "./taskrouter/taskrouter";
import type { SendWebhook } from "./webhooks/send-webhook";
import type { Work } from "./work";

/**
 * Everything the simulated account is, in one place. Products reach each other through it: by its operations where one
 * asks another to act (Studio asks Interactions), by its bus where one only tells (TaskRouter tells what happened).
 */
export interface World {
  readonly account: Account;
  readonly switches: Switches;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly work: Work;
  readonly bus: Bus;
  readonly newSid: NewSid;
  readonly sendWebhook: SendWebhook;
  readonly conversations: Conversations;
  readonly interactions: Interactions;
  readonly taskrouter: TaskRouter;
  readonly studio: Studio;
  readonly sync: Sync;
  readonly phones: Phones;
}

/** What products tell each other. Listeners run at once, in the order in which they subscribed. */
export interface WorldEvents {
  "task.updated": [task: TaskRow, event: string];
  "reservation.updated": [reservation: ReservationRow, task: TaskRow];
  "message.added": [message: MessageRow];
}

export type Bus = EventEmitter<WorldEvents>;
