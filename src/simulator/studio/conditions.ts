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

export type ConditionType = (typeof conditionTypes)[number];

export function holds(type: ConditionType, argument: string, value: string): boolean {
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
      return isLess(dayOf(given), dayOf(wanted));
    case "is_after_date":
      return isLess(dayOf(wanted), dayOf(given));
    case "is_before_time":
      return isLess(minutesOf(given), minutesOf(wanted));
    case "is_after_time":
      return isLess(minutesOf(wanted), minutesOf(given));
  }
}

const fold = (text: string) => text.trim().toLowerCase();

/** The whole text, in any case. Studio's own dialect is not documented; a pattern JavaScript cannot read never matches. */
function matchesWhole(text: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "i").test(text);
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

function dayOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Date.parse(text);
  return Number.isNaN(day) ? undefined : day;
}

/** 24 hours, `HH:MM`. Both sides are taken to be in one zone, since which zone Studio means is unverified. */
function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
