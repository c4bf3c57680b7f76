import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import { type ApiRequest, created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { ConversationRow, MessageRow } from "../rows";
import { refuseEmptyUpdate, webhooksEnabled } from "./conversation-routes";
import { conversationAt, HOST, inBothForms, openConversationAt, wireFor } from "./place";

/** https://www.twilio.com/docs/conversations-classic/api/conversation-message-resource */
export function messageRoutes(world: World): Routes {
  const { conversations } = world;
  const by = (request: ApiRequest, conversation: ConversationRow) => ({
    conversation,
    source: "API" as const,
    webhooks: webhooksEnabled(request),
  });

  return inBothForms({
    "POST /v1/Conversations/:conversation/Messages"(request) {
      const { form } = request;
      const row = conversations.addMessage(openConversationAt(world, request).sid, {
        ...readChange(request),
        mediaSids: form.has("MediaSid") ? [form.require("MediaSid")] : [],
        contentSid: form.get("ContentSid"),
        contentVariables: form.get("ContentVariables"),
        source: "API",
        webhooks: webhooksEnabled(request),
      });
      return created(wireFor(world, request).message(row));
    },
    "GET /v1/Conversations/:conversation/Messages"(request) {
      const { sid } = conversationAt(world, request);
      const newestFirst = request.form.get("Order") === "desc";
      const rows = [...conversations.messages(sid)];
      return page(request, newestFirst ? rows.reverse() : rows, {
        host: HOST,
        key: "messages",
        render: wireFor(world, request).message,
        largest: 100,
        at: ({ index }) => (newestFirst ? -index : index),
      });
    },
    "GET /v1/Conversations/:conversation/Messages/:message": (request) =>
      ok(wireFor(world, request).message(messageAt(world, request))),
    "POST /v1/Conversations/:conversation/Messages/:message"(request) {
      const conversation = changeableConversation(world, request);
      const row = messageAt(world, request);
      refuseEmptyUpdate(request.form);
      conversations.messagesOf.update(row, readChange(request), by(request, conversation));
      return ok(wireFor(world, request).message(row));
    },
    "DELETE /v1/Conversations/:conversation/Messages/:message"(request) {
      const conversation = openConversationAt(world, request);
      conversations.messagesOf.remove(messageAt(world, request), by(request, conversation));
      return noContent();
    },
  });
}

/** A closed Conversation takes no new Messages; whether its old ones can still be changed is a switch. */
export function changeableConversation(world: World, request: ApiRequest): ConversationRow {
  const conversation = conversationAt(world, request);
  const refused = conversation.state === "closed" && !world.switches.closedMessageCanBeUpdated;
  return refused ? openConversationAt(world, request) : conversation;
}

/** The Message in the path of a request; its 404 is unverified. */
export function messageAt(world: World, request: ApiRequest): MessageRow {
  const { sid } = conversationAt(world, request);
  const row = world.conversations.messages(sid).find((one) => one.sid === request.params.message);
  if (!row) throw new ApiError(404, 20404, "Message not found");
  return row;
}

function readChange({ form }: ApiRequest) {
  return {
    author: form.get("Author"),
    body: form.get("Body"),
    attributes: form.get("Attributes"),
    subject: form.get("Subject"),
    createdAt: form.date("DateCreated"),
    updatedAt: form.date("DateUpdated"),
  };
}
