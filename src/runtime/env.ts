import * as z from "zod/mini";
import { MisconfiguredError } from "./errors";

/** Variables of the service by name, as text. */
export type Variables = Record<string, unknown>;

/** What every Function needs: set by the runtime itself, but for the last two. */
export const baseEnv = z.object({
  ACCOUNT_SID: z.string().check(z.regex(/^AC[0-9a-f]{32}$/i)),
  AUTH_TOKEN: z.string().check(z.minLength(32)),
  DOMAIN_NAME: z.string().check(z.minLength(1)),
  /** Base URL that callers use when it is not the service's own domain; no slash at the end. */
  PUBLIC_BASE_URL: z.optional(z.string().check(z.regex(/^https:\/\/[^/]+$/))),
  /** `function` (the default) checks signatures here too; `gateway` leaves it to Twilio alone. */
  SIGNATURE_CHECK: z._default(z.enum(["function", "gateway"]), "function"),
});

export type BaseEnv = z.output<typeof baseEnv>;

/** A SID with one of Twilio's prefixes. */
export const sid = (prefix: string) =>
  z.string().check(z.regex(new RegExp(`^${prefix}[0-9a-f]{32}$`), `a ${prefix} SID is needed`));

/** Reads the variables a Function declares. The first that is missing or malformed is named, with where to set it. */
export function readEnv<Schema extends z.ZodMiniType>(schema: Schema, variables: Variables): z.output<Schema> {
  const set = setIn(variables);
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  throw misconfigured(parsed.error.issues[0], set);
}

/** What `readEnv` would say of each that is missing or malformed. */
export function envProblems(schema: z.ZodMiniType, variables: Variables): MisconfiguredError[] {
  const set = setIn(variables);
  return schema.safeParse(set).error?.issues.map((issue) => misconfigured(issue, set)) ?? [];
}

/** An empty line in an environment file means that the variable is not set. */
const setIn = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));

function misconfigured(issue: { path: PropertyKey[]; message: string } | undefined, set: Variables) {
  const name = String(issue?.path[0] ?? "environment");
  return new MisconfiguredError(name, set[name] === undefined ? "is not set" : (issue?.message ?? "is malformed"));
}

/** Where callers reach one of our Functions: by the service's own domain unless another name is set. */
export function publicUrl({ PUBLIC_BASE_URL, DOMAIN_NAME }: BaseEnv, path: string): string {
  return `${PUBLIC_BASE_URL ?? `https://${DOMAIN_NAME}`}${path}`;
}
