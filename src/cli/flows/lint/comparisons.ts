import type { Rule } from "./rule";
import { hasFilter } from "./texts";

const NUMERIC = "plus|minus|times|divided_by|modulo|abs|ceil|floor|round|size|at_least|at_most";

/** https://www.twilio.com/docs/studio/user-guide/studio-faq */
export const numericComparison: Rule = {
  id: "numeric-comparison",
  severity: "warning",
  about: "less_than or greater_than on what may be text",
  remedy: "Make a number of it: {{flow.variables.n | plus: 0}}.",
  check: ({ states }) =>
    conditionsOf(states)
      .filter(({ type, argument }) => ["less_than", "greater_than"].includes(type) && isOpen(argument))
      .filter(({ argument }) => !hasFilter(argument, NUMERIC))
      .map(({ path, type }) => ({ path: `${path}/arguments/0`, message: `${type} compares what may be text` })),
};

const TEXTUAL =
  /^(not_equal_to|equal_to|(does_not_match|matches)_any_of|contains|does_not_contain|(does_not_)?starts?_with)$/;

/**
 * That the case of letters does not count stood on an early version of the page only:
 * https://www.twilio.com/docs/studio/widget-library/split-based-on
 */
export const caseDependent: Rule = {
  id: "case-dependent",
  severity: "warning",
  about: "words compared whose case might count, as Twilio no longer says that it does not",
  remedy: "Compare {{… | downcase}} with words in small letters.",
  check: ({ states }) =>
    states.flatMap(({ transitions }) => {
      const depending = conditionsOf([{ transitions }]).filter(
        ({ type, argument, value }) => TEXTUAL.test(type) && mayDiffer(argument, value),
      );
      const [first] = depending;
      if (!first) return [];
      const values = depending.map(({ value }) => JSON.stringify(value)).join(", ");
      return [{ path: `${first.path}/value`, message: `depends on the case of ${values}` }];
    }),
};

/** What a customer has typed comes in any case; what a Flow or Function has set comes as it was written. */
function mayDiffer(argument: string, value: string): boolean {
  if (!/\p{L}/u.test(value.replace(/\{\{.*?\}\}/gs, ""))) return false;
  if (hasFilter(argument, "downcase")) return value !== value.toLowerCase();
  if (hasFilter(argument, "upcase")) return value !== value.toUpperCase();
  return /\.Body\b/.test(argument);
}

const isOpen = (argument: string) => argument.includes("{{");

function conditionsOf(states: readonly { transitions: readonly { conditions: Condition[] }[] }[]): Condition[] {
  return states.flatMap(({ transitions }) => transitions.flatMap(({ conditions }) => conditions));
}

interface Condition {
  path: string;
  type: string;
  argument: string;
  value: string;
}
