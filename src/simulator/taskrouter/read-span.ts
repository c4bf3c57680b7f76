import { ApiError } from "../server/api-error";
import type { Params } from "../server/params";
import type { World } from "../world";
import { refused } from "./management";
import { readNumber } from "./request";

export interface Span {
  from: Date;
  to: Date;
}

const MINUTE = 60_000;
const KEPT_MINUTES = 30 * 24 * 60;

/** `Minutes`, or `StartDate` and `EndDate`; the last 15 minutes when neither is given. */
export function readSpan({ clock }: World, form: Params): Span {
  const [start, end] = [form.date("StartDate"), form.date("EndDate")];
  const minutes = readNumber(form, "Minutes", 1, KEPT_MINUTES);
  if (minutes !== undefined && (start || end)) throw refused("Minutes cannot be combined with StartDate and EndDate");
  const now = clock.now();
  if (start && start.getTime() < now.getTime() - KEPT_MINUTES * MINUTE) {
    // https://www.twilio.com/docs/api/errors/14241
    throw new ApiError(400, 14241, "StartDate is older than 30 days");
  }
  const to = end ?? now;
  return { from: start ?? new Date(to.getTime() - (minutes ?? 15) * MINUTE), to };
}
