import type { ApiRequest, Routes } from "../../server/routes";
import type { World } from "../../world";
import { conversationFields, messageFields, participantFields, updatedFields } from "../events";
import { asFields, before, newMessageFields, type PreEvent } from "../pre-events";
import type { ConversationRow, ParticipantRow } from "../rows";
import { findParticipant, findService } from "../store";
import { userFields } from "../users";
import { webhooksEnabled } from "./conversation-routes";
import { changeableConversation, messageAt } from "./message-routes";
import { conversationAt, openConversationAt, placeOf } from "./place";
import { changeIn, userAt } from "./user-routes";

type Asked = (world: World, request: ApiRequest) => Pick<PreEvent, "type" | "serviceSid" | "fields">;

/** The writes that are asked for beforehand, and with what fields. That an update shows what it would make is unverified. */
const asked: Record<string, Asked> = {
  "POST /v1/Conversations": newConversation,
  "POST /v1/ConversationWithParticipants": newConversation,
  "POST /v1/Conversations/:conversation"(world, request) {
    const row = openConversationAt(world, request);
    const { form } = request;
    return about("onConversationUpdate", row, {
      ...conversationFields({
        ...row,
        friendlyName: form.get("FriendlyName") ?? row.friendlyName,
        uniqueName: form.get("UniqueName") ?? row.uniqueName,
        attributes: form.get("Attributes") ?? row.attributes,
        messagingServiceSid: form.get("MessagingServiceSid") ?? row.messagingServiceSid,
      }),
      State: form.get("State") ?? row.state,
    });
  },
  "DELETE /v1/Conversations/:conversation"(world, request) {
    const row = conversationAt(world, request);
    return about("onConversationRemove", row, conversationFields(row));
  },
  "POST /v1/Conversations/:conversation/Messages"(world, request) {
    const conversation = openConversationAt(world, request);
    const { form } = request;
    const fields = newMessageFields(world, conversation, {
      author: form.get("Author"),
      body: form.get("Body"),
      mediaSids: form.all("MediaSid"),
      attributes: form.get("Attributes"),
    });
    return about("onMessageAdd", conversation, fields);
  },
  "POST /v1/Conversations/:conversation/Messages/:message"(world, request) {
    const conversation = changeableConversation(world, request);
    const row = messageAt(world, request);
    const { form } = request;
    const changed = {
      ...row,
      body: form.get("Body") ?? row.body,
      author: form.get("Author") ?? row.author,
      attributes: form.get("Attributes") ?? row.attributes,
    };
    return about("onMessageUpdate", conversation, { ...messageFields(changed, conversation), ...updatedFields(row) });
  },
  "DELETE /v1/Conversations/:conversation/Messages/:message"(world, request) {
    const conversation = openConversationAt(world, request);
    const row = messageAt(world, request);
    return about("onMessageRemove", conversation, { ...messageFields(row, conversation), ...updatedFields(row) });
  },
  "POST /v1/Conversations/:conversation/Participants"(world, request) {
    const { form } = request;
    const address = form.get("MessagingBinding.Address");
    const conversation = openConversationAt(world, request);
    const { conversationRoleSid } = findService(world.conversations.store, conversation.serviceSid).configuration;
    return about("onParticipantAdd", conversation, {
      ...given({
        Identity: form.get("Identity"),
        RoleSid: form.get("RoleSid") ?? (form.has("Identity") ? conversationRoleSid : undefined),
        "MessagingBinding.ProxyAddress": form.get("MessagingBinding.ProxyAddress"),
        "MessagingBinding.Address": address,
        "MessagingBinding.ProjectedAddress": form.get("MessagingBinding.ProjectedAddress"),
      }),
      Attributes: form.get("Attributes") ?? "{}",
      "MessagingBinding.Type": typeOf(address),
    });
  },
  "POST /v1/Conversations/:conversation/Participants/:participant"(world, request) {
    const { form } = request;
    const row = participantAt(world, request);
    const changed = {
      ...row,
      attributes: form.get("Attributes") ?? row.attributes,
      roleSid: form.get("RoleSid") ?? row.roleSid,
      lastReadMessageIndex: form.int("LastReadMessageIndex") ?? row.lastReadMessageIndex,
    };
    const fields = { ...participantFields(changed), ...updatedFields(row) };
    return about("onParticipantUpdate", openConversationAt(world, request), fields);
  },
  "DELETE /v1/Conversations/:conversation/Participants/:participant"(world, request) {
    const row = participantAt(world, request);
    const fields = { ...participantFields(row), ...updatedFields(row) };
    return about("onParticipantRemove", openConversationAt(world, request), fields);
  },
  "POST /v1/Users/:user"(world, request) {
    const row = userAt(world, request);
    return {
      type: "onUserUpdate",
      serviceSid: row.serviceSid,
      fields: userFields({ ...row, ...changeIn(request.form) }),
    };
  },
};

/** REST writes that ask for webhooks wait for those before the event; nothing is stored until these have answered. */
export function withPreEvents(world: World, routes: Routes): Routes {
  const entries = Object.entries(routes).map(([key, handler]): [string, Routes[string]] => {
    const ask = asked[key.replace("/Services/:service", "")];
    return ask ? [key, (request) => afterAsking(world, ask, request, handler)] : [key, handler];
  });
  return Object.fromEntries(entries);
}

async function afterAsking(world: World, ask: Asked, request: ApiRequest, handler: Routes[string]) {
  if (!webhooksEnabled(request)) return handler(request);
  const replaced = await before(world, { ...ask(world, request), source: "API", webhooks: true });
  return handler(replaced ? { ...request, form: request.form.with(asFields(replaced)) } : request);
}

function newConversation(world: World, request: ApiRequest) {
  const { form } = request;
  const fields = {
    ...given({
      FriendlyName: form.get("FriendlyName"),
      UniqueName: form.get("UniqueName"),
      MessagingServiceSid: form.get("MessagingServiceSid"),
    }),
    Attributes: form.get("Attributes") ?? "{}",
    State: form.get("State") ?? "active",
  };
  return { type: "onConversationAdd", serviceSid: placeOf(world, request).serviceSid, fields };
}

function about(type: string, { sid, serviceSid }: ConversationRow, fields: Record<string, string>) {
  return { type, serviceSid, fields: { ConversationSid: sid, ...fields } };
}

function participantAt(world: World, request: ApiRequest): ParticipantRow {
  const { store } = world.conversations;
  return findParticipant(store, conversationAt(world, request).sid, String(request.params.participant));
}

/** As `SMS`, `CHAT` or `WHATSAPP`. */
function typeOf(address: string | undefined): string {
  if (!address) return "CHAT";
  return /^(whatsapp|messenger):/.exec(address)?.[1]?.toUpperCase() ?? "SMS";
}

function given(fields: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
