import "./server/schema-words";
import { EventEmitter } from "node:events";
import { type ApiKeys, createApiKeys } from "./accounts/api-keys";
import type { Clock } from "./clock";
import { type Content, createContent } from "./content/content";
import { type Conversations, createConversations } from "./conversations/conversations";
import type { MessageRow } from "./conversations/rows";
import type { EventLog } from "./event-log";
import { createFaults, type Faults } from "./faults";
import { createFlex, type Flex } from "./flex/flex";
import { createTokens, type Tokens } from "./iam/tokens";
import type { InteractionEvent } from "./interactions/events";
import { createInteractions, type Interactions } from "./interactions/interactions";
import { createLatency, type Latency } from "./latency";
import { createMedia, type Media } from "./media/media";
import { createMessaging, type Messaging } from "./messaging/messaging";
import { createSenders, type Senders } from "./messaging/senders";
import { createPhones, type Phones } from "./phone/phones";
import { createPlatforms, type Platforms } from "./platforms/platforms";
import { createRateLimits, type RateLimits } from "./rate-limits";
import { plantSeeds } from "./seeding/plant-seeds";
import type { Seeds } from "./seeding/seeds-schema";
import type { Account } from "./seeds";
import { type NewSid, sidGenerator } from "./sids";
import { type Alarms, createAlarms } from "./snapshot/alarms";
import { createMemory, type Memory } from "./snapshot/memory";
import { createStudio, type Studio } from "./studio/studio";
import type { Switchboard } from "./switches";
import { createSync, type Sync } from "./sync/documents";
import type { ReservationRow, TaskRow } from "./taskrouter/rows";
import { createTaskRouter, type TaskRouter } from "./taskrouter/taskrouter";
import type { SendWebhook } from "./webhooks/send-webhook";
import { defaultWebhookSettings, type WebhookSettings } from "./webhooks/settings";
import type { Work } from "./work";

/** What outlives a reset of the world: time, history, and the way out. */
export interface Surroundings extends Switchboard {
  readonly account: Account;
  /** What is in the account besides what every one has. */
  readonly seeds: Seeds;
  readonly seed: string;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly work: Work;
  readonly sendWebhook: SendWebhook;
  /** Kills the process that runs a Function call, with all it was doing. */
  readonly crash: (invocation: string) => Promise<void>;
}

/**
 * Everything the simulated account is, in one place. Products reach each other through it: by its operations where one
 * asks another to act (Studio asks Interactions), by its bus where one only tells (TaskRouter tells what happened).
 */
export interface World extends Surroundings {
  readonly bus: Bus;
  /** What a snapshot holds, and what is to happen later. */
  readonly memory: Memory;
  readonly alarms: Alarms;
  readonly newSid: NewSid;
  readonly faults: Faults;
  readonly latency: Latency;
  readonly rateLimits: RateLimits;
  readonly webhookSettings: WebhookSettings;
  readonly apiKeys: ApiKeys;
  readonly senders: Senders;
  readonly messaging: Messaging;
  readonly content: Content;
  readonly conversations: Conversations;
  readonly interactions: Interactions;
  readonly media: Media;
  readonly flex: Flex;
  readonly taskrouter: TaskRouter;
  readonly studio: Studio;
  readonly sync: Sync;
  readonly tokens: Tokens;
  readonly phones: Phones;
  readonly platforms: Platforms;
}

/** What products tell each other. Listeners run at once, in the order in which they subscribed. */
export interface WorldEvents {
  "task.updated": [task: TaskRow, event: string];
  "reservation.updated": [reservation: ReservationRow, task: TaskRow];
  "message.added": [message: MessageRow];
  "conversation.closed": [conversationSid: string];
  "interaction.event": [event: InteractionEvent];
}

export type Bus = EventEmitter<WorldEvents>;

/** A fresh account with its seeded objects. Products see each other only once all of them stand. */
export function createWorld(surroundings: Surroundings): World {
  const { clock, log, seed } = surroundings;
  const memory = createMemory();
  const world = {
    ...surroundings,
    bus: new EventEmitter<WorldEvents>(),
    memory,
    alarms: createAlarms({ clock, memory }),
    newSid: sidGenerator(seed, memory.keep("sids", new Map())),
    faults: createFaults(log, memory.keep("faults", [])),
    latency: createLatency(memory.keep("latency", new Map())),
    webhookSettings: memory.keep("webhook settings", defaultWebhookSettings()),
  } as { -readonly [Key in keyof World]: World[Key] };
  world.apiKeys = createApiKeys(world);
  world.senders = createSenders(world);
  world.messaging = createMessaging(world);
  world.content = createContent(world);
  world.rateLimits = createRateLimits(world);
  world.taskrouter = createTaskRouter(world);
  world.conversations = createConversations(world);
  world.media = createMedia(world);
  world.interactions = createInteractions(world);
  world.flex = createFlex(world);
  world.studio = createStudio(world);
  world.sync = createSync(world);
  world.tokens = createTokens(world);
  world.phones = createPhones(world);
  world.platforms = createPlatforms(world);
  plantSeeds(world, surroundings.seeds);
  return world;
}
