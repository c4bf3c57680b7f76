import type { Clock } from "../clock";
import type { Resource } from "./resources";

/** What a worker process is told, once, before it can host Functions. */
export interface WorkerConfig {
  functions: readonly Resource[];
  /** The variables of the deployment; Functions get them as `context`. */
  env: Record<string, string>;
  /** `https://` and the deployment's domain: `context.DOMAIN_NAME`. */
  url: string;
  /** Where the simulator listens as Twilio, Telegram and Viber. */
  port: number;
  /** Where `node_modules/twilio` lies. */
  baseDir: string;
  /** The same from run to run: random numbers follow from the call that draws them, and each call finds its modules new. */
  deterministic?: boolean;
}

/** What a worker says once it serves. */
export interface WorkerReady {
  port: number;
}

/** What a Function wrote to its console, told besides being printed: the output itself does not say whose it is. */
export interface Printed {
  invocation: string;
  level: "info" | "warn" | "error";
  text: string;
}

/**
 * How the simulated clock reads travels with each call: a message over IPC could arrive after a request that was sent
 * later. That suffices, since the clock waits for running Functions before it moves. No Function sees the header.
 */
export const CLOCK_HEADER = "i-twilio-clock";

/** Which world calls: one that is restored may be of an earlier time, when what a process remembers was not yet so. */
export const WORLD_HEADER = "i-twilio-world";

/** `+` and how far it is ahead of the machine's, or `=` and where it stands still, both in milliseconds. */
export function clockReading(clock: Clock): string {
  return clock.standsStill ? `=${clock.ms()}` : `+${clock.offset()}`;
}
