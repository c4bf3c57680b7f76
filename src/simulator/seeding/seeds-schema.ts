import * as z from "zod/mini";

const text = z.string().check(z.minLength(1));
const attributes = z.record(z.string(), z.unknown());
const seconds = z.int().check(z.positive());

const agent = z.strictObject({
  /** The Worker's friendly name, and the agent's in the levers. */
  name: text,
  fullName: z.optional(text),
  roles: z._default(z.array(z.enum(["agent", "supervisor", "admin"])), ["agent"]),
  activity: z._default(z.enum(["Available", "Offline", "Unavailable", "Break"]), "Available"),
  /** https://www.twilio.com/docs/flex/admin-guide/setup/routing/skills */
  skills: z.optional(z.array(text)),
  attributes: z.optional(attributes),
  /** How many Tasks at once, by Task Channel. */
  capacity: z._default(
    z.strictObject({
      default: z.optional(z.int()),
      voice: z.optional(z.int()),
      chat: z.optional(z.int()),
      sms: z.optional(z.int()),
      video: z.optional(z.int()),
      email: z.optional(z.int()),
    }),
    {},
  ),
});

const queue = z.strictObject({ name: text, targetWorkers: z._default(z.string(), "1==1") });

/** As in a Workflow's configuration, with a queue's name for its SID. */
const target = z.strictObject({
  queue: text,
  expression: z.optional(text),
  timeout: z.optional(seconds),
  priority: z.optional(z.int()),
});

const workflow = z.strictObject({
  name: text,
  reservationTimeout: z._default(seconds, 120),
  filters: z._default(
    z.array(z.strictObject({ name: text, expression: text, targets: z.array(target).check(z.minLength(1)) })),
    [],
  ),
  default: z.optional(target),
});

const address = z.strictObject({
  address: text,
  type: z.enum(["sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat"]),
  friendlyName: z.optional(text),
  /** Called for messages of the Conversations that this address makes. */
  webhook: z.optional(z.strictObject({ url: z.url(), filters: z._default(z.array(text), ["onMessageAdded"]) })),
});

const user = z.strictObject({ identity: text, friendlyName: z.optional(text), attributes: z.optional(attributes) });

const template = z.strictObject({
  name: text,
  language: z._default(text, "en"),
  /** By content type, as Twilio's Content API takes it: `{ "twilio/text": { "body": "…" } }`. */
  types: z.record(z.string(), z.record(z.string(), z.unknown())),
  variables: z._default(z.record(z.string(), z.string()), {}),
});

/** Who and what is there when the simulator starts; what is left out is as ever. */
export const seedsSchema = z.strictObject({
  agents: z.optional(z.array(agent)),
  queues: z.optional(z.array(queue)),
  workflows: z.optional(z.array(workflow).check(z.minLength(1))),
  senders: z.optional(z.array(z.string().check(z.regex(/^(\+\d{7,15}|[a-z]+:\S+)$/)))),
  addresses: z.optional(z.array(address)),
  users: z.optional(z.array(user)),
  conversationServices: z.optional(z.array(text)),
  documents: z.optional(z.array(z.strictObject({ uniqueName: text, data: attributes }))),
  contentTemplates: z.optional(z.array(template)),
});

/** As somebody writes them. */
export type SeedsInput = z.input<typeof seedsSchema>;
export type Seeds = z.output<typeof seedsSchema>;
export type AgentSeed = z.output<typeof agent>;
export type QueueSeed = z.output<typeof queue>;
export type WorkflowSeed = z.output<typeof workflow>;
