import type { Variables } from "./env";

/** Where the Flex UI is served. */
const FLEX = "https://flex.twilio.com";

/** Pages that call Functions: the variable that lists their origins, and what holds without it. */
const PAGES = {
  flex: { variable: "ALLOWED_ORIGINS", otherwise: FLEX },
  /** Customers' pages are no agents' pages. A page beside the Functions needs no entry. */
  webchat: { variable: "WEBCHAT_ORIGINS", otherwise: "" },
} as const;

export type Pages = keyof typeof PAGES;

/**
 * Lets a page read the answer when its origin is on the list. Callers send plain forms, so no browser asks beforehand.
 * Tells browsers only: who the caller is, the token or session says.
 */
export function corsHeaders(pages: Pages, context: Variables, event: object): Record<string, string> {
  const { variable, otherwise } = PAGES[pages];
  const origin = originOf(event);
  const allowed = String(context[variable] || otherwise)
    .split(",")
    .map((one) => one.trim());
  return { Vary: "Origin", ...(origin && allowed.includes(origin) ? { "Access-Control-Allow-Origin": origin } : {}) };
}

function originOf(event: object): string | undefined {
  const { request } = event as { request?: { headers?: Record<string, unknown> } };
  const origin = request?.headers?.origin;
  return typeof origin === "string" ? origin : undefined;
}
