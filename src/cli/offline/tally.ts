import type { LogEntry } from "../../simulator/event-log";
import type { Simulator } from "../../simulator/simulator";

/** What a program has done with the simulator, however often it resets it. */
export interface Tally {
  restCalls: number;
  webhooks: number;
  /** REST calls with other credentials than the simulated account's. */
  unauthorized: number;
  violations: string[];
}

export function keepTally({ log }: Pick<Simulator, "log">): Tally {
  const tally: Tally = { restCalls: 0, webhooks: 0, unauthorized: 0, violations: [] };
  log.subscribe(({ kind, name, status }: LogEntry) => {
    if (kind === "rest") tally.restCalls += 1;
    if (kind === "rest" && status === 401) tally.unauthorized += 1;
    if (kind === "webhook") tally.webhooks += 1;
    if (kind === "contract") tally.violations.push(name);
  });
  return tally;
}

export function printTally({ restCalls, webhooks, unauthorized, violations }: Tally): string {
  return [
    `simulate: ${counted(restCalls, "REST call")}, ${counted(webhooks, "webhook")}, ${counted(violations.length, "contract violation")}`,
    ...violations.map((violation) => `  ${violation}`),
    ...(unauthorized > 0
      ? [
          `  ${counted(unauthorized, "call")} refused (401): use the credentials in TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN`,
        ]
      : []),
  ].join("\n");
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
