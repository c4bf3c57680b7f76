import "../../server/schema-words";
import type * as z from "zod/mini";

/** One fault of a definition; `path` is a JSON pointer such as `#/states/3/properties/timeout`. */
export interface DefinitionError {
  path: string;
  message: string;
}

/** What a schema finds wrong with a value, in the words of Studio's own validator. */
export function schemaErrors(schema: z.ZodMiniType, value: unknown, path: string): DefinitionError[] {
  const { error } = schema.safeParse(value, { reportInput: true });
  return (error?.issues ?? []).flatMap((issue) => errorsOf(issue, pointer(path, issue.path)));
}

export function pointer(base: string, path: readonly PropertyKey[]): string {
  return [base, ...path.map(String)].join("/");
}

export const REQUIRED = "is missing but it is required";

type Issue = z.core.$ZodIssue;

function errorsOf(issue: Issue, path: string): DefinitionError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: `${path}/${key}`,
      message: "is not defined in the schema and the schema does not allow additional properties",
    }));
  }
  return [{ path, message: messageOf(issue) }];
}

function messageOf(issue: Issue): string {
  if (issue.input === undefined) return REQUIRED;
  switch (issue.code) {
    case "invalid_type":
      return `${typeOf(issue.input)} found, ${expected[issue.expected] ?? issue.expected} expected`;
    case "invalid_value":
      return typeof issue.input === "string" ? oneOf(issue.values) : `${typeOf(issue.input)} found, string expected`;
    case "invalid_format":
      return `does not match the regex pattern ${"pattern" in issue ? issue.pattern?.replace(/^\/|\/$/g, "") : ""}`;
    case "too_small":
      return `must have at least ${issue.minimum} ${unit(issue.origin)}`;
    case "too_big":
      return `must have at most ${issue.maximum} ${unit(issue.origin)}`;
    default:
      return issue.message;
  }
}

/** What was to be one of a few values. */
export function oneOf(values: readonly unknown[]): string {
  if (values.length === 1) return `must be a constant value ${values[0]}`;
  return `does not have a value in the enumeration [${values.join(", ")}]`;
}

const expected: Record<string, string> = { record: "object", int: "integer" };

const unit = (origin: string) => (origin === "string" ? "characters" : "items");

/** As JSON has it, which tells whole numbers from others. */
export function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
