import { createClock } from "../../../src/simulator/clock";
import type {
  ConversationRow,
  MessageRow,
  NewMessage,
  ParticipantRow,
  ScopedWebhookRow,
} from "../../../src/simulator/conversations/rows";
import { createEventLog } from "../../../src/simulator/event-log";
import { createFaults } from "../../../src/simulator/faults";
import type { NewInteraction } from "../../../src/simulator/interactions/interactions";
import type { InteractionRow } from "../../../src/simulator/interactions/rows";
import { account } from "../../../src/simulator/seeds";
import { ApiError } from "../../../src/simulator/server/api-error";
import { sidFor, sidGenerator } from "../../../src/simulator/sids";
import { createStudio, type Studio } from "../../../src/simulator/studio/studio";
import { type Switches, switchboard } from "../../../src/simulator/switches";
import type { Webhook, WebhookAnswer } from "../../../src/simulator/webhooks/send-webhook";
import { createWork } from "../../../src/simulator/work";
import type { World } from "../../../src/simulator/world";

export const customer = "+15550101001";
export const workspaceSid = sidFor("WS", "Flex Task Assignment");

interface BenchOptions {
  switches?: Partial<Switches>;
  /** Answers for the requests that Flows send. */
  answer?: (webhook: Webhook) => WebhookAnswer | Promise<WebhookAnswer>;
  /** Thrown by Interactions. */
  interactionRefusal?: ApiError;
  attributes?: string;
  /** The customer's identity; by SMS when absent. */
  identity?: string;
}

/** Studio on a world with one Conversation, in which a customer writes. */
export function studioBench(options: BenchOptions = {}) {
  const failures: unknown[] = [];
  const work = createWork((failure) => failures.push(failure));
  const clock = createClock(() => work.settled());
  const log = createEventLog(() => clock.now());
  const newSid = sidGenerator("studio bench");
  const conversation = conversationRow(newSid("CH"), options.attributes ?? "{}");
  const participant = participantRow(newSid("MB"), conversation.sid, options.identity);
  const messages: MessageRow[] = [];
  const posted: NewMessage[] = [];
  const hooks: ScopedWebhookRow[] = [];
  const requests: Webhook[] = [];
  const interactions: NewInteraction[] = [];

  function add(given: NewMessage, participantSid: string | null): MessageRow {
    if (conversation.state === "closed") throw new ApiError(400, 50386, "The Conversation is closed");
    if (!given.body) throw new ApiError(400, 50503, "A message needs a body");
    const row = messageRow(newSid("IM"), conversation.sid, messages.length, given, participantSid);
    messages.push(row);
    if (!given.webhooks) return row;
    for (const { flowSid } of hooks) work.later(() => studio.deliver(flowSid ?? "", row));
    return row;
  }

  const world = {
    account,
    ...switchboard(options.switches),
    clock,
    log,
    work,
    newSid,
    faults: createFaults(),
    get studio() {
      return studio;
    },
    async sendWebhook(webhook: Webhook) {
      requests.push(webhook);
      return work.track(Promise.resolve(options.answer?.(webhook) ?? jsonAnswer({})));
    },
    conversations: {
      conversation: () => conversation,
      participants: () => [participant],
      webhooks: () => hooks,
      removeWebhook: (_conversationSid: string, sid: string) =>
        hooks.splice(
          hooks.findIndex((hook) => hook.sid === sid),
          1,
        ),
      addMessage(_conversationSid: string, given: NewMessage) {
        posted.push(given);
        return add(given, null);
      },
    },
    interactions: {
      create(request: NewInteraction) {
        if (options.interactionRefusal) throw options.interactionRefusal;
        interactions.push(request);
        return { sid: sidFor("KD", "interaction") };
      },
      render: ({ sid }: InteractionRow) => ({
        sid,
        channel: { sid: sidFor("UO", "channel"), type: "sms" },
        routing: { properties: { sid: sidFor("WT", "task") } },
        url: `https://flex-api.twilio.com/v1/Interactions/${sid}`,
        webhook_ttid: null,
      }),
    },
    taskrouter: { workspace: { sid: workspaceSid } },
  } as unknown as World;
  const studio: Studio = createStudio(world);

  async function settled() {
    await work.settled();
    if (failures.length > 0) throw failures[0];
  }

  const bench = {
    world,
    studio,
    conversation,
    messages,
    /** What Studio gave to Conversations. */
    posted,
    hooks,
    requests,
    interactions,
    settled,
    /** Publishes a Flow whose trigger leads to the first state, and attaches it to the Conversation. */
    attach(...states: State[]): string {
      const { sid } = studio.createFlow({ friendlyName: "Flow", status: "published", definition: flowOf(...states) });
      hooks.push(studioHook(newSid("WH"), conversation.sid, sid));
      return sid;
    },
    async customerSays(...texts: string[]) {
      for (const body of texts) {
        add({ author: options.identity ?? customer, body, source: "SDK", webhooks: true }, participant.sid);
      }
      await settled();
    },
    /** Makes a Flow of these states, lets a customer write and waits until nothing moves. */
    async run(...states: State[]) {
      bench.attach(...states);
      await bench.customerSays("hello");
      return bench;
    },
    async secondsPass(seconds: number) {
      await clock.advance(seconds * 1000);
      await settled();
    },
    botTexts: () => messages.filter(({ participantSid }) => participantSid === null).map(({ body }) => body),
    execution() {
      const last = [...studio.executions.values()].at(-1);
      if (!last) throw new Error("no Execution has started");
      return last;
    },
    outputs: (widget: string) => bench.execution().context.widgets[widget],
    codes: () => log.entries.flatMap(({ kind, data }) => (kind === "warning" ? [data?.code] : [])),
    widgetLines: () => log.entries.flatMap(({ kind, name }) => (kind === "widget" ? [name] : [])),
  };
  return bench;
}

