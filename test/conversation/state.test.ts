import { mayRoute } from "../../src/conversation/may-route";
import {
  blank,
  type ConversationDocument,
  isAlive,
  next,
  STATES,
  type State,
  type StateEvent,
  TRANSITIONS,
} from "../../src/conversation/state";

const NOW = new Date("2026-11-24T15:00:00Z");
const later = new Date("2026-11-24T15:00:10Z");
const earlier = new Date("2026-11-24T14:59:59Z");
const sids = { interactionSid: "KD1", channelSid: "UO1", taskSid: "WT1" };

const documentIn = (state: State, more: Partial<ConversationDocument> = {}) => ({ ...blank(state), ...more });

const events: Record<StateEvent["type"], StateEvent> = {
  flowEntered: { type: "flowEntered", flowSid: "FW1", executionSid: "FN1" },
  asked: { type: "asked", step: { name: "menu", asked: 1 } },
  claimed: { type: "claimed", owner: "me", until: later },
  released: { type: "released", now: NOW },
  opened: { type: "opened", sids, now: NOW },
  accepted: { type: "accepted", sids },
  taskBeganToEnd: { type: "taskBeganToEnd", taskSid: "WT1", at: NOW },
  channelClosed: { type: "channelClosed", taskSid: "WT1", at: NOW },
  channelLeft: { type: "channelLeft", taskSid: "WT1" },
  taskOver: { type: "taskOver", taskSid: "WT1" },
  taskLost: { type: "taskLost", sids, owner: "me", until: later },
  reach: { type: "reach", unreachableSince: NOW.toISOString() },
  linked: { type: "linked", previous: "CH0" },
  sending: { type: "sending", until: later },
  blocked: { type: "blocked" },
  foundAlive: { type: "foundAlive", owner: "me", until: later },
  customerEnded: { type: "customerEnded", at: NOW },
  customerGone: { type: "customerGone", at: NOW },
  conversationClosed: { type: "conversationClosed" },
};

/** Event, then what it makes of flow, routing, open, parked, left, closing, ended, blocked; a dash where it changes nothing. */
const TABLE = `
  flowEntered         flow    flow    -       -       -       -       -       flow
  asked               flow    -       -       -       -       -       -       -
  claimed             routing routing routing routing routing -       -       routing
  released            -       routing -       -       -       -       -       -
  opened              open    open    open    open    open    open    -       open
  accepted            open    open    open    -       open    -       -       open
  taskBeganToEnd      flow    routing open    parked  left    -       -       -
  channelClosed       closing closing closing closing closing -       -       -
  channelLeft         left    left    left    -       left    -       -       -
  taskOver            flow    routing open    parked  left    closing ended   blocked
  taskLost            routing routing routing -       routing -       -       -
  reach               flow    routing open    parked  left    closing ended   blocked
  linked              flow    routing open    parked  left    closing -       blocked
  sending             flow    routing open    -       -       -       -       -
  blocked             blocked blocked -       -       -       -       -       -
  foundAlive          -       -       -       -       -       -       routing -
  customerEnded       ended   ended   ended   ended   ended   ended   -       ended
  customerGone        -       -       open    -       -       closing -       -
  conversationClosed  ended   ended   ended   ended   ended   ended   -       ended
`;

const rows = TABLE.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/))
  .flatMap(([event = "", ...results]) =>
    STATES.map((state, i) => [event as StateEvent["type"], state, results[i] ?? ""] as const),
  );

