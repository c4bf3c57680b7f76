import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import { type ApiRequest, created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { announce, participantFields, updatedFields } from "../events";
import { participantOfForm } from "../read-participant";
import type { ParticipantRow } from "../rows";
import { findParticipant, participantsNamed } from "../store";
import { changeOf } from "../update-participant";
import { refuseEmptyUpdate, webhooksEnabled } from "./conversation-routes";
import { conversationAt, HOST, inBothForms, openConversationAt, type Place, placeOf, wireFor } from "./place";

/** https://www.twilio.com/docs/conversations-classic/api/conversation-participant-resource */
export function participantRoutes(world: World): Routes {
  const { conversations } = world;
  const find = (request: ApiRequest): ParticipantRow =>
    findParticipant(conversations.store, conversationAt(world, request).sid, String(request.params.participant));
  const userSidOf = ({ serviceSid }: Place, { identity }: ParticipantRow): string | null =>
    (identity === null ? undefined : conversations.users.named(serviceSid, identity)?.sid) ?? null;
  return inBothForms({
    "POST /v1/Conversations/:conversation/Participants"(request) {
      const row = conversations.addParticipant(openConversationAt(world, request).sid, {
        ...participantOfForm(request.form),
        source: "API",
        webhooks: webhooksEnabled(request),
      });
      return created(wireFor(world, request).participant(row));
    },
    "GET /v1/Conversations/:conversation/Participants"(request) {
      const { sid } = conversationAt(world, request);
      const render = wireFor(world, request).participant;
      return page(request, conversations.participants(sid), { host: HOST, key: "participants", render, largest: 100 });
    },
    "GET /v1/Conversations/:conversation/Participants/:participant": (request) =>
      ok(wireFor(world, request).participant(find(request))),
    "POST /v1/Conversations/:conversation/Participants/:participant"(request) {
      const { form } = request;
      const conversation = openConversationAt(world, request);
      const row = find(request);
      refuseEmptyUpdate(form);
      Object.assign(row, changeOf(world, conversation, row, form));
      if (webhooksEnabled(request)) {
        const fields = { ...participantFields(row), ...updatedFields(row) };
        announce(world, conversations.store, { type: "onParticipantUpdated", conversation, source: "API", fields });
      }
      return ok(wireFor(world, request).participant(row));
    },
    "DELETE /v1/Conversations/:conversation/Participants/:participant"(request) {
      const row = find(request);
      const change = { source: "API" as const, webhooks: webhooksEnabled(request) };
      conversations.participantsOf.remove(row.conversationSid, row.sid, change);
      return noContent();
    },
    "GET /v1/ParticipantConversations"(request) {
      const identity = request.form.get("Identity");
      const address = request.form.get("Address");
      // That one of them is needed is documented; how Twilio refuses neither is unverified.
      if (!identity && !address) throw new ApiError(400, 20001, "Either Identity or Address is needed");
      if (identity && address) {
        throw new ApiError(400, 50451, "One user identifier parameter for lookup at a time is allowed");
      }
      const place = placeOf(world, request);
      const found = participantsNamed(conversations.store, String(identity ?? address))
        .filter((row) =>
          identity ? row.identity === identity : (row.binding?.address ?? row.groupAddress) === address,
        )
        .filter((row) => conversations.conversation(row.conversationSid).serviceSid === place.serviceSid)
        .reverse();
      const wire = wireFor(world, request);
      return page(request, found, {
        host: HOST,
        key: "conversations",
        largest: 50,
        render: (row) =>
          wire.participantConversation(row, conversations.conversation(row.conversationSid), userSidOf(place, row)),
      });
    },
  });
}
