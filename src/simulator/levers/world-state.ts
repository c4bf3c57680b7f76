import { readersOf } from "../conversations/read-horizon";
import type { World } from "../world";
import { callCounts } from "./call-counts";
import { whoIsResponsible } from "./who-is-responsible";

/** The whole world as JSON: what `GET /simulator/state` answers and tests assert on. */
export function worldState(world: World) {
  const { conversations, interactions, taskrouter, studio, sync, phones } = world;
  const responsible = new Map(
    whoIsResponsible(world).map(({ conversationSid, ...verdict }) => [conversationSid, verdict]),
  );
  return {
    now: world.clock.now(),
    account: { sid: world.account.sid, functionsDomain: world.account.functionsDomain },
    switches: world.positions,
    conversations: [...conversations.conversations.values()].map((row) => ({
      ...row,
      attributes: parsed(row.attributes),
      participants: conversations.participants(row.sid),
      messages: messagesOf(world, row.sid),
      webhooks: conversations.webhooks(row.sid),
      /** Null where there is no customer. */
      responsible: responsible.get(row.sid) ?? null,
    })),
    addresses: [...conversations.addresses.values()],
    interactions: [...interactions.interactions.values()],
    channels: [...interactions.channels.values()],
    invites: [...interactions.invites.values()],
    channelParticipants: [...interactions.participants.values()],
    tasks: [...taskrouter.tasks.values()].map((row) => ({ ...row, attributes: parsed(row.attributes) })),
    reservations: [...taskrouter.reservations.values()],
    workers: [...taskrouter.workers.values()].map((row) => ({
      ...row,
      attributes: parsed(row.attributes),
      activity: taskrouter.activities.get(row.activitySid)?.friendlyName,
    })),
    flows: [...studio.flows.values()].map(({ sid, revisions }) => {
      const { friendlyName, status, revision } = { ...revisions.at(-1) };
      return { sid, friendlyName, status, revision };
    }),
    executions: [...studio.executions.values()],
    documents: [...sync.documents.values()],
    phones: phones.all,
    media: [...world.media.media.values()],
    phoneNumbers: [...world.senders.numbers.values()],
    messages: [...world.messaging.store.messages.values()],
    messagingServices: [...world.messaging.store.services.values()],
    optOuts: world.messaging.store.optOuts,
    platforms: world.platforms.all.map(({ name, waiting }) => ({ name, waiting: waiting() })),
    calls: callCounts(world.log.entries),
  };
}

export type WorldState = ReturnType<typeof worldState>;

/** Who said what, and who else has read it, oldest first. */
export function transcript(world: World, conversationSid: string) {
  const { sid } = world.conversations.conversation(conversationSid);
  return messagesOf(world, sid).map(({ index, author, body, readBy, createdAt }) => ({
    ...{ index, author, body, readBy },
    at: createdAt,
  }));
}

const messagesOf = (world: World, conversationSid: string) =>
  world.conversations.messages(conversationSid).map((row) => ({ ...row, readBy: readersOf(world, row) }));

function parsed(attributes: string): unknown {
  try {
    return JSON.parse(attributes);
  } catch {
    return attributes;
  }
}
