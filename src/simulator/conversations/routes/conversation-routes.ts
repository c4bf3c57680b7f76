import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import type { Params } from "../../server/params";
import { type ApiRequest, created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { NewConversation } from "../create-conversation";
import { announce, conversationFields, removedFields } from "../events";
import { participantOfJson } from "../read-participant";
import {
  LONGEST_ATTRIBUTES,
  refuseAttributes,
  refuseMessagingService,
  refuseNames,
  refuseTakenName,
} from "../refusals";
import type { ConversationRow, ConversationState } from "../rows";
import { refuseTimers } from "../states";
import { renameConversation } from "../store";
import { conversationAt, HOST, inBothForms, openConversationAt, placeOf, wireFor } from "./place";

/** REST calls reach webhooks only when they ask for it: https://www.twilio.com/docs/conversations-classic/conversations-webhooks */
export function webhooksEnabled({ headers }: ApiRequest): boolean {
  return String(headers["x-twilio-webhook-enabled"]).toLowerCase() === "true";
}

export function conversationRoutes(world: World): Routes {
  const { conversations } = world;
  return inBothForms({
    "POST /v1/Conversations"(request) {
      const row = conversations.create(newConversationIn(world, request));
      return created(wireFor(world, request).conversation(row));
    },
    // Accepted, as the Participants come later; 201 with none, as in the document's examples.
    "POST /v1/ConversationWithParticipants"(request) {
      const members = request.form.all("Participant").map((json) => ({
        ...participantOfJson(json),
        source: "API" as const,
        webhooks: webhooksEnabled(request),
      }));
      const row = conversations.createWithParticipants(newConversationIn(world, request), members);
      const { links, ...rest } = wireFor(world, request).conversation(row);
      const { export: _, ...shown } = links;
      return { status: members.length > 0 ? 202 : 201, body: { ...rest, links: shown } };
    },
    "GET /v1/Conversations"(request) {
      const state = request.form.get("State");
      const { serviceSid } = placeOf(world, request);
      const rows = [...conversations.conversations.values()]
        .filter((row) => row.serviceSid === serviceSid)
        .filter((row) => !state || row.state === state)
        .filter(createdWithin(readDay(request.form, "StartDate"), readDay(request.form, "EndDate")));
      const render = wireFor(world, request).conversation;
      return page(request, rows.reverse(), { host: HOST, key: "conversations", render, largest: 100 });
    },
    "GET /v1/Conversations/:conversation": (request) =>
      ok(wireFor(world, request).conversation(conversationAt(world, request))),
    "POST /v1/Conversations/:conversation"(request) {
      const row = openConversationAt(world, request);
      update(world, row, request);
      return ok(wireFor(world, request).conversation(row));
    },
    "DELETE /v1/Conversations/:conversation"(request) {
      const row = conversationAt(world, request);
      if (webhooksEnabled(request)) {
        const fields = { ...conversationFields(row), ...removedFields(world.clock.now()) };
        announce(world, conversations.store, {
          type: "onConversationRemoved",
          conversation: row,
          source: "API",
          fields,
        });
      }
      conversations.remove(row);
      return noContent();
    },
  });
}

function newConversationIn(world: World, request: ApiRequest): NewConversation {
  const { form } = request;
  const timers = readTimers(form);
  if ((timers.inactive || timers.closed) && !form.has("State")) {
    throw new ApiError(400, 50382, "Timers can only be set together with State");
  }
  return {
    serviceSid: placeOf(world, request).serviceSid,
    friendlyName: form.get("FriendlyName"),
    uniqueName: form.get("UniqueName"),
    attributes: form.get("Attributes"),
    messagingServiceSid: form.get("MessagingServiceSid"),
    state: readState(form),
    timers,
    email: readEmail(form, null),
    createdAt: form.date("DateCreated"),
    updatedAt: form.date("DateUpdated"),
    webhooks: webhooksEnabled(request),
  };
}

function update(world: World, row: ConversationRow, request: ApiRequest): void {
  const { form } = request;
  const { store, states } = world.conversations;
  refuseEmptyUpdate(form);
  const state = readState(form);
  const timers = readTimers(form);
  refuseTimers(timers);
  const uniqueName = form.get("UniqueName");
  if (uniqueName && uniqueName !== row.uniqueName) refuseTakenName(world, store, row.serviceSid, uniqueName);
  refuseNames({ friendlyName: form.get("FriendlyName"), uniqueName });
  refuseAttributes(form.get("Attributes"), LONGEST_ATTRIBUTES);
  refuseMessagingService(world, form.get("MessagingServiceSid"));
  if (uniqueName !== undefined) renameConversation(store, row, uniqueName || null);
  row.friendlyName = form.get("FriendlyName") ?? row.friendlyName;
  row.attributes = form.get("Attributes") ?? row.attributes;
  row.messagingServiceSid = form.get("MessagingServiceSid") ?? row.messagingServiceSid;
  row.email = readEmail(form, row.email);
  row.createdAt = form.date("DateCreated") ?? row.createdAt;
  row.updatedAt = form.date("DateUpdated") ?? world.clock.now();
  states.setTimers(row, timers);
  if (webhooksEnabled(request)) {
    const fields = conversationFields(row);
    announce(world, store, { type: "onConversationUpdated", conversation: row, source: "API", fields });
  }
  if (state) states.set(row, state, "API", webhooksEnabled(request));
}

/** 20161, https://www.twilio.com/docs/api/errors/20161 */
export function refuseEmptyUpdate(form: Params): void {
  if (form.entries().length === 0) throw new ApiError(400, 20161, "Parameters are not specified for update request");
}

/** Both days included; that they are days in UTC is unverified. */
function createdWithin(start: string | undefined, end: string | undefined) {
  return ({ createdAt }: ConversationRow) => {
    const day = createdAt.toISOString().slice(0, 10);
    return (!start || day >= start) && (!end || day <= end);
  };
}

/** `YYYY-MM-DDT00:00:00Z` in the OpenAPI document; that a day alone does, and other texts are refused, is unverified. */
function readDay(form: Params, name: string): string | undefined {
  const text = form.get(name);
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}:\d{2}Z)?$/.exec(text ?? "") ?? [];
  if (text && !day) throw new ApiError(400, 20001, `Parameter ${name} must be a day in ISO 8601`);
  return day;
}

function readTimers(form: Params) {
  return { inactive: form.get("Timers.Inactive"), closed: form.get("Timers.Closed") };
}

/** Shown as the document's example shows it; no email is sent. */
function readEmail(form: Params, before: ConversationRow["email"]): ConversationRow["email"] {
  const address = form.get("Bindings.Email.Address");
  const name = form.get("Bindings.Email.Name");
  if (address === undefined && name === undefined) return before;
  return { address: address ?? before?.address ?? null, name: name ?? before?.name ?? null };
}

/** 50374 and 50378: https://www.twilio.com/docs/api/errors/50378 */
function readState(form: Params): ConversationState | undefined {
  const state = form.get("State");
  if (state === "") throw new ApiError(400, 50374, "State cannot be empty");
  if (state === undefined || state === "active" || state === "inactive" || state === "closed") return state;
  throw new ApiError(400, 50378, "State must be active, inactive or closed");
}
