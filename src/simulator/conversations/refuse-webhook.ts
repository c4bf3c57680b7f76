import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { ScopedWebhookRow } from "./rows";

/** After the event; the `WebhookFilters` of an Address Configuration are these too, as Twilio's OpenAPI document lists them. */
export const SCOPED_EVENTS = [
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

const MOST_TRIGGERS = 5;
const LONGEST_TRIGGER = 248;

type Proposed = Pick<ScopedWebhookRow, "target"> &
  Partial<Pick<ScopedWebhookRow, "url" | "filters" | "triggers" | "flowSid" | "replayAfter">>;

/** 50362, 50364 to 50371: https://www.twilio.com/docs/api/errors; that their status is 400 is unverified. */
export function refuseIncomplete(world: World, hook: Proposed): void {
  const { filters = [], triggers = [], url, flowSid } = hook;
  const target: string = hook.target;
  if (target === "") throw new ApiError(400, 50368, "Conversation webhook Target is missing");
  if (!["webhook", "studio", "trigger"].includes(target)) {
    throw new ApiError(400, 50364, "Invalid conversation webhook target");
  }
  if (filters.some((filter) => !SCOPED_EVENTS.includes(filter))) {
    throw new ApiError(400, 50365, "Invalid conversation webhook filter");
  }
  if (triggers.length > MOST_TRIGGERS) throw new ApiError(400, 50362, "Conversation webhook trigger limit exceeded");
  if (triggers.some((keyword) => keyword === "" || keyword.length > LONGEST_TRIGGER)) {
    throw new ApiError(400, 50366, "Invalid conversation webhook trigger");
  }
  refuseReplay(hook.replayAfter);
  if (target === "studio") {
    if (flowSid && world.studio.hasFlow(flowSid)) return;
    throw new ApiError(400, 50367, "Invalid or missing Studio Flow SID");
  }
  if (!url || !isHttpUrl(url)) throw new ApiError(400, 50369, "Configuration.Url is missing or not a URL");
  if (target === "webhook" && filters.length === 0) throw new ApiError(400, 50370, "Configuration.Filters is missing");
  if (target === "trigger" && triggers.length === 0)
    throw new ApiError(400, 50371, "Configuration.Triggers is missing");
}

/** One beyond the last Message replays nothing: which code a negative one gets is unverified. */
function refuseReplay(replayAfter: number | null | undefined): void {
  if (replayAfter === null || replayAfter === undefined || replayAfter >= 0) return;
  throw new ApiError(400, 20001, "Configuration.ReplayAfter must be the index of a Message");
}

export function isHttpUrl(url: string): boolean {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}
