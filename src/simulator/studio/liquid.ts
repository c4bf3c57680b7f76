import { ForTag, filters, Liquid, type Parser, type TagToken, type TopLevelToken } from "liquidjs";
import type { ExecutionContext } from "./context";

/** A template's text, or why it has none. */
export type Rendered = { text: string } | { failure: string };
export type Render = (template: string, context: ExecutionContext) => Rendered;

/** Both from https://www.twilio.com/docs/studio/user-guide/studio-faq */
const MOST_ITERATIONS = 15;
const LONGEST_TEXT_BYTES = 16 * 1024;

/** Renders as Studio does; `now` is what the date filter takes for `now`. */
export function createLiquid(now: () => Date): Render {
  const liquid = new Liquid({
    // Else an unknown filter passes its input on, and prints objects as [object Object].
    strictFilters: true,
    // Dates are in Pacific time: https://support.twilio.com/hc/en-us/articles/4413699936411
    timezoneOffset: "America/Los_Angeles",
  });
  liquid.registerFilter("to_json", toJson);
  const { date } = filters;
  liquid.registerFilter("date", function (value: unknown, ...rest: unknown[]) {
    if (typeof date !== "function") return value;
    return date.call(this, value === "now" || value === "today" ? now() : value, ...rest);
  });
  liquid.registerTag("for", CappedForTag);
  return (template, context) => {
    try {
      return withinLimit(String(liquid.parseAndRenderSync(template, context)));
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  };
}

/** Unverified: what Studio prints for a value that is not there. */
function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

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
