import type { Twilio } from "twilio";
import type { Deadline } from "./deadline";
import { TwilioRefusal, TwilioUnclear } from "./errors";

export type TwilioClient = Twilio;

interface TwilioResponse {
  statusCode: number;
  body: unknown;
  headers?: Record<string, unknown>;
}
type HttpClient = NonNullable<Twilio["httpClient"]>;
type HttpRequest = Parameters<HttpClient["request"]>[0];

/** How often one call is tried at most; the second figure is for 429, as a burst may take seconds to pass. */
const TRIES = 3;
const TRIES_WHEN_LIMITED = 6;
const FIRST_PAUSE_MS = 150;
const LONGEST_PAUSE_MS = 1_500;

/**
 * Puts the request's deadline on every call the SDK makes, and repeats where a repeat is harmless: after a 429, which
 * was never processed (https://www.twilio.com/docs/api/errors/45719), and reads after a failure.
 */
export function withinDeadline(client: Twilio, deadline: Deadline): Twilio {
  const { httpClient: inner } = client;
  if (!inner) throw new Error("The Twilio client has no HTTP client");
  const send = inner.request.bind(inner) as (request: HttpRequest) => Promise<TwilioResponse>;

  async function request(options: HttpRequest): Promise<TwilioResponse> {
    const mayRepeat = options.method?.toLowerCase() === "get";
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await send({ ...options, timeout: Math.ceil(deadline.check()) });
        if (isBroken(response)) throw new Error("The answer breaks off");
        const isLimited = response.statusCode === 429;
        const again = isLimited
          ? attempt < TRIES_WHEN_LIMITED
          : mayRepeat && response.statusCode >= 500 && attempt < TRIES;
        if (!again || !(await pause(attempt, deadline, response))) return response;
      } catch (cause) {
        if (!mayRepeat || attempt >= TRIES || !(await pause(attempt, deadline))) throw new TwilioUnclear(cause);
      }
    }
  }

  client._httpClient = Object.assign(Object.create(inner) as HttpClient, { request });
  return client;
}

/** A success whose JSON cannot be read: what was asked has been done, and nothing says with what result. */
function isBroken({ statusCode, body }: TwilioResponse): boolean {
  if (statusCode >= 300 || typeof body !== "string" || body === "") return false;
  try {
    JSON.parse(body);
    return false;
  } catch {
    return true;
  }
}

/** Waits before the next try, as long as Twilio asked for; false when the deadline leaves no room. */
export async function pause(attempt: number, deadline: Deadline, response?: TwilioResponse): Promise<boolean> {
  const asked = Number(response?.headers?.["retry-after"]) * 1000;
  const ms =
    asked > 0 ? asked : Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS) * (0.5 + Math.random());
  if (ms >= deadline.remainingMs()) return false;
  await new Promise((resolve) => setTimeout(resolve, ms));
  return true;
}

/** The HTTP status and code of an error the SDK threw; undefined for anything else. */
export function refusalOf(error: unknown): { status: number; code: number } | undefined {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return undefined;
  if ("field" in error) return undefined;
  return { status: error.status, code: "code" in error && typeof error.code === "number" ? error.code : 0 };
}

/** An SDK error in our words: refused below 500, unclear above, since the call may have taken effect. */
export function twilioError(error: unknown): unknown {
  const refusal = refusalOf(error);
  if (!refusal) return error;
  return refusal.status < 500 ? new TwilioRefusal(refusal.status, refusal.code, error) : new TwilioUnclear(error);
}
