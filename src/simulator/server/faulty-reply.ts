import type { About } from "../faults";
import { suffer } from "../faults/suffer";
import type { World } from "../world";
import type { ApiReply } from "./routes";

/** The connection ends without an answer. */
export const RESET: ApiReply = { status: 0 };

interface RestCall {
  name: string;
  /** The Function call it was made in. */
  invocation: string | undefined;
  about: About;
}

/** Serves a REST call with whatever fault strikes it. A crash kills the process of the Function that calls. */
export function sufferOverRest(
  { faults, crash }: Pick<World, "faults" | "crash">,
  { name, invocation, about }: RestCall,
  deed: () => Promise<ApiReply>,
): Promise<ApiReply> {
  const fault = faults.meet(name, invocation === undefined ? about : { ...about, invocation });
  return suffer<ApiReply>(fault, deed, {
    refusal: (error, headers) => ({ status: error.status, body: error.body(), headers }),
    reset: () => RESET,
    malformed: ({ body }) => ({ status: 200, body, text: cut(JSON.stringify(body ?? {})) }),
    async crash() {
      if (invocation !== undefined) await crash(invocation);
      return RESET;
    },
  });
}

/** JSON that breaks off in the middle. */
function cut(json: string): string {
  return json.slice(0, Math.max(1, Math.floor(json.length / 2)));
}
