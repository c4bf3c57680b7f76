import * as z from "zod/mini";

/**
 * The truth about one Conversation, kept in the Sync Document `conversation.<CH>`. Who has the customer:
 *
 *   flow      a Flow: an Execution under way, or one that the next message starts again
 *   routing   whoever holds the claim to make the Interaction or Invite, until `until`
 *   open      an open Task on a live channel
 *   parked    an agent put it aside; the next message invites anew
 *   left      Flex itself left or paused it, and revives it
 *   closing   nobody any more: the last Task finished at `closingAt`, and Flex will close the Conversation
 *   ended     nobody: the Conversation is closed
 *   blocked   nobody, and rightly: the sender is on the block list
 */
export const STATES = ["flow", "routing", "open", "parked", "left", "closing", "ended", "blocked"] as const;
export type State = (typeof STATES)[number];

const sids = z.object({ interactionSid: z.string(), channelSid: z.string(), taskSid: z.string() });

export const documentSchema = z.object({
  state: z.enum(STATES),
  /** Who holds the routing claim: an Execution's SID, or an id of one call. */
  owner: z.optional(z.string()),
  /** ISO 8601; a claim is dead once this has passed. */
  until: z.optional(z.string()),
  flowSid: z.optional(z.string()),
  executionSid: z.optional(z.string()),
  /** The scoped webhook by which Studio hears of messages. */
  studioHookSid: z.optional(z.string()),
  interactionSid: z.optional(z.string()),
  channelSid: z.optional(z.string()),
  /** The Task that was made last. */
  taskSid: z.optional(z.string()),
  /** Open Tasks of the Interaction, as far as we heard. */
  tasks: z._default(z.array(z.string()), []),
  /** Tasks whose end was dealt with, newest last: each is dealt with once. */
  settled: z._default(z.array(z.string()), []),
  /** Invites and Interactions made anew since an agent last accepted. */
  reinvites: z._default(z.number(), 0),
  /** ISO 8601: since when the customer has waited for an agent. */
  waitingSince: z.optional(z.string()),
  /** ISO 8601: when the last open Task began to end. */
  closingAt: z.optional(z.string()),
  /** How the customer was routed last: what an Invite or a successor needs. */
  routing: z.optional(
    z.object({
      address: z.string(),
      attributes: z.record(z.string(), z.unknown()),
      priority: z.optional(z.number()),
      timeout: z.optional(z.number()),
    }),
  ),
  /** ISO 8601: when the customer ended the chat themself. */
  goneAt: z.optional(z.string()),
  /** The Conversation this one goes on from. */
  previous: z.optional(z.string()),
  /** ISO 8601: an outbound call has its first message in hand, at most until then. */
  sendingUntil: z.optional(z.string()),
  /** ISO 8601: since when nothing reaches the customer, who has blocked us. */
  unreachableSince: z.optional(z.string()),
  /** Where the customer stands in a Flow that ends at each question and is started again by the answer. */
  step: z.optional(z.object({ name: z.string(), asked: z.number() })),
});

export type ConversationDocument = z.output<typeof documentSchema>;
export type Step = NonNullable<ConversationDocument["step"]>;
export type Routing = NonNullable<ConversationDocument["routing"]>;
export type InteractionSids = z.output<typeof sids>;

