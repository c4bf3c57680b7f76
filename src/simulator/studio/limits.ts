import type { StudioCode } from "./codes";
import type { ExecutionRow } from "./rows";

/** All from https://www.twilio.com/docs/studio/user-guide/studio-faq */
export const MOST_WIDGETS = 2000;
const MOST_STEPS = 1000;
const MOST_IN_A_ROW = 10;
const LONGEST_LIFE_MS = 30 * 24 * 60 * 60 * 1000;

/** Why an Execution may not enter one more widget: https://www.twilio.com/docs/api/errors/81001 */
export function limitReached({ path }: ExecutionRow, entry: string): { code: StudioCode; reason: string } | undefined {
  if (path.length >= MOST_STEPS) return { code: 81000, reason: `more than ${MOST_STEPS} steps` };
  if (path.length < MOST_IN_A_ROW) return undefined;
  for (let back = 1; back <= MOST_IN_A_ROW; back += 1) if (path.at(-back) !== entry) return undefined;
  return { code: 81001, reason: `the same widget ran ${MOST_IN_A_ROW} times in a row` };
}

/** An Execution ends after thirty days, whatever it waits for. */
export const lastMoment = ({ createdAt }: ExecutionRow) => createdAt.getTime() + LONGEST_LIFE_MS;
