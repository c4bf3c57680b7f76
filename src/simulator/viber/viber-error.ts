/** https://developers.viber.com/docs/api/rest-bot-api/#error-codes */
const NAMES = [
  "ok",
  "invalidUrl",
  "invalidAuthToken",
  "badData",
  "missingData",
  "receiverNotRegistered",
  "receiverNotSubscribed",
  "publicAccountBlocked",
  "publicAccountNotFound",
  "publicAccountSuspended",
  "webhookNotSet",
  "receiverNoSuitableDevice",
  "tooManyRequests",
  "apiVersionNotSupported",
  "incompatibleWithVersion",
  "publicAccountNotAuthorized",
  "inchatReplyMessageNotAllowed",
  "publicAccountIsNotInline",
  "noPublicChat",
  "cannotSendBroadcast",
  "broadcastNotAllowed",
  "unsupportedCountry",
  "paymentUnsupported",
  "freeMessagesExceeded",
  "noBalance",
] as const;

/** A refusal, which comes with HTTP status 200. */
export class ViberError extends Error {
  readonly status: number;

  /** The details are the simulator's: Viber's are in no document. */
  constructor(name: (typeof NAMES)[number], details = "") {
    super(details ? `${name}: ${details}` : name);
    this.status = NAMES.indexOf(name);
  }
}

export const missing = (name: string) => new ViberError("missingData", name);
export const badData = (why: string) => new ViberError("badData", why);

/** The words of a code of Viber's; undefined for what is none. */
export const nameOf = (status: number): string | undefined => NAMES[status];