/** What can happen to a Conversation, as far as its state is concerned. */
export type StateEvent =
  /** A Flow begins, or begins again. */
  | { type: "flowEntered"; flowSid: string; executionSid: string; studioHookSid?: string }
  /** The Flow asked the customer something, for so many times. */
  | { type: "asked"; step: Step }
  /** Somebody takes the right to route. */
  | { type: "claimed"; owner: string; until: Date }
  /** The claim's Interaction or Invite was refused: the next one may claim at once. */
  | { type: "released"; now: Date }
  /** There is a Task: by us, by the widget, or by Flex itself. */
  | { type: "opened"; sids: InteractionSids; now: Date; routing?: Routing; how?: "again" | "direct" }
  | { type: "accepted"; sids: InteractionSids }
  | { type: "taskBeganToEnd"; taskSid: string; at: Date }
  /** The channel was found closed after the last Task. */
  | { type: "channelClosed"; taskSid: string; at: Date }
  /** The channel was found inactive or paused after the last Task. */
  | { type: "channelLeft"; taskSid: string }
  | { type: "taskOver"; taskSid: string }
  /** The last Task ended unfinished: whoever hears of it takes the claim to route again. */
  | { type: "taskLost"; sids: InteractionSids; owner: string; until: Date }
  /** The customer blocked us, or lets us write again. */
  | { type: "reach"; unreachableSince?: string }
  /** Messages that came too late for another Conversation are to be seen with this one. */
  | { type: "linked"; previous: string }
  /** An outbound call takes its first message in hand. */
  | { type: "sending"; until: Date }
  /** The sender is turned away. */
  | { type: "blocked" }
  /** The Document says that the Conversation has ended, and it lives. */
  | { type: "foundAlive"; owner: string; until: Date }
  /** The customer ended the chat while no agent was with them: nobody waits. */
  | { type: "customerEnded"; at: Date }
  /** The customer ended the chat with an agent, who wraps up. */
  | { type: "customerGone"; at: Date }
  | { type: "conversationClosed" };

type Transition = Partial<Record<State, State>>;
const from = (...states: State[]) => ({
  to: (state: State): Transition => Object.fromEntries(states.map((one) => [one, state])),
  stays: (): Transition => Object.fromEntries(states.map((one) => [one, one])),
});

/** Which state an event leads to from each state; where it says nothing, the event changes nothing. */
export const TRANSITIONS: Record<StateEvent["type"], Transition> = {
  flowEntered: from("flow", "routing", "blocked").to("flow"),
  asked: from("flow").stays(),
  claimed: from("flow", "routing", "open", "parked", "left", "blocked").to("routing"),
  released: from("routing").stays(),
  opened: from("flow", "routing", "open", "parked", "left", "closing", "blocked").to("open"),
  accepted: from("flow", "routing", "open", "left", "blocked").to("open"),
  taskBeganToEnd: from("flow", "routing", "open", "parked", "left").stays(),
  channelClosed: from("flow", "routing", "open", "parked", "left").to("closing"),
  channelLeft: from("flow", "routing", "open", "left").to("left"),
  taskOver: from(...STATES).stays(),
  taskLost: from("flow", "routing", "open", "left").to("routing"),
  reach: from(...STATES).stays(),
  linked: from("flow", "routing", "open", "parked", "left", "closing", "blocked").stays(),
  sending: from("flow", "routing", "open").stays(),
  blocked: from("flow", "routing").to("blocked"),
  foundAlive: from("ended").to("routing"),
  customerEnded: from("flow", "routing", "open", "parked", "left", "closing", "blocked").to("ended"),
  customerGone: from("open", "closing").stays(),
  conversationClosed: from("flow", "routing", "open", "parked", "left", "closing", "blocked").to("ended"),
};

const SETTLED_KEPT = 20;

/** The Document after an event; undefined when the event does not apply in its state. A step is one of the Flow's. */
export function next(document: ConversationDocument, event: StateEvent): ConversationDocument | undefined {
  const state = TRANSITIONS[event.type][document.state];
  const changed = state && after(document, event, state);
  if (!changed || changed.state === "flow") return changed;
  const { step: _, ...rest } = changed;
  return rest;
}

