import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { messageFields, ring } from "./events";
import { refuseIncomplete } from "./refuse-webhook";
import type { AddressConfigurationRow, ScopedWebhookRow } from "./rows";
import { findConversation, openConversation, type Store } from "./store";

export type NewScopedWebhook = Pick<ScopedWebhookRow, "target"> &
  Partial<Pick<ScopedWebhookRow, "url" | "method" | "filters" | "triggers" | "flowSid" | "replayAfter">>;

/** What an update may change: the target and `ReplayAfter` stay. */
export type ScopedWebhookChange = Partial<
  Pick<ScopedWebhookRow, "url" | "method" | "filters" | "triggers" | "flowSid">
>;

export interface ScopedWebhooks {
  add(conversationSid: string, hook: NewScopedWebhook): ScopedWebhookRow;
  find(conversationSid: string, webhookSid: string): ScopedWebhookRow;
  update(conversationSid: string, webhookSid: string, change: ScopedWebhookChange): ScopedWebhookRow;
  remove(conversationSid: string, webhookSid: string): void;
}

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MOST_HOOKS = 5;

/** https://www.twilio.com/docs/conversations-classic/api/conversation-scoped-webhook-resource */
export function createScopedWebhooks(world: World, store: Store): ScopedWebhooks {
  const hooks: ScopedWebhooks = {
    add(conversationSid, given) {
      const conversation = openConversation(store, conversationSid);
      const rows = store.webhooks.get(conversation.sid) ?? [];
      if (rows.length >= MOST_HOOKS) throw new ApiError(400, 50361, "Conversation webhook limit exceeded");
      refuseIncomplete(world, given);
      const now = world.clock.now();
      const row: ScopedWebhookRow = {
        sid: world.newSid("WH"),
        conversationSid: conversation.sid,
        target: given.target,
        url: given.url ?? null,
        method: given.method ?? "POST",
        filters: filtersOf(given),
        triggers: given.triggers ?? [],
        flowSid: given.flowSid ?? null,
        replayAfter: given.replayAfter ?? null,
        createdAt: now,
        updatedAt: now,
      };
      store.webhooks.set(conversation.sid, [...rows, row]);
      replay(world, store, row);
      return row;
    },
    find(conversationSid, webhookSid) {
      const { sid } = findConversation(store, conversationSid);
      const row = store.webhooks.get(sid)?.find((one) => one.sid === webhookSid);
      // https://www.twilio.com/docs/api/errors/50360; 50363 is for what does not look like the SID of a webhook.
      if (!row) throw new ApiError(404, 50360, "Conversation webhook not found");
      return row;
    },
    update(conversationSid, webhookSid, change) {
      const row = hooks.find(openConversation(store, conversationSid).sid, webhookSid);
      const changed = { ...row, ...change };
      refuseIncomplete(world, changed);
      Object.assign(row, change, { filters: filtersOf(changed), updatedAt: world.clock.now() });
      return row;
    },
    remove(conversationSid, webhookSid) {
      const row = hooks.find(openConversation(store, conversationSid).sid, webhookSid);
      const rest = (store.webhooks.get(row.conversationSid) ?? []).filter((one) => one !== row);
      store.webhooks.set(row.conversationSid, rest);
    },
  };
  return hooks;
}

/** Studio and triggers without filters work on added Messages: what Address Configurations attach, too. */
function filtersOf({ target, filters = [] }: NewScopedWebhook): string[] {
  return filters.length > 0 || target === "webhook" ? filters : ["onMessageAdded"];
}

/** The webhook that an Address Configuration attaches to the Conversations it creates; a `default` one attaches none. */
export function hookOf(autoCreation: AddressConfigurationRow["autoCreation"]): NewScopedWebhook | undefined {
  const { type, studioFlowSid, webhookUrl, webhookMethod, webhookFilters } = autoCreation;
  if (type === "studio") return { target: "studio", flowSid: studioFlowSid };
  if (type === "webhook") return { target: "webhook", url: webhookUrl, method: webhookMethod, filters: webhookFilters };
  return undefined;
}

/** `ReplayAfter` n delivers Message n and the later ones to the new hook. */
function replay(world: World, store: Store, hook: ScopedWebhookRow): void {
  const { replayAfter } = hook;
  const conversation = store.conversations.get(hook.conversationSid);
  if (replayAfter === null || !conversation) return;
  for (const message of store.messages.get(conversation.sid) ?? []) {
    if (message.index < replayAfter) continue;
    const fields = messageFields(message, conversation);
    ring(world, { type: "onMessageAdded", conversation, source: "API", fields, message }, hook);
  }
}
