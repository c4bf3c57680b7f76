import { type Expression, parseExpression } from "./parse-expression";
import { readWorkflowRules, type WorkflowRules } from "./workflow-rules";

/** Rules and expressions as they are evaluated, by their text: read when first asked for. */
export interface Parsed {
  rules(configuration: string): WorkflowRules;
  /** Null for an empty text, which matches nobody. */
  expression(text: string): Expression | null;
}

export function createParsed(): Parsed {
  return {
    rules: remembering(readWorkflowRules),
    expression: remembering((text) => (text.trim() === "" ? null : parseExpression(text))),
  };
}

function remembering<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const value = known.get(text) ?? read(text);
    known.set(text, value);
    return value;
  };
}
