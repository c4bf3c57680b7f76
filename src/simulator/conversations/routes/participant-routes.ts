import { ApiError, unserved } from "../../server/api-error";
import { page } from "../../server/page";
import { created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { announce, participantFields, updatedFields } from "../events";
import { bindingOf, refuseParticipantAttributes } from "../participants";
import type { ParticipantRow } from "../rows";
import { findParticipant, openConversation } from "../store";
import { conversationsWire } from "../wire";
import { HOST, refuseEmptyUpdate, webhooksEnabled } from "./conversation-routes";

/** What of a Participant cannot be changed here. */
const FIXED = ["Identity", "MessagingBinding.ProxyAddress", "MessagingBinding.ProjectedAddress"];

export function participantRoutes(world: World): Routes {
  const { conversations } = world;
  const wire = conversationsWire(world.account);
  const render = wire.participant;
  const find = (params: Record<string, string>): ParticipantRow =>
    findParticipant(
      conversations.store,
      conversations.conversation(String(params.conversation)).sid,
      String(params.participant),
    );
  return {
    "POST /v1/Conversations/:conversation/Participants"(request) {
      const { form, params } = request;
      if (form.has("MessagingBinding.ProjectedAddress")) throw unserved("MessagingBinding.ProjectedAddress");
      const address = form.get("MessagingBinding.Address");
      const proxyAddress = form.get("MessagingBinding.ProxyAddress");
      const row = conversations.addParticipant(String(params.conversation), {
        identity: form.get("Identity"),
        binding: address || proxyAddress ? bindingOf(address ?? "", proxyAddress ?? "") : undefined,
        attributes: form.get("Attributes"),
        roleSid: form.get("RoleSid"),
        source: "API",
        webhooks: webhooksEnabled(request),
      });
      return created(render(row));
    },
    "GET /v1/Conversations/:conversation/Participants"(request) {
      const { sid } = conversations.conversation(String(request.params.conversation));
      return page(request, conversations.participants(sid), { host: HOST, key: "participants", render });
    },
    "GET /v1/Conversations/:conversation/Participants/:participant": ({ params }) => ok(render(find(params))),
    "POST /v1/Conversations/:conversation/Participants/:participant"(request) {
      const { params, form } = request;
      const conversation = openConversation(conversations.store, String(params.conversation));
      const row = find(params);
      refuseEmptyUpdate(form);
      refuseParticipantAttributes(form.get("Attributes"));
      for (const name of FIXED) if (form.has(name)) throw unserved(`an update of ${name}`);
      row.attributes = form.get("Attributes") ?? row.attributes;
      row.roleSid = form.get("RoleSid") ?? row.roleSid;
      row.lastReadMessageIndex = form.int("LastReadMessageIndex") ?? row.lastReadMessageIndex;
      row.lastReadTimestamp = form.date("LastReadTimestamp") ?? row.lastReadTimestamp;
      row.updatedAt = world.clock.now();
      if (webhooksEnabled(request)) {
        const fields = { ...participantFields(row), ...updatedFields(row) };
        announce(world, conversations.store, { type: "onParticipantUpdated", conversation, source: "API", fields });
      }
      return ok(render(row));
    },
    "DELETE /v1/Conversations/:conversation/Participants/:participant"(request) {
      const row = find(request.params);
      const change = { source: "API" as const, webhooks: webhooksEnabled(request) };
      conversations.participantsOf.remove(row.conversationSid, row.sid, change);
      return noContent();
    },
    "GET /v1/ParticipantConversations"(request) {
      const identity = request.form.get("Identity");
      const address = request.form.get("Address");
      // That one of them is needed is documented; how Twilio refuses neither is unverified.
      if (!identity && !address) throw new ApiError(400, 20001, "Either Identity or Address is needed");
      const found = [...conversations.store.participants.values()]
        .flat()
        .filter((row) => (identity ? row.identity === identity : row.binding?.address === address))
        .reverse();
      return page(request, found, {
        host: HOST,
        key: "conversations",
        largest: 50,
        render: (row) => wire.participantConversation(row, conversations.conversation(row.conversationSid)),
      });
    },
  };
}