function after(document: ConversationDocument, event: StateEvent, state: State): ConversationDocument | undefined {
  const { owner: _, until: __, ...unclaimed } = document;
  switch (event.type) {
    case "flowEntered": {
      const { type: ___, ...flow } = event;
      return { ...unclaimed, ...flow, state };
    }
    case "asked":
      return { ...document, step: event.step };
    case "claimed":
      // Nobody claims while a Task is open: those that we think are have ended without our hearing of it.
      return { ...document, state, owner: event.owner, until: event.until.toISOString(), tasks: [] };
    case "released":
      return { ...document, state, until: event.now.toISOString() };
    case "opened":
      return document.settled.includes(event.sids.taskSid) ? undefined : open(unclaimed, event);
    case "accepted": {
      if (document.settled.includes(event.sids.taskSid)) return undefined;
      const { waitingSince: ___, ...rest } = withTask(unclaimed, event.sids);
      return { ...rest, state, reinvites: 0 };
    }
    case "taskBeganToEnd":
      return isLast(document, event.taskSid)
        ? { ...document, closingAt: document.closingAt ?? event.at.toISOString() }
        : document;
    case "channelClosed":
      return { ...over(unclaimed, event.taskSid), state, closingAt: document.closingAt ?? event.at.toISOString() };
    case "channelLeft":
      return { ...over(unclaimed, event.taskSid), state };
    case "taskOver":
      return over(document, event.taskSid);
    case "taskLost": {
      const { sids, owner, until } = event;
      return { ...over({ ...document, ...sids }, sids.taskSid), state, owner, until: until.toISOString() };
    }
    case "reach": {
      const { unreachableSince: ___, ...rest } = document;
      return event.unreachableSince ? { ...rest, unreachableSince: event.unreachableSince } : rest;
    }
    case "linked":
      return { ...document, previous: event.previous };
    case "sending":
      return { ...document, sendingUntil: event.until.toISOString() };
    case "foundAlive":
      return { ...document, state, owner: event.owner, until: event.until.toISOString(), tasks: [] };
    case "customerEnded":
      return { ...unclaimed, state, goneAt: event.at.toISOString() };
    case "customerGone":
      return { ...document, goneAt: document.goneAt ?? event.at.toISOString() };
    case "blocked":
    case "conversationClosed":
      return { ...unclaimed, state };
  }
}

/** Where one agent was asked and did not take it, asking all others is the first try and no second one. */
const COUNTS = { again: 1, direct: -1 };

function open(document: ConversationDocument, event: Extract<StateEvent, { type: "opened" }>): ConversationDocument {
  return {
    ...withTask(document, event.sids),
    state: "open",
    reinvites: document.reinvites + (event.how ? COUNTS[event.how] : 0),
    waitingSince: document.waitingSince ?? event.now.toISOString(),
    ...(event.routing ? { routing: event.routing } : {}),
  };
}

/** A Task that is new puts an end to closing. */
function withTask(document: ConversationDocument, sids: InteractionSids): ConversationDocument {
  if (document.tasks.includes(sids.taskSid)) return { ...document, ...sids };
  const { closingAt: _, ...rest } = document;
  return { ...rest, ...sids, tasks: [...document.tasks, sids.taskSid] };
}

function over(document: ConversationDocument, taskSid: string): ConversationDocument {
  return {
    ...document,
    tasks: document.tasks.filter((one) => one !== taskSid),
    settled: [...document.settled.filter((one) => one !== taskSid), taskSid].slice(-SETTLED_KEPT),
  };
}

/** Whether no other Task of the Interaction is open. */
export function isLast(document: ConversationDocument, taskSid: string): boolean {
  return document.tasks.every((one) => one === taskSid);
}

export function isAlive({ state, until }: ConversationDocument, now: Date): boolean {
  return state === "routing" && until !== undefined && now < new Date(until);
}

/** A Document that nothing has happened to yet. */
export function blank(state: State): ConversationDocument {
  return { state, tasks: [], settled: [], reinvites: 0 };
}

export function sidsOf(document: Partial<InteractionSids>): InteractionSids | undefined {
  const parsed = sids.safeParse(document);
  return parsed.success ? parsed.data : undefined;
}
