import type { MediaRow } from "../media/rows";
import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { ConversationRow, NewMessage } from "./rows";
import type { Store } from "./store";

/** What a new Message shows. */
export interface MessageContent {
  body: string | null;
  media: MediaRow[];
  contentSid: string | null;
  /** What only its template knows. */
  template: Template | undefined;
}

export interface Template {
  /** WhatsApp takes it at any time. */
  approved: boolean;
  /** Addresses of files, which go to the customer; that the Message itself shows none is unverified. */
  mediaUrls: readonly string[];
}

/** With a ContentSid, Body and MediaSid are ignored: https://www.twilio.com/docs/conversations-classic/api/conversation-message-resource */
export function contentOf(
  world: World,
  store: Store,
  { sid, serviceSid }: ConversationRow,
  { body, mediaSids = [], contentSid, contentVariables }: NewMessage,
): MessageContent {
  refuseBadVariables(contentSid, contentVariables);
  if (contentSid) {
    const rendered = world.content.render(contentSid, contentVariables, channelOf(store, sid));
    const template = { approved: rendered.approved, mediaUrls: rendered.media ?? [] };
    return { body: rendered.body, media: [], contentSid, template };
  }
  const media = world.media.free(serviceSid, mediaSids);
  return { body: body || null, media, contentSid: null, template: undefined };
}

/** 50528 and 50527: https://www.twilio.com/docs/api/errors. What a template then makes of them, Content itself refuses. */
function refuseBadVariables(contentSid: string | undefined, variables: string | undefined): void {
  if (variables === undefined) return;
  if (!contentSid) throw new ApiError(400, 50528, "Content SID is missing");
  if (!isObject(variables)) throw new ApiError(400, 50527, "Content variables are not a valid JSON object");
}

/** The first customer's; with several channels in one Conversation, which text Twilio keeps is unverified. */
function channelOf(store: Store, conversationSid: string): string {
  return store.participants.get(conversationSid)?.find(({ binding }) => binding)?.binding?.type ?? "chat";
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
