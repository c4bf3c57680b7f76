export const outcomeStatuses = ["sent", "delivered", "read", "undelivered", "failed"] as const;

/** How messages to a phone end. 0 is no error. */
export interface Outcome {
  status: (typeof outcomeStatuses)[number];
  errorCode: number;
}

/** What messages to each phone come to: delivered, unless somebody said otherwise. */
export interface Outcomes {
  /** By phone, where somebody did say. */
  readonly outcomes: Map<string, Outcome>;
  /** From now on; an end without an error code that needs one gets Twilio's for reasons unknown. */
  behave(customer: string, behaviour: { status: Outcome["status"]; errorCode?: number }): Outcome;
  outcomeFor(customer: string): Outcome;
}

/** https://www.twilio.com/docs/api/errors/30008 */
const UNKNOWN_ERROR = 30008;

export function createOutcomes(outcomes: Map<string, Outcome>): Outcomes {
  return {
    outcomes,
    behave(customer, { status, errorCode }) {
      const fails = status === "undelivered" || status === "failed";
      const outcome: Outcome = { status, errorCode: fails ? (errorCode ?? UNKNOWN_ERROR) : 0 };
      outcomes.set(customer, outcome);
      return outcome;
    },
    outcomeFor: (customer) => outcomes.get(customer) ?? { status: "delivered", errorCode: 0 },
  };
}