export function jsonAnswer(body: unknown, status = 200): WebhookAnswer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

export interface State {
  name: string;
  type: string;
  properties: Record<string, unknown>;
  transitions: { event: string; next?: string; conditions?: unknown[] }[];
}

/** A state that leaves by these events. */
export function state(
  type: string,
  name: string,
  properties: Record<string, unknown>,
  next: Record<string, string | undefined> = {},
): State {
  return { name, type, properties, transitions: Object.entries(next).map(([event, to]) => ({ event, next: to })) };
}

export const say = (name: string, body: string, next: Record<string, string> = {}) =>
  state("send-message", name, { from: "Bot", body }, next);

export const ask = (name: string, body: string, next: Record<string, string> = {}, timeout = "900") =>
  state("send-and-wait-for-reply", name, { from: "Bot", body, timeout }, next);

/** A definition whose trigger leads to the first of these states for messages and requests. */
export function flowOf(...states: State[]) {
  const first = states[0]?.name;
  return {
    description: "A Flow",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      state("trigger", "Trigger", {}, { incomingConversationMessage: first, incomingRequest: first }),
      ...states,
    ],
  };
}

function conversationRow(sid: string, attributes: string): ConversationRow {
  const now = new Date();
  return {
    sid,
    serviceSid: "IS00000000000000000000000000000000",
    friendlyName: null,
    uniqueName: null,
    attributes,
    state: "active",
    messagingServiceSid: null,
    timers: {},
    createdAt: now,
    updatedAt: now,
    nextIndex: 0,
  };
}

function participantRow(sid: string, conversationSid: string, identity: string | undefined): ParticipantRow {
  const now = new Date();
  return {
    sid,
    conversationSid,
    identity: identity ?? null,
    binding: identity ? null : { type: "sms", address: customer, proxyAddress: "+15550100100" },
    attributes: "{}",
    roleSid: null,
    lastReadMessageIndex: null,
    lastReadTimestamp: null,
    createdAt: now,
    updatedAt: now,
  };
}

function messageRow(
  sid: string,
  conversationSid: string,
  index: number,
  { author = "system", body = "", attributes = "{}" }: NewMessage,
  participantSid: string | null,
): MessageRow {
  const now = new Date();
  return {
    sid,
    conversationSid,
    index,
    author,
    body,
    attributes,
    participantSid,
    receipts: [],
    createdAt: now,
    updatedAt: now,
  };
}

function studioHook(sid: string, conversationSid: string, flowSid: string): ScopedWebhookRow {
  const now = new Date();
  return {
    sid,
    conversationSid,
    target: "studio",
    url: null,
    method: "POST",
    filters: ["onMessageAdded"],
    triggers: [],
    flowSid,
    replayAfter: null,
    createdAt: now,
    updatedAt: now,
  };
}
