/** A date as api.twilio.com writes it: RFC 2822, in UTC. */
export const rfc2822 = (value: Date): string => value.toUTCString().replace("GMT", "+0000");
