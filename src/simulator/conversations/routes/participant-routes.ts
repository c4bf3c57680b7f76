import { page } from "../../server/page";
import { created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { bindingOf } from "../participants";
import type { ParticipantRow } from "../rows";
import { findParticipant, openConversation } from "../store";
import { conversationsWire } from "../wire";
import { HOST, webhooksEnabled } from "./conversation-routes";

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
      const address = form.get("MessagingBinding.Address");
      const row = conversations.addParticipant(String(params.conversation), {
        identity: form.get("Identity"),
        binding: address ? bindingOf(address, form.get("MessagingBinding.ProxyAddress") ?? "") : undefined,
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
    "POST /v1/Conversations/:conversation/Participants/:participant"({ params, form }) {
      openConversation(conversations.store, String(params.conversation));
      const row = find(params);
      row.attributes = form.get("Attributes") ?? row.attributes;
      row.roleSid = form.get("RoleSid") ?? row.roleSid;
      row.lastReadMessageIndex = form.int("LastReadMessageIndex") ?? row.lastReadMessageIndex;
      row.updatedAt = world.clock.now();
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
