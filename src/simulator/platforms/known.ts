/** The messaging platforms that are simulated beside Twilio: the domain that each is at, and somebody who writes there. */
export const KNOWN = {
  telegram: { domain: "telegram.org", someone: "telegram_4711" },
  viber: { domain: "viber.com", someone: "viber_MDEyMzQ1Njc4OWFiY2RlZg" },
} as const satisfies Record<string, { domain: string; someone: string }>;

export type PlatformName = keyof typeof KNOWN;

/** For patterns. */
export const ANY_PLATFORM = Object.keys(KNOWN).join("|");
export const ANY_DOMAIN = Object.values(KNOWN)
  .map(({ domain }) => domain.replaceAll(".", "\\."))
  .join("|");
