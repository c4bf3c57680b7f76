/** A refusal in Twilio's form: `{code, message, more_info, status}`, https://www.twilio.com/docs/usage/twilios-response */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly details?: Record<string, unknown>,
  ) {
    super(message);
  }

  body() {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
      ...(this.details ? { details: this.details } : {}),
    };
  }
}

/** 20404, https://www.twilio.com/docs/api/errors/20404 */
export function notFound(path: string): ApiError {
  return new ApiError(404, 20404, `The requested resource ${path} was not found`);
}

/** What Twilio documents and the simulator cannot do: never passed over in silence. */
export function unserved(what: string): ApiError {
  return new ApiError(501, 20501, `The simulator does not serve ${what} yet`);
}

/** 20001, https://www.twilio.com/docs/api/errors/20001 */
export function missingParameter(name: string): ApiError {
  return new ApiError(400, 20001, `Missing required parameter ${name} in the post body`);
}
