/** What a worker process is told, once, before it can host Functions. */
export interface WorkerConfig {
  /** The built Functions, one file each. */
  directory: string;
  /** The variables of the deployment; Functions get them as `context`. */
  env: Record<string, string>;
  /** `https://` and the deployment's domain: `context.DOMAIN_NAME`. */
  url: string;
  /** Where the simulator listens as Twilio, Telegram and Viber. */
  port: number;
  /** Where `node_modules/twilio` lies. */
  baseDir: string;
}

/** What a worker says once it serves. */
export interface WorkerReady {
  port: number;
}

/**
 * The simulated clock's offset travels with each call: a message over IPC could arrive after a request that was sent
 * later. That suffices, since the clock waits for running Functions before it moves. No Function sees the header.
 */
export const OFFSET_HEADER = "i-twilio-clock-offset";
