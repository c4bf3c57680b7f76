import { runInNewContext } from "node:vm";

/**
 * How Studio compares the rendered texts of a condition: https://www.twilio.com/docs/studio/widget-library/split-based-on
 * Blanks around them and the case of letters do not count. That stood on an early version of the page only, but official
 * samples lean on it.
 */
export const conditionTypes = [
  "equal_to",
  "not_equal_to",
  "matches_any_of",
  "does_not_match_any_of",
  "contains",
  "does_not_contain",
  "starts_with",
  "does_not_start_with",
  "is_blank",
  "is_not_blank",
  "regex",
  "less_than",
  "greater_than",
  "is_before_date",
  "is_after_date",
  "is_before_time",
  "is_after_time",
] as const;

/** What a customer's text, or a pattern made of it, may take of this machine. */
const LONGEST_MATCH_MS = 200;

export type ConditionType = (typeof conditionTypes)[number];

/** Dates and times that carry a zone are read as of `timeZone`, which is asked for no others. */
export function holds(type: ConditionType, argument: string, value: string, timeZone: () => string): boolean {
  const given = fold(argument);
  const wanted = fold(value);
  switch (type) {
    case "equal_to":
      return given === wanted;
    case "not_equal_to":
      return given !== wanted;
    case "matches_any_of":
      return wanted.split(",").map(fold).includes(given);
    case "does_not_match_any_of":
      return !wanted.split(",").map(fold).includes(given);
    case "contains":
      return given.includes(wanted);
    case "does_not_contain":
      return !given.includes(wanted);
    case "starts_with":
      return given.startsWith(wanted);
    case "does_not_start_with":
      return !given.startsWith(wanted);
    case "is_blank":
      return given === "";
    case "is_not_blank":
      return given !== "";
    case "regex":
      return matchesWhole(argument.trim(), value.trim());
    case "less_than":
      return isLess(numberOf(given), numberOf(wanted));
    case "greater_than":
      return isLess(numberOf(wanted), numberOf(given));
    case "is_before_date":
      return isLess(dayOf(given, timeZone), dayOf(wanted, timeZone));
    case "is_after_date":
      return isLess(dayOf(wanted, timeZone), dayOf(given, timeZone));
    case "is_before_time":
      return isLess(minutesOf(given, timeZone), minutesOf(wanted, timeZone));
    case "is_after_time":
      return isLess(minutesOf(wanted, timeZone), minutesOf(given, timeZone));
  }
}

const fold = (text: string) => text.trim().toLowerCase();

/**
 * The whole text, in any case. Studio's own dialect is not documented; a pattern that JavaScript cannot read, or that
 * takes too long, never matches.
 */
function matchesWhole(text: string, pattern: string): boolean {
  try {
    new RegExp(pattern);
    const source = `^(?:${pattern})$`;
    return runInNewContext("new RegExp(source, 'i').test(text)", { source, text }, { timeout: LONGEST_MATCH_MS });
  } catch {
    return false;
  }
}

/** What is no number, date or time compares as false, either way. */
function isLess(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}

function numberOf(text: string): number | undefined {
  const number = Number(text);
  return text === "" || Number.isNaN(number) ? undefined : number;
}

function dayOf(text: string, timeZone: () => string): number | undefined {
  const { date } = localTime(text, timeZone);
  const day = Date.parse(date);
  // JavaScript takes the 30th of February for the 2nd of March.
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(`${date}T`) ? day : undefined;
}

/** 24 hours, `HH:MM`. */
function minutesOf(text: string, timeZone: () => string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(localTime(text, timeZone).time) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** The date and time of day in an ISO 8601 moment; a bare date or time is taken as it is. */
function localTime(text: string, timeZone: () => string): { date: string; time: string } {
  const moment = /^\d{4}-\d{2}-\d{2}t.*(?:z|[+-]\d{2}:?\d{2})$/.test(text) ? new Date(text.toUpperCase()) : undefined;
  if (!moment || Number.isNaN(moment.getTime())) return { date: text, time: text };
  const zone = timeZone();
  const date = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(moment);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "short" }).format(moment);
  return { date, time };
}
