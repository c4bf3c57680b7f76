import { createHash } from "node:crypto";

/** Makes SIDs that are unique, look like Twilio's (two letters and 32 hex digits) and repeat with the same seed. */
export type NewSid = (prefix: string) => string;

export function sidGenerator(seed: string, counters = new Map<string, number>()): NewSid {
  return (prefix) => {
    const count = (counters.get(prefix) ?? 0) + 1;
    counters.set(prefix, count);
    return sidFor(prefix, `${seed}/${count}`);
  };
}

/** The SID that belongs to a name, always the same one: for seeded objects that documentation can name. */
export function sidFor(prefix: string, name: string): string {
  return prefix + createHash("sha256").update(`${prefix}/${name}`).digest("hex").slice(0, 32);
}
