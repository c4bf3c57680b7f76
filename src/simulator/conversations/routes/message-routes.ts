import { ApiError, unserved } from "../../server/api-error";
import { page } from "../../server/page";
import { type ApiRequest, created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { announce, messageFields, removedFields, updatedFields } from "../events";
import { refuseBadMessage } from "../messages";
import type { MessageRow } from "../rows";
import { refuseEmptyUpdate, webhooksEnabled } from "./conversation-routes";
import { conversationAt, HOST, inBothForms, openConversationAt, wireFor } from "./place";

const UNSERVED = ["MediaSid", "ContentSid"];

export function messageRoutes(world: World): Routes {
  const { conversations } = world;

  function find(request: ApiRequest): MessageRow {
    const { sid } = conversationAt(world, request);
    const row = conversations.messages(sid).find((one) => one.sid === request.params.message);
    if (!row) throw new ApiError(404, 20404, "Message not found");
    return row;
  }

  return inBothForms({
    "POST /v1/Conversations/:conversation/Messages"(request) {
      const { form } = request;
      for (const name of UNSERVED) if (form.has(name)) throw unserved(`Messages with ${name}`);
      const row = conversations.addMessage(openConversationAt(world, request).sid, {
        author: form.get("Author"),
        body: form.get("Body"),
        attributes: form.get("Attributes"),
        createdAt: form.has("DateCreated") ? new Date(form.require("DateCreated")) : undefined,
        source: "API",
        webhooks: webhooksEnabled(request),
      });
      return created(wireFor(world, request).message(row));
    },
    "GET /v1/Conversations/:conversation/Messages"(request) {
      const { sid } = conversationAt(world, request);
      const rows = [...conversations.messages(sid)];
      if (request.form.get("Order") === "desc") rows.reverse();
      return page(request, rows, {
        host: HOST,
        key: "messages",
        render: wireFor(world, request).message,
        largest: 100,
      });
    },
    "GET /v1/Conversations/:conversation/Messages/:message": (request) =>
      ok(wireFor(world, request).message(find(request))),
    "POST /v1/Conversations/:conversation/Messages/:message"(request) {
      const conversation = openConversationAt(world, request);
      const row = find(request);
      const { form } = request;
      refuseEmptyUpdate(form);
      const changed = {
        body: form.get("Body") ?? row.body ?? "",
        author: form.get("Author") ?? row.author,
        attributes: form.get("Attributes") ?? row.attributes,
      };
      refuseBadMessage(changed);
      Object.assign(row, changed, { updatedAt: world.clock.now() });
      if (webhooksEnabled(request)) {
        const fields = { ...messageFields(row, conversation), ...updatedFields(row) };
        announce(world, conversations.store, { type: "onMessageUpdated", conversation, source: "API", fields });
      }
      return ok(wireFor(world, request).message(row));
    },
    "DELETE /v1/Conversations/:conversation/Messages/:message"(request) {
      const conversation = openConversationAt(world, request);
      const row = find(request);
      const rest = conversations.messages(conversation.sid).filter((one) => one !== row);
      conversations.store.messages.set(conversation.sid, rest);
      if (webhooksEnabled(request)) {
        const fields = { ...messageFields(row, conversation), ...removedFields(world.clock.now()) };
        announce(world, conversations.store, { type: "onMessageRemoved", conversation, source: "API", fields });
      }
      return noContent();
    },
  });
}
