import type { Comparison, Expression, Operand } from "./parse-expression";

/**
 * TaskRouter's expression language, https://www.twilio.com/docs/taskrouter/expression-syntax: a key that the document
 * lacks is null, and an operator used on a type it is not made for is false, not an error.
 */
export function evaluate(expression: Expression, document: object): boolean {
  switch (expression.kind) {
    case "or":
      return expression.parts.some((part) => evaluate(part, document));
    case "and":
      return expression.parts.every((part) => evaluate(part, document));
    case "not":
      return !evaluate(expression.part, document);
    case "comparison":
      return compare(expression, document);
  }
}

/** What a dotted key with `[index]`es stands for in a document; null when there is nothing. */
export function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  let value = document;
  for (const step of path) {
    const fits = Array.isArray(value) === (typeof step === "number");
    if (typeof value !== "object" || value === null || !fits || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value ?? null;
}

function compare({ operator, left, right }: Comparison, document: object): boolean {
  const a = resolve(left, document);
  const b = resolve(right, document);
  switch (operator) {
    case "HAS":
      return Array.isArray(a) && isScalar(b) && a.includes(b);
    case "IN":
      return isScalar(a) && Array.isArray(b) && b.includes(a);
    case "NOT IN":
      return isScalar(a) && Array.isArray(b) && !b.includes(a);
    case "CONTAINS":
      return typeof a === "string" && typeof b === "string" && a.includes(b);
    case "==":
      return isScalar(a) && a === b;
    case "!=":
      return differ(a, b);
    default:
      return isOrdered(operator, a, b);
  }
}

/**
 * A missing key differs from whatever is there, lists too (`preferred_agents != null` in
 * https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment); that values of two types are a wrong use is unverified.
 */
function differ(a: unknown, b: unknown): boolean {
  if (a === null || b === null) return a !== b;
  return isScalar(a) && isScalar(b) && typeof a === typeof b && a !== b;
}

function isOrdered(operator: ">" | ">=" | "<" | "<=", a: unknown, b: unknown): boolean {
  const numbers = typeof a === "number" && typeof b === "number";
  const strings = typeof a === "string" && typeof b === "string";
  if (!numbers && !strings) return false;
  if (operator === ">") return a > b;
  if (operator === ">=") return a >= b;
  if (operator === "<") return a < b;
  return a <= b;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function resolve(operand: Operand, document: object): unknown {
  if (operand.kind === "key") return valueAt(document, operand.path);
  if (operand.kind === "list") return operand.items.map((item) => resolve(item, document));
  return operand.value;
}
