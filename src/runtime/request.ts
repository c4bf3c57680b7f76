import { en } from "zod/locales";
import * as z from "zod/mini";
import { AppError, InvalidInputError, UnsupportedBodyError } from "./errors";

// Without it `zod/mini` says of whatever is wrong that it is an "Invalid input".
z.config(en());

/** What a Function was called with: fields of query and body merged, and the headers as the runtime read them. */
export interface FunctionRequest {
  fields: Record<string, unknown>;
  header(name: string): string | undefined;
}

/**
 * Separates the runtime's `request` from the caller's fields. The runtime spreads the body over its own event, so a body
 * field called `request` would take the place of the real headers: whatever does not look like the runtime's is refused.
 */
export function readRequest(event: Record<string, unknown>): FunctionRequest {
  const { request, ...fields } = event;
  if (!isRuntimeRequest(request)) {
    throw new AppError("invalid_input", 400, "A field must not be called `request`.", { field: "request" });
  }
  const { headers } = request;
  return {
    fields,
    header(name) {
      const value = headers[name];
      return typeof value === "string" ? value : undefined;
    },
  };
}

/** Fields come as a form: what signatures cover, what pages send without asking beforehand, and never a URL's query alone. */
export function requireForm(request: FunctionRequest): void {
  requireType(request, "application/x-www-form-urlencoded");
}

/** Events of platforms are JSON: a form would be read in another way, and a query alone is no event. */
export function requireJson(request: FunctionRequest): void {
  requireType(request, "application/json");
}

function requireType(request: FunctionRequest, wanted: string): void {
  const [type = ""] = (request.header("content-type") ?? "").split(";", 1);
  if (type.trim().toLowerCase() !== wanted) throw new UnsupportedBodyError(wanted);
}

interface RuntimeRequest {
  headers: Record<string, unknown>;
}

function isRuntimeRequest(value: unknown): value is RuntimeRequest {
  if (typeof value !== "object" || value === null) return false;
  const { headers, cookies, ...others } = value as Record<string, unknown>;
  return isPlain(headers) && isPlain(cookies) && Object.keys(others).length === 0;
}

function isPlain(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads the fields a Function declares; the first that does not fit is named with the reason. */
export function readInput<Schema extends z.ZodMiniType>(
  schema: Schema,
  fields: Record<string, unknown>,
): z.output<Schema> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw new InvalidInputError(field, fields[field] === undefined ? "is missing" : (issue?.message ?? "is not valid"));
}

/** Text of at most so many characters. */
export const text = (most: number) => z.string().check(z.maxLength(most));

/** Studio renders what is not set as an empty text. */
export const blankAsUndefined = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.transform((value: unknown) => (value === "" ? undefined : value)),
    z.optional(schema),
  );

/** A field that holds a JSON object as text, at most so many characters of it. */
export const jsonObject = (most: number) =>
  z.pipe(
    z.pipe(
      text(most),
      z.transform((value, context) => {
        try {
          return JSON.parse(value) as unknown;
        } catch {
          context.issues.push({ code: "custom", message: "is not valid JSON", input: value });
          return z.NEVER;
        }
      }),
    ),
    z.record(z.string(), z.unknown(), "must be a JSON object"),
  );
