import type { Twilio } from "twilio";
import { keptOpen, WATCHDOG } from "../config/patience";
import { findWorkspace } from "./resolve-tokens";

/** What we listen to, of an account that has one place for each. */
export const TASK_EVENTS = [
  "task.created",
  "task.wrapup",
  "task.completed",
  "task.canceled",
  "task.deleted",
  "task.system-deleted",
  "reservation.accepted",
];
export const CONVERSATION_EVENTS = ["onConversationStateUpdated", "onDeliveryUpdated"];
const BEFORE_MESSAGE = "onMessageAdd";

/** A place that belongs to another program already. */
export class ForeignCallbackError extends Error {
  constructor(place: string, url: string) {
    super(`${place} is set to ${url}, which is not ours. Remove it there first: an account has one only.`);
  }
}

export interface HookOptions {
  /** Whether Messages are checked before they are published: taken away when false, left as it is when not given. */
  beforeMessage?: boolean | undefined;
}

/** Has TaskRouter and the default Conversations service call our hooks. What somebody else set there is left alone. */
export async function applyHooks(twilio: Twilio, domain: string, { beforeMessage }: HookOptions = {}): Promise<void> {
  const hook = (path: string) => `https://${domain}/hooks/${path}`;
  const workspace = twilio.taskrouter.v1.workspaces(await findWorkspace(twilio));
  const { eventCallbackUrl } = await workspace.fetch();
  refuseForeign("The EventCallbackUrl of the Flex workspace", eventCallbackUrl, hook("task-events"));
  await workspace.update({ eventCallbackUrl: hook("task-events"), eventsFilter: TASK_EVENTS.join(",") });
  const { defaultChatServiceSid, defaultInactiveTimer, defaultClosedTimer } = await twilio.conversations.v1
    .configuration()
    .fetch();
  // A Conversation is watched from its first moment, whatever becomes of the Function that should set its timers.
  await twilio.conversations.v1.configuration().update({
    ...(defaultInactiveTimer ? {} : { defaultInactiveTimer: WATCHDOG }),
    ...(defaultClosedTimer ? {} : { defaultClosedTimer: keptOpen() }),
  });
  const webhooks = twilio.conversations.v1.services(defaultChatServiceSid).configuration.webhooks();
  const { preWebhookUrl, postWebhookUrl, filters: listed } = await webhooks.fetch();
  refuseForeign(
    "The post-event webhook of the default Conversations service",
    postWebhookUrl,
    hook("conversation-events"),
  );
  const before = `https://${domain}/inbound/before-message`;
  if (beforeMessage) refuseForeign("The pre-event webhook of that service", preWebhookUrl, before);
  const dropped = beforeMessage === false && preWebhookUrl === before;
  // One list serves both webhooks, and the other may be somebody else's.
  const kept = (listed ?? []).filter((event) => !(dropped && event === BEFORE_MESSAGE));
  const filters = [...new Set([...kept, ...CONVERSATION_EVENTS, ...(beforeMessage ? [BEFORE_MESSAGE] : [])])];
  await webhooks.update({
    postWebhookUrl: hook("conversation-events"),
    ...(beforeMessage ? { preWebhookUrl: before } : dropped ? { preWebhookUrl: "" } : {}),
    method: "POST",
    filters,
  });
}

function refuseForeign(place: string, set: string | null, ours: string): void {
  if (set && set !== ours) throw new ForeignCallbackError(place, set);
}
