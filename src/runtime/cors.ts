import type { Variables } from "./env";

/** Where the Flex UI is served. */
const FLEX = "https://flex.twilio.com";

/**
 * Lets a page read the answer when its origin is on the list. Callers send plain forms, so no browser asks beforehand.
 * Tells browsers only: who the caller is, the token says.
 */
export function corsHeaders(context: Variables, event: object): Record<string, string> {
  const origin = originOf(event);
  const allowed = String(context.ALLOWED_ORIGINS || FLEX)
    .split(",")
    .map((one) => one.trim());
  return { Vary: "Origin", ...(origin && allowed.includes(origin) ? { "Access-Control-Allow-Origin": origin } : {}) };
}

function originOf(event: object): string | undefined {
  const { request } = event as { request?: { headers?: Record<string, unknown> } };
  const origin = request?.headers?.origin;
  return typeof origin === "string" ? origin : undefined;
}
