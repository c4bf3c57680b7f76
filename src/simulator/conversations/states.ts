import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { announce } from "./events";
import { durationMs } from "./iso-duration";
import type { ConversationRow, ConversationState } from "./rows";
import { findConversation, type Store } from "./store";
import { date } from "./wire";

/** States and timers: https://www.twilio.com/docs/conversations-classic/states-timers */
export interface States {
  set(row: ConversationRow, state: ConversationState, reason: "API" | "TIMER" | "EVENT", webhooks: boolean): void;
  /** Takes ISO 8601 durations (the inactive one at least PT1M, the closed one PT10M); an empty text removes a timer. */
  setTimers(row: ConversationRow, timers: Timers): void;
  /** Lets go of a Conversation that is deleted. */
  forget(row: ConversationRow): void;
  /** A message wakes an inactive Conversation, and may arm the inactive timer anew (`messageRearmsInactiveTimer`). */
  noteMessage(row: ConversationRow): void;
}

export interface Timers {
  inactive?: string;
  closed?: string;
}

export function createStates(world: World, store: Store): States {
  const timer = world.alarms.bell("conversation timer", (sid) => {
    const row = findConversation(store, sid);
    states.set(row, row.state === "active" ? "inactive" : "closed", "TIMER", true);
  });
  const disarm = ({ sid }: ConversationRow) => timer.cancel(sid);

  /** That only the timer which runs is shown is unverified. */
  function arm(row: ConversationRow) {
    const { timers } = row;
    timers.dateInactive = row.state === "active" ? dueAt(timers.inactive) : undefined;
    timers.dateClosed = row.state === "inactive" ? dueAt(timers.closed) : undefined;
    const next = timers.dateInactive ?? timers.dateClosed;
    if (next) timer.set(row.sid, next);
    else disarm(row);
  }

  function dueAt(duration: string | undefined): Date | undefined {
    return duration ? new Date(world.clock.ms() + (durationMs(duration) ?? 0)) : undefined;
  }

  const states: States = {
    set(row, state, reason, webhooks) {
      if (row.state === state) return;
      const from = row.state;
      row.state = state;
      row.updatedAt = world.clock.now();
      arm(row);
      world.log.add({
        kind: "conversation",
        name: `${from} → ${state}`,
        conversationSid: row.sid,
        data: { reason },
      });
      if (state === "closed") world.bus.emit("conversation.closed", row.sid);
      if (!webhooks) return;
      const fields = {
        StateFrom: from,
        StateTo: state,
        StateUpdated: date(row.updatedAt),
        Reason: reason,
        ...(row.messagingServiceSid ? { MessagingServiceSid: row.messagingServiceSid } : {}),
      };
      announce(world, store, { type: "onConversationStateUpdated", conversation: row, source: "API", fields });
    },
    setTimers(row, timers) {
      refuseTimers(timers);
      const { inactive, closed } = timers;
      if (inactive === undefined && closed === undefined) return;
      if (inactive !== undefined) row.timers.inactive = inactive || undefined;
      if (closed !== undefined) row.timers.closed = closed || undefined;
      arm(row);
    },
    forget: disarm,
    noteMessage(row) {
      if (row.state === "inactive") states.set(row, "active", "EVENT", true);
      else if (world.switches.messageRearmsInactiveTimer) arm(row);
    },
  };
  return states;
}

/** 50379 and 50380 for what is no duration, 50375 and 50376 for one too short: https://www.twilio.com/docs/api/errors/50375 */
export function refuseTimers(timers: Timers): void {
  for (const { name, text, shortest, format, short } of [
    { name: "inactive", text: timers.inactive, shortest: 1, format: 50379, short: 50375 },
    { name: "closed", text: timers.closed, shortest: 10, format: 50380, short: 50376 },
  ]) {
    if (!text) continue;
    const ms = durationMs(text);
    if (ms === undefined) throw new ApiError(400, format, `The ${name} timer is not an ISO 8601 duration`);
    if (ms < shortest * 60_000) throw new ApiError(400, short, `The ${name} timer is shorter than ${shortest} min`);
  }
}
