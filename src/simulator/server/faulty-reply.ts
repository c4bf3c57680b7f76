import type { About } from "../faults";
import { suffer } from "../faults/suffer";
import type { World } from "../world";
import type { ApiError } from "./api-error";
import type { ApiReply } from "./routes";

/** The connection ends without an answer. */
export const RESET: ApiReply = { status: 0 };

interface HttpCall {
  name: string;
  /** The Function call it was made in. */
  invocation: string | undefined;
  about: About;
  /** How it is refused, where not in Twilio's words. */
  refusal?: (error: ApiError, headers: Record<string, string>) => ApiReply;
}

/** Serves a call over HTTP with whatever fault strikes it. A crash kills the process of the Function that calls. */
export function sufferOverHttp(
  { faults, crash }: Pick<World, "faults" | "crash">,
  { name, invocation, about, refusal = inTwiliosWords }: HttpCall,
  deed: () => Promise<ApiReply>,
): Promise<ApiReply> {
  const fault = faults.meet(name, invocation === undefined ? about : { ...about, invocation });
  return suffer<ApiReply>(fault, deed, {
    refusal,
    reset: () => RESET,
    malformed: ({ body, text = JSON.stringify(body ?? {}), content }) =>
      content ? { status: 200, content: half(content) } : { status: 200, body, text: half(text) },
    async crash() {
      if (invocation !== undefined) await crash(invocation);
      return RESET;
    },
  });
}

function inTwiliosWords(error: ApiError, headers: Record<string, string>): ApiReply {
  return { status: error.status, body: error.body(), headers };
}

/** JSON, or a file, that breaks off in the middle. */
function half<Whole extends string | Buffer>(whole: Whole): Whole {
  return whole.slice(0, Math.max(1, Math.floor(whole.length / 2))) as Whole;
}
