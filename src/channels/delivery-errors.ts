/** Where Twilio explains an error. */
export const errorPage = (code: number) => `https://www.twilio.com/docs/api/errors/${code}`;

/** Why a message did not reach a customer, and what an agent can do, for the codes that agents meet: see `errorPage`. */
export const DELIVERY_ERRORS: Readonly<Record<number, { reason: string; remedy: string }>> = {
  11751: { reason: "The file is too big for the customer's channel.", remedy: "Send a smaller one, or a link." },
  12300: {
    reason: "The customer's channel does not take files of this type.",
    remedy: "Send a PDF, a JPEG, or a link.",
  },
  21211: { reason: "This is no valid phone number.", remedy: "Ask the customer for another number." },
  21408: {
    reason: "The account may not send messages to this country.",
    remedy: "An administrator can allow it under Messaging, Geo permissions.",
  },
  21610: {
    reason: "The customer said STOP.",
    remedy: "Nothing reaches them here until they write START; use another channel they agreed to.",
  },
  21614: { reason: "This is no mobile number.", remedy: "Ask the customer for another number, or call them." },
  21617: { reason: "The text is longer than 1,600 characters.", remedy: "Send it in several messages." },
  30003: { reason: "The phone is off or out of reach.", remedy: "Try again later, or call." },
  30004: { reason: "The customer or their carrier blocks messages.", remedy: "Use another channel." },
  30005: { reason: "The number is unknown or no longer in use.", remedy: "Ask the customer for another number." },
  30006: {
    reason: "The number is a landline, or its carrier cannot be reached.",
    remedy: "Call, or ask for a mobile number.",
  },
  30007: {
    reason: "A carrier took the message for spam.",
    remedy: "Write it in other words, without a shortened link.",
  },
  30008: { reason: "The carrier gave no reason.", remedy: "Try again; if it happens again, use another channel." },
  30034: {
    reason: "The sender is not registered with US carriers.",
    remedy: "An administrator has to register it for A2P 10DLC.",
  },
  63003: { reason: "The customer cannot be found on this channel.", remedy: "Use another channel." },
  63014: { reason: "The customer has blocked us on this channel.", remedy: "Use another channel they agreed to." },
  63016: {
    reason: "The customer's last message is more than a day old: the message was outside the 24-hour window.",
    remedy: "Send an approved template.",
  },
  63018: { reason: "Too many messages went out at once.", remedy: "Send it again in a minute." },
  63021: {
    reason: "The channel does not take this content.",
    remedy: "Send it as plain text, or another type of file.",
  },
  63039: {
    reason: "Facebook does not take this message outside of the 24-hour window.",
    remedy: "Wait until the customer writes, or use another channel.",
  },
};

/** Words for an agent. They tell nothing of the message or of whom it was for. */
export function deliveryWords(code: number): string {
  const known = DELIVERY_ERRORS[code];
  if (known) return `${known.reason} ${known.remedy}`;
  return code > 0 ? `Not delivered: error ${code}, see ${errorPage(code)}` : "Not delivered; no reason was given.";
}
