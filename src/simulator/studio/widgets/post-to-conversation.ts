import type { MessageRow, NewMessage } from "../../conversations/rows";
import { ApiError } from "../../server/api-error";
import type { JsonObject } from "../json";
import { templateOf } from "./content-template";
import type { MessageProperties } from "./message-properties";
import type { WidgetRun } from "./widget";

/** A message of the Flow in a Conversation, where it is written in the name of `from`. */
export async function postToConversation(
  run: WidgetRun,
  conversationSid: string,
  properties: MessageProperties,
): Promise<JsonObject> {
  const attributes = run.render(properties.attributes).trim();
  const { serviceSid } = run.world.conversations.conversation(conversationSid);
  const content =
    templateOf(run, properties) ??
    ({ body: run.render(properties.body), ...(await mediaOf(run, serviceSid, properties)) } satisfies Content);
  const message = run.post(conversationSid, {
    author: run.render(properties.from).trim() || run.execution.channelAddress,
    ...content,
    ...(attributes ? { attributes } : {}),
  });
  return outbound(message);
}

type Content = Pick<NewMessage, "body" | "mediaSids">;

const MEDIA_TIMEOUT_MS = 10_000;

/** A Conversation keeps files by itself, so Studio must fetch this one. That it does is unverified. */
async function mediaOf(run: WidgetRun, serviceSid: string, { media_url }: MessageProperties): Promise<Content> {
  const url = run.render(media_url).trim();
  if (!url) return {};
  const { sid: executionSid } = run.execution;
  const request = { name: "Studio media", url, method: "GET", params: {}, timeoutMs: MEDIA_TIMEOUT_MS } as const;
  const { status, headers, content } = await run.world.sendWebhook({ ...request, about: { executionSid } });
  if (status !== 200 || !content) throw new ApiError(400, 50507, `no media at ${url}`);
  const contentType = headers["content-type"] ?? "application/octet-stream";
  const filename = new URL(url).pathname.split("/").at(-1);
  return { mediaSids: [run.world.media.add({ serviceSid, content, contentType, filename }).sid] };
}

function outbound(message: MessageRow): JsonObject {
  return {
    Sid: message.sid,
    ConversationSid: message.conversationSid,
    Body: message.body ?? "",
    Author: message.author,
    Index: message.index,
    Attributes: message.attributes,
    Media: message.media.map(({ sid, contentType, filename, size }) => ({
      Sid: sid,
      ContentType: contentType,
      Filename: filename,
      Size: size,
    })),
    ParticipantSid: message.participantSid,
  };
}