describe("the states of a Conversation", () => {
  it("has a row for every event there is", () => {
    expect([...new Set(rows.map(([event]) => event))].sort()).toEqual(Object.keys(TRANSITIONS).sort());
  });

  it.each(rows)("%s in %s leads to %s", (event, state, result) => {
    expect(next(documentIn(state), events[event])?.state ?? "-").toBe(result);
  });

  it("leave ended only where the Conversation is found alive: a closed one does not come back", () => {
    for (const event of Object.values(events).filter(({ type }) => type !== "foundAlive"))
      expect([undefined, "ended"]).toContain(next(documentIn("ended"), event)?.state);
  });

  it("remember when the customer ended the chat themself, and that the first time", () => {
    expect(next(documentIn("flow"), events.customerEnded)?.goneAt).toBe(NOW.toISOString());
    const gone = next(documentIn("open"), events.customerGone);
    expect(gone?.goneAt).toBe(NOW.toISOString());
    expect(gone && next(gone, { type: "customerGone", at: later })?.goneAt).toBe(NOW.toISOString());
  });

  it("never open for a Task whose end was dealt with, however late its beginning is told", () => {
    const settled = documentIn("routing", { settled: ["WT1"] });
    expect(next(settled, events.opened)).toBeUndefined();
    expect(next(settled, events.accepted)).toBeUndefined();
  });

  it("forget the Tasks they thought open when somebody claims, since none is", () => {
    expect(next(documentIn("open", { tasks: ["WT0"] }), events.claimed)?.tasks).toEqual([]);
  });

  it("drop the claim when a Task is there, keep the Flow, and count who waits since when", () => {
    const flow = next(blank("flow"), events.flowEntered) ?? blank("flow");
    const claimed = next(flow, events.claimed) ?? flow;
    expect(next(claimed, events.opened)).toEqual({
      ...blank("open"),
      flowSid: "FW1",
      executionSid: "FN1",
      ...sids,
      tasks: ["WT1"],
      waitingSince: NOW.toISOString(),
    });
  });

  it("count Invites made anew until an agent accepts, and start the wait over then", () => {
    const again = next(documentIn("open", { reinvites: 1, waitingSince: "x" }), {
      type: "opened",
      sids,
      now: NOW,
      how: "again",
    });
    expect(again).toMatchObject({ reinvites: 2, waitingSince: "x" });
    const accepted = again && next(again, events.accepted);
    expect(accepted?.reinvites).toBe(0);
    expect(accepted?.waitingSince).toBeUndefined();
  });

  it("take the time of the first sign that the last Task ends, and not a later one", () => {
    const begun = next(documentIn("open", { tasks: ["WT1"] }), events.taskBeganToEnd);
    const closed = begun && next(begun, { type: "channelClosed", taskSid: "WT1", at: later });
    expect(closed?.closingAt).toBe(NOW.toISOString());
    const other = next(documentIn("open", { tasks: ["WT1", "WT2"] }), events.taskBeganToEnd);
    expect(other?.closingAt).toBeUndefined();
  });

  it("remember a bounded number of Tasks that are over", () => {
    let document: ConversationDocument = documentIn("open");
    for (let i = 0; i < 50; i += 1) document = next(document, { type: "taskOver", taskSid: `WT${i}` }) ?? document;
    expect(document.settled).toHaveLength(20);
    expect(document.settled.at(-1)).toBe("WT49");
  });
});

describe("who may route a Conversation", () => {
  const claim = (owner: string, until?: Date) => documentIn("routing", { owner, until: until?.toISOString() });

  it.each<[string, ConversationDocument, ReturnType<typeof mayRoute>]>([
    ["a Flow has the customer", documentIn("flow"), "claim"],
    ["somebody holds a living claim", claim("other", later), "busy"],
    ["our own claim lives", claim("me", later), "settle"],
    ["somebody's claim is dead", claim("other", earlier), "settle"],
    ["a claim says nothing of its end", claim("other"), "settle"],
    ["an agent has the customer", documentIn("open"), "open"],
    ["an agent put it aside", documentIn("parked"), "open"],
    ["Flex left it", documentIn("left"), "open"],
    ["its last Task is over", documentIn("closing"), "over"],
    ["it is closed", documentIn("ended"), "over"],
  ])("when %s", (_, document, step) => {
    expect(mayRoute(document, "me", NOW)).toBe(step);
  });

  it("holds a claim until its time has passed, and not a moment longer", () => {
    expect(isAlive(claim("me", later), new Date(later.getTime() - 1))).toBe(true);
    expect(isAlive(claim("me", later), later)).toBe(false);
  });
});
