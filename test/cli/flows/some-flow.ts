import type { Json, JsonObject } from "../../../src/simulator/studio/json";

interface State extends JsonObject {
  name: string;
  type: string;
  transitions: Json[];
  properties: JsonObject;
}

type Next = Record<string, string | null>;

export const state = (
  name: string,
  type: string,
  next: Next,
  properties: JsonObject = {},
  more: Json[] = [],
): State => ({
  ...{ name, type, properties },
  transitions: [...Object.entries(next).map(([event, to]): Json => (to ? { event, next: to } : { event })), ...more],
});

export const trigger = (next: Next) => state("Trigger", "trigger", next, { offset: { x: 0, y: 0 } });

export const say = (name: string, body: string, next: Next = { sent: null, failed: null }, more: JsonObject = {}) =>
  state(name, "send-message", next, { from: "Bot", body, ...more });

export const ask = (name: string, next: Next, more: JsonObject = {}) =>
  state(name, "send-and-wait-for-reply", next, { from: "Bot", body: "Well?", timeout: "60", ...more });

export const set = (name: string, key: string, value: string, next: string | null = null) =>
  state(name, "set-variables", { next }, { variables: [{ key, value }] });

export const condition = (type: string, argument: string, value: string): JsonObject => ({
  friendly_name: "If value matches",
  arguments: [argument],
  ...{ type, value },
});

export const split = (name: string, noMatch: string | null, match: string, ...conditions: JsonObject[]) =>
  state(name, "split-based-on", { noMatch }, { input: String(conditions[0]?.arguments) }, [
    { event: "match", next: match, conditions },
  ]);

export const toFlex = (name: string, attributes: string, next: Next = { callComplete: null, failedToEnqueue: "bye" }) =>
  state(name, "send-to-flex", next, { workflow: `WW${"0".repeat(32)}`, channel: `TC${"0".repeat(32)}`, attributes });

/** Of a trigger that leads on to the first of these. */
export function flowOf(...states: State[]): JsonObject {
  const [first] = states;
  return whole(trigger({ incomingConversationMessage: first?.name ?? null }), ...states);
}

export function whole(...states: State[]): JsonObject {
  return { description: "A Flow", states, initial_state: "Trigger", flags: { allow_concurrent_calls: true } };
}
