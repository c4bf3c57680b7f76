import type { World } from "../../../src/simulator/world";
import type { useMedia } from "../media/use-media";

export type Sim = ReturnType<typeof useMedia>;

/** A code of Twilio's, and what causes it. */
export interface Refusal {
  readonly code: number;
  readonly status: number;
  readonly because: string;
  /** Prepares, and answers the call that is refused. */
  provoke(sim: Sim): Promise<() => Promise<unknown>> | (() => Promise<unknown>);
  /** What is sent is not in Twilio's OpenAPI document either. */
  undocumented?: boolean;
}

export const refusal = (code: number, status: number, because: string, provoke: Refusal["provoke"]): Refusal => ({
  code,
  status,
  because,
  provoke,
});

export const undocumented = (given: Refusal): Refusal => ({ ...given, undocumented: true });

/** All rows of the products that refuse here, to be compared. */
export function stored({ conversations, interactions, media, messaging, sync, studio, taskrouter, content }: World) {
  const seen = { conversations, interactions, media, messaging, sync, studio, taskrouter, content };
  return JSON.stringify(seen, (_, value: unknown) => {
    if (value instanceof Map) return [...value];
    return value instanceof Set ? [...value] : value;
  });
}

export const unknownSid = (prefix: string) => prefix + "f".repeat(32);
