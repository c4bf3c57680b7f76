import { templateFault } from "../../../simulator/studio/liquid";
import type { Rule } from "./rule";
import { hasFilter, markupIn, type Text } from "./texts";

/** 81018: https://www.twilio.com/docs/api/errors/81018 */
export const liquidSyntax: Rule = {
  id: "liquid-syntax",
  severity: "error",
  about: "Liquid that Studio cannot read (81018)",
  remedy: "Close what is open, and use the tags and filters of Studio only; add numbers with `plus`.",
  check: ({ texts }) =>
    texts.flatMap(({ path, text }) => {
      const fault = /\{[{%]/.test(text) ? templateFault(text) : undefined;
      return fault ? [{ path, message: fault.split("\n")[0] ?? fault }] : [];
    }),
};

/** https://support.twilio.com/hc/en-us/articles/4413699936411 */
export const pacificDate: Rule = {
  id: "pacific-date",
  severity: "warning",
  about: "the filter `date`, which knows Pacific time only",
  remedy: "Ask a Function for the time where your customers are.",
  check: ({ texts }) => where(texts, (text) => hasFilter(text, "date"), "prints a date in Pacific time"),
};

export const wholeDivision: Rule = {
  id: "whole-division",
  severity: "warning",
  about: "the filter `divided_by`, of which it is open whether 5 by 2 is 2 or 2.5",
  remedy: "Divide in a Function, or divide what leaves no rest.",
  check: ({ texts }) => where(texts, (text) => hasFilter(text, "divided_by"), "divides"),
};

/** Paths of Liquid that are objects, whatever a Flow does. */
const OBJECT = new RegExp(
  [
    "widgets\\.[^.|\\s]+(?:\\.(?:inbound|outbound|parsed|headers))?",
    "trigger(?:\\.\\w+(?:\\.(?:ChannelAttributes|parameters))?)?",
    "flow(?:\\.(?:channel|data|variables))?",
    "contact(?:\\.channel)?",
  ]
    .map((path) => `(?:${path})`)
    .join("|"),
);
const BARE = new RegExp(`^\\{\\{-?\\s*(?:${OBJECT.source})\\s*-?\\}\\}$`);

export const bareObject: Rule = {
  id: "bare-object",
  severity: "warning",
  about: "an object printed as it is, of which nobody knows the text",
  remedy: "Print one of its keys, or the whole by `to_json`.",
  check: ({ texts }) =>
    where(texts, (text) => markupIn(text).some((markup) => BARE.test(markup)), "prints an object as it is"),
};

function where(texts: readonly Text[], found: (text: string) => boolean, message: string) {
  return texts.filter(({ text }) => found(text)).map(({ path }) => ({ path, message }));
}
