import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { messageFields, ring } from "./events";
import type { AddressConfigurationRow, ScopedWebhookRow } from "./rows";
import { findConversation, openConversation, type Store } from "./store";

export type NewScopedWebhook = Pick<ScopedWebhookRow, "target"> &
  Partial<Pick<ScopedWebhookRow, "url" | "method" | "filters" | "triggers" | "flowSid" | "replayAfter">>;

export interface ScopedWebhooks {
  add(conversationSid: string, hook: NewScopedWebhook): ScopedWebhookRow;
  find(conversationSid: string, webhookSid: string): ScopedWebhookRow;
  remove(conversationSid: string, webhookSid: string): void;
}

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MOST_HOOKS = 5;

const SCOPED_EVENTS = [
  "onMessageAdded",
  "onMessageUpdated",
  "onMessageRemoved",
  "onConversationUpdated",
  "onConversationStateUpdated",
  "onConversationRemoved",
  "onParticipantAdded",
  "onParticipantUpdated",
  "onParticipantRemoved",
  "onDeliveryUpdated",
];

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
        // A studio hook without filters works on added messages: what Address Configurations attach.
        filters: given.filters?.length ? given.filters : given.target === "studio" ? ["onMessageAdded"] : [],
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
      if (!row) throw new ApiError(404, 50363, "Conversation webhook not found");
      return row;
    },
    remove(conversationSid, webhookSid) {
      const row = hooks.find(conversationSid, webhookSid);
      const rest = (store.webhooks.get(row.conversationSid) ?? []).filter((one) => one !== row);
      store.webhooks.set(row.conversationSid, rest);
    },
  };
  return hooks;
}

/** 50364, 50365, 50367, 50369, 50370, 50371: https://www.twilio.com/docs/api/errors */
export function refuseIncomplete(world: World, hook: NewScopedWebhook): void {
  if (!["webhook", "studio", "trigger"].includes(hook.target)) {
    throw new ApiError(400, 50364, "Invalid conversation webhook target");
  }
  if (hook.filters?.some((filter) => !SCOPED_EVENTS.includes(filter))) {
    throw new ApiError(400, 50365, "Invalid conversation webhook filter");
  }
  if (hook.target === "studio") {
    if (!hook.flowSid || !world.studio.hasFlow(hook.flowSid)) {
      throw new ApiError(400, 50367, "Invalid or missing Studio Flow SID");
    }
    return;
  }
  if (!hook.url || !URL.canParse(hook.url)) throw new ApiError(400, 50369, "Configuration.Url is missing or not a URL");
  if (hook.target === "webhook" && !hook.filters?.length)
    throw new ApiError(400, 50370, "Configuration.Filters is missing");
  if (hook.target === "trigger" && !hook.triggers?.length) {
    throw new ApiError(400, 50371, "Configuration.Triggers is missing");
  }
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
  if (replayAfter === null || !conversation || !hook.filters.includes("onMessageAdded")) return;
  for (const message of store.messages.get(conversation.sid) ?? []) {
    if (message.index < replayAfter) continue;
    const fields = messageFields(message, conversation);
    ring(world, { type: "onMessageAdded", conversation, source: "API", fields, message }, hook);
  }
}
