import { createClock } from "../../../src/simulator/clock";
import { createEventLog } from "../../../src/simulator/event-log";
import { readSeeds } from "../../../src/simulator/seeding/read-seeds";
import { account } from "../../../src/simulator/seeds";
import { sidFor } from "../../../src/simulator/sids";
import { type Switches, switchboard } from "../../../src/simulator/switches";
import type { Webhook, WebhookAnswer } from "../../../src/simulator/webhooks/send-webhook";
import { createWork } from "../../../src/simulator/work";
import { createWorld } from "../../../src/simulator/world";

export const customer = "+15550101001";
export const sender = "+15550100100";
export const workflow = sidFor("WW", "Assign to Anyone");
export const chat = sidFor("TC", "chat");

const sms = { type: "sms", address: customer, proxyAddress: sender } as const;
const whatsapp = { type: "whatsapp", address: `whatsapp:${customer}`, proxyAddress: "whatsapp:+15550100200" } as const;

interface BenchOptions {
  switches?: Partial<Switches>;
  /** Answers for the requests that Flows send. */
  answer?: (webhook: Webhook) => WebhookAnswer | Promise<WebhookAnswer>;
  attributes?: string;
  /** The customer's identity; by SMS, or WhatsApp, when absent. */
  identity?: string;
  whatsapp?: boolean;
}

/** A world without a way out, with one Conversation in which a customer writes. */
export function studioBench(options: BenchOptions = {}) {
  const failures: unknown[] = [];
  const work = createWork((failure) => failures.push(failure));
  const clock = createClock(() => work.settled());
  const log = createEventLog(() => clock.now());
  const requests: Webhook[] = [];
  const sentWebhooks: Webhook[] = [];
  const world = createWorld({
    account,
    ...switchboard(options.switches),
    seed: "studio bench",
    seeds: readSeeds({}),
    clock,
    log,
    work,
    async sendWebhook(webhook) {
      if (!webhook.name.startsWith("Studio ")) {
        sentWebhooks.push(webhook);
        return { status: 200, headers: {}, body: "" };
      }
      requests.push(webhook);
      return work.track(Promise.resolve(options.answer?.(webhook) ?? jsonAnswer({})));
    },
    crash: async () => undefined,
  });
  const { studio, conversations } = world;
  const conversation = conversations.create({ attributes: options.attributes });
  conversations.addParticipant(conversation.sid, {
    ...(options.identity ? { identity: options.identity } : { binding: options.whatsapp ? whatsapp : sms }),
    source: "API",
    webhooks: false,
  });

  async function settled() {
    await work.settled();
    if (failures.length > 0) throw failures[0];
  }

  const bench = {
    world,
    studio,
    conversation,
    /** What Flows asked of other hosts. */
    requests,
    /** What other products sent. */
    sentWebhooks,
    settled,
    get messages() {
      return conversations.messages(conversation.sid);
    },
    get hooks() {
      return conversations.webhooks(conversation.sid);
    },
    /** What the customer's phone received. */
    heard: () =>
      world.phones
        .messages(customer)
        .filter(({ direction }) => direction === "in")
        .map(({ body }) => body),
    publish(...states: State[]): string {
      return studio.createFlow({ friendlyName: "Flow", status: "published", definition: drawn(flowOf(...states)) }).sid;
    },
    /** Publishes a Flow whose trigger leads to the first state, and attaches it to the Conversation. */
    attach(...states: State[]): string {
      const flowSid = bench.publish(...states);
      conversations.scopedWebhooks.add(conversation.sid, { target: "studio", flowSid });
      return flowSid;
    },
    async customerSays(...texts: string[]) {
      for (const body of texts) bench.customerSends({ body });
      await settled();
    },
    customerSends(content: { body?: string; mediaSids?: string[] }) {
      const author = options.identity ?? (options.whatsapp ? whatsapp : sms).address;
      return conversations.addMessage(conversation.sid, { author, source: "SDK", webhooks: true, ...content });
    },
    /** Makes a Flow of these states, lets a customer write and waits until nothing moves. */
    async run(...states: State[]) {
      bench.attach(...states);
      await bench.customerSays("hello");
      return bench;
    },
    /** Makes a Flow of these states, starts it by REST and waits until nothing moves. */
    async request(parameters: Parameters<typeof studio.startExecution>[1]["parameters"], ...states: State[]) {
      const flow = studio.flow(bench.publish(...states));
      studio.startExecution(flow, { to: customer, from: sender, parameters });
      await settled();
      return bench;
    },
    async secondsPass(seconds: number) {
      await clock.advance(seconds * 1000);
      await settled();
    },
    botTexts: () => bench.messages.filter(({ participantSid }) => participantSid === null).map(({ body }) => body),
    execution() {
      const last = [...studio.executions.values()].at(-1);
      if (!last) throw new Error("no Execution has started");
      return last;
    },
    outputs: (widget: string) => bench.execution().context.widgets[widget],
    codes: () => log.entries.flatMap(({ kind, data }) => (kind === "warning" ? [data?.code] : [])),
    widgetLines: () => log.entries.flatMap(({ kind, name }) => (kind === "widget" ? [name] : [])),
    tasks: () =>
      [...world.taskrouter.tasks.values()].map((task) => ({ ...task, attributes: JSON.parse(task.attributes) })),
  };
  return bench;
}

/** An answer that comes when it is told to. */
export function heldAnswer() {
  let give: (answer: WebhookAnswer) => void = () => undefined;
  const answer = new Promise<WebhookAnswer>((resolve) => {
    give = resolve;
  });
  return { answer: () => answer, give: () => give(jsonAnswer({})) };
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

export const say = (name: string, body: string, next: Record<string, string> = {}, properties: object = {}) =>
  state("send-message", name, { from: "Bot", body, ...properties }, next);

export const ask = (name: string, body: string, next: Record<string, string> = {}, timeout = "900") =>
  state("send-and-wait-for-reply", name, { from: "Bot", body, timeout }, next);

/** The definition without the ways to widgets that a test names and does not draw. */
export function drawn<Definition extends { states: State[] }>(definition: Definition): Definition {
  const names = definition.states.map(({ name }) => name);
  const states = definition.states.map((one) => ({
    ...one,
    transitions: one.transitions.map((way) => (names.includes(way.next ?? "") ? way : { ...way, next: undefined })),
  }));
  return { ...definition, states };
}

/** Sets variables, and goes on. */
export const set = (name: string, values: Record<string, string>, next?: string) =>
  state(
    "set-variables",
    name,
    { variables: Object.entries(values).map(([key, value]) => ({ key, value, type: "string" })) },
    { next },
  );

/** A definition whose trigger leads to the first of these states for messages, requests and parents. */
export function flowOf(...states: State[]) {
  return flowStartedBy(
    ["incomingConversationMessage", "incomingMessage", "incomingRequest", "incomingParent"],
    ...states,
  );
}

export function flowStartedBy(starts: string[], ...states: State[]) {
  const first = states[0]?.name;
  return {
    description: "A Flow",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [state("trigger", "Trigger", {}, Object.fromEntries(starts.map((event) => [event, first]))), ...states],
  };
}
