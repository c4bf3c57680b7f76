import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import { type ApiRequest, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { ParticipantRow, UserRow } from "../rows";
import { participantsNamed } from "../store";
import { readHorizon } from "../update-participant";
import { type UserConversation, usersWire } from "../user-wire";
import { refuseEmptyUpdate } from "./conversation-routes";
import { conversationAt, HOST, inBothForms, openConversationAt, placeOf } from "./place";
import { userAt } from "./user-routes";

/** The most that Twilio counts: https://www.twilio.com/docs/conversations-classic/api/user-conversation-resource */
const MOST_UNREAD = 1000;

/** The same page: a User's Conversations, closed ones too. No webhook hears of what is done here. */
export function userConversationRoutes(world: World): Routes {
  const { conversations } = world;
  const render = (request: ApiRequest) => usersWire(world.account, placeOf(world, request)).userConversation;

  function seen(user: UserRow, participant: ParticipantRow): UserConversation {
    const conversation = conversations.conversation(participant.conversationSid);
    return { user, participant, conversation, unread: unreadOf(participant) };
  }

  /** Null before anything was read: unverified. */
  function unreadOf({ conversationSid, lastReadMessageIndex }: ParticipantRow): number | null {
    if (lastReadMessageIndex === null) return null;
    const unread = conversations.messages(conversationSid).filter(({ index }) => index > lastReadMessageIndex);
    return Math.min(unread.length, MOST_UNREAD);
  }

  function find(request: ApiRequest): UserConversation {
    const user = userAt(world, request);
    const { sid } = conversationAt(world, request);
    const participant = conversations.participants(sid).find(({ identity }) => identity === user.identity);
    // https://www.twilio.com/docs/api/errors/50430; that it is the one given here is unverified.
    if (!participant) throw new ApiError(404, 50430, "Participant is not a member of conversation");
    return seen(user, participant);
  }

  return inBothForms({
    "GET /v1/Users/:user/Conversations"(request) {
      const user = userAt(world, request);
      const rows = participantsNamed(conversations.store, user.identity)
        .filter(({ identity }) => identity === user.identity)
        .map((participant) => seen(user, participant))
        .filter(({ conversation }) => conversation.serviceSid === user.serviceSid);
      return page(request, rows, { host: HOST, key: "conversations", render: render(request), largest: 50 });
    },
    "GET /v1/Users/:user/Conversations/:conversation": (request) => ok(render(request)(find(request))),
    "POST /v1/Users/:user/Conversations/:conversation"(request) {
      openConversationAt(world, request);
      const { user, participant } = find(request);
      const { form } = request;
      refuseEmptyUpdate(form);
      const notificationLevel = form.get("NotificationLevel") as ParticipantRow["notificationLevel"] | undefined;
      Object.assign(participant, readHorizon(participant, form), notificationLevel && { notificationLevel });
      participant.updatedAt = world.clock.now();
      return ok(render(request)(seen(user, participant)));
    },
    "DELETE /v1/Users/:user/Conversations/:conversation"(request) {
      const { participant } = find(request);
      conversations.participantsOf.remove(participant.conversationSid, participant.sid, {
        source: "API",
        webhooks: false,
      });
      return noContent();
    },
  });
}
