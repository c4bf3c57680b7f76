interface ErrorOptionsWithField extends ErrorOptions {
  /** The input field or variable the error is about. */
  field?: string;
  /** What a caller needs to act on the error, beside its words. */
  details?: Record<string, string | number>;
}

/** What went wrong, in words for whoever called. Callers branch on `code`; outsiders see `message` only below status 500. */
export class AppError extends Error {
  readonly field: string | undefined;
  readonly details: Record<string, string | number>;

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    options: ErrorOptionsWithField = {},
  ) {
    super(message, options);
    this.field = options.field;
    this.details = options.details ?? {};
  }
}

export class InvalidInputError extends AppError {
  constructor(field: string, message: string) {
    super("invalid_input", 400, message, { field });
  }
}

/** The caller did not prove who they are. `source` says whom they claimed to be. */
export class ForgedRequestError extends AppError {
  constructor(source: string, message: string) {
    super("forged_request", 403, `${source}: ${message}`);
  }
}

/** The caller did not show who they are, or no longer. */
export class UnauthenticatedError extends AppError {
  constructor(message: string) {
    super("unauthenticated", 401, message);
  }
}

/** We know who the caller is, and they may not do this. */
export class ForbiddenError extends AppError {
  constructor(message: string) {
    super("forbidden", 403, message);
  }
}

/** Something else has to happen first, or has happened already. */
export class ConflictError extends AppError {
  constructor(code: string, message: string, details: Record<string, string | number> = {}) {
    super(code, 409, message, { details });
  }
}

/** Too much at once; `retryAfter` is in seconds, and a header of the answer too. */
export class TooManyRequestsError extends AppError {
  constructor(message: string, retryAfter: number) {
    super("too_many_requests", 429, message, { details: { retryAfter } });
  }
}

export class UnsupportedBodyError extends AppError {
  constructor(wanted: string) {
    super("unsupported_body", 415, `Send the fields as ${wanted}.`);
  }
}

/** A variable of the service is missing or malformed. */
export class MisconfiguredError extends AppError {
  constructor(variable: string, problem: string) {
    const remedy = `Set ${variable} in the environment file and deploy again, or under Functions > Environment Variables in the Twilio Console.`;
    super("misconfigured", 500, `${variable}: ${problem}. ${remedy}`, { field: variable });
  }
}

/** Twilio refused a call: nothing was done. `twilioCode` is Twilio's own, see https://www.twilio.com/docs/api/errors */
export class TwilioRefusal extends AppError {
  constructor(
    readonly twilioStatus: number,
    readonly twilioCode: number,
    cause: unknown,
  ) {
    super("twilio_refused", 502, `Twilio refused a call (${twilioStatus}, ${twilioCode})`, { cause });
  }
}

/** No clear answer came from Twilio: the call may or may not have taken effect. */
export class TwilioUnclear extends AppError {
  constructor(cause: unknown) {
    super("twilio_unclear", 502, "Twilio gave no clear answer", { cause });
  }
}

export class DeadlineError extends AppError {
  constructor() {
    super("deadline", 503, "The time for this request is used up");
  }
}

/** Bytes did not come, or did not arrive, as they should have. */
export class TransferError extends AppError {
  constructor(problem: string, cause?: unknown) {
    super("transfer_failed", 502, `A file could not be passed on: ${problem}`, { cause });
  }
}
