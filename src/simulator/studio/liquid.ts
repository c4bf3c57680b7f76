import { ForTag, filters, Liquid, type Parser, type TagToken, type TopLevelToken } from "liquidjs";
import type { Clock } from "../clock";
import type { ExecutionContext } from "./context";
import { STUDIO_FILTERS, STUDIO_TAGS } from "./liquid-language";

/** A template's text, or why it has none. */
export type Rendered = { text: string } | { failure: string };
export type Render = (template: string, context: ExecutionContext) => Rendered;

/** Both from https://www.twilio.com/docs/studio/user-guide/studio-faq */
const MOST_ITERATIONS = 15;
const LONGEST_TEXT_BYTES = 16 * 1024;
/** None of Twilio's: what keeps one template from taking all of this machine. */
const LIMITS = { parseLimit: 256 * 1024, renderLimit: 500, memoryLimit: 1_000_000 };

/** Dates are in Pacific time: https://support.twilio.com/hc/en-us/articles/4413699936411 */
export const STUDIO_TIME_ZONE = "America/Los_Angeles";

/** Renders as Studio does. */
export function createLiquid({ clock }: { clock: Pick<Clock, "now"> }): Render {
  let liquid: Liquid | undefined;
  return (template, context) => {
    if (!/\{[{%]/.test(template)) return withinLimit(template);
    const fault = faultOf(template);
    if (fault) return { failure: fault };
    // Made at the first template: many an account has none.
    liquid ??= studioLiquid(clock);
    try {
      return withinLimit(String(liquid.parseAndRenderSync(template, context)));
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  };
}

/** Why Studio cannot read a template; undefined when it can. What is only found while rendering is not told. */
export function templateFault(template: string): string | undefined {
  try {
    reader.parse(template);
    return faultOf(template);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The paths that a template reads, such as `["flow", "variables", "team"]`; none where it cannot be read. */
export function variablesIn(template: string): string[][] {
  if (!/\{[{%]/.test(template) || templateFault(template)) return [];
  const paths = reader.globalVariableSegmentsSync(template);
  // What is looked up under the value of another variable is known only as far as that.
  return paths.map((path) => {
    const computed = path.findIndex(Array.isArray);
    return path.slice(0, computed < 0 ? undefined : computed).map(String);
  });
}

function studioLiquid(clock: Pick<Clock, "now">): Liquid {
  const liquid = new Liquid({
    ...LIMITS,
    // Else an unknown filter passes its input on, and prints objects as [object Object].
    strictFilters: true,
    timezoneOffset: STUDIO_TIME_ZONE,
  });
  // Among the others are tags that read files.
  for (const tag of Object.keys(liquid.tags)) if (!STUDIO_TAGS.has(tag)) delete liquid.tags[tag];
  for (const filter of Object.keys(liquid.filters)) if (!STUDIO_FILTERS.has(filter)) delete liquid.filters[filter];
  liquid.registerFilter("to_json", toJson);
  liquid.registerFilter("divided_by", dividedBy);
  const { date } = filters;
  liquid.registerFilter("date", function (value: unknown, ...rest: unknown[]) {
    if (typeof date !== "function") return value;
    return date.call(this, value === "now" || value === "today" ? clock.now() : value, ...rest);
  });
  liquid.registerTag("for", CappedForTag);
  return liquid;
}

/** What https://www.twilio.com/docs/api/errors/81018 names beyond what the library finds. */
function faultOf(template: string): string | undefined {
  for (const [markup] of template.matchAll(/\{\{.*?\}\}|\{%.*?%\}/gs)) {
    const code = markup.replace(/"[^"]*"|'[^']*'/g, "");
    if (/\[\s*\]/.test(code)) return `an array index is missing in ${markup}`;
    if (/[^\t\n\r\x20-\x7e]/.test(code)) return `a name is not in ASCII in ${markup}`;
  }
  return undefined;
}

/** Unverified: what Studio prints for a value that is not there. */
function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** Classic Liquid divides whole numbers to a whole number; that Studio does is unverified. */
function dividedBy(dividend: unknown, divisor: unknown): number {
  const [of, by] = [numberOf(dividend), numberOf(divisor)];
  if (by === 0) throw new Error("divided by 0");
  return Number.isInteger(of) && Number.isInteger(by) ? Math.floor(of / by) : of / by;
}

/** What is no number counts as 0. */
const numberOf = (value: unknown) => Number(value) || 0;

/** Unverified: what becomes of a longer text. */
function withinLimit(text: string): Rendered {
  if (Buffer.byteLength(text) > LONGEST_TEXT_BYTES) return { failure: "the rendered text is longer than 16 KB" };
  return { text };
}

/** A `for` that stops after its fifteenth item, whatever limit it was given. */
class CappedForTag extends ForTag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, rest, liquid, parser);
    const render = this.hash.render.bind(this.hash);
    this.hash.render = function* (context) {
      const given = yield* render(context);
      return { ...given, limit: Math.min(given.limit ?? MOST_ITERATIONS, MOST_ITERATIONS) };
    };
  }
}

/** For templates that are read and not rendered. */
const reader = studioLiquid({ now: () => new Date(0) });
