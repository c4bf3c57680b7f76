import { requireGuest } from "../../src/simulator/levers/guests";
import type { Simulator } from "../../src/simulator/simulator";

/** What webchat/start and webchat/refresh-token answer. */
export interface Pass {
  token: string;
  expiresAt: string;
  identity: string;
  conversationSid: string;
  session: string;
}

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body & { error?: { code: string; message: string; field?: string; retryAfter?: number } };
}

const keys = { drawn: 0 };

/** A start key as a page draws it. */
export function newKey(): string {
  keys.drawn += 1;
  return `start-key-${String(keys.drawn).padStart(14, "0")}`;
}

export const form = { friendlyName: "Ada Guest", query: "My lamp is broken" };

/** A page with a web chat, and the guest in front of it. */
export function webChatPage(simulator: () => Simulator) {
  async function call<Body>(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const { port } = simulator();
    const url = `http://127.0.0.1:${port}/webchat/${path}`;
    const response = await fetch(url, { method: "POST", headers, body: new URLSearchParams(fields) });
    const body = (await response.json()) as Answer<Body>["body"];
    return { status: response.status, headers: response.headers, body };
  }

  return {
    call,
    /** What agents see a guest called, whom a Flow sent to them: unless Twilio's own attributes win, the name they gave. */
    nameOf: ({ identity }: Pick<Pass, "identity">) =>
      simulator().world().switches.studioSuppliedAttributesWin ? form.friendlyName : identity,
    /** A chat that begins, with all that follows from it. */
    async start(fields: Record<string, string> = {}): Promise<Pass> {
      const { status, body } = await call<Pass>("start", { startKey: newKey(), ...form, ...fields });
      await simulator().settled();
      expect({ status, error: body.error }).toEqual({ status: 200, error: undefined });
      return body;
    },
    async writes({ identity }: Pick<Pass, "identity">, body: string) {
      const sent = await requireGuest(simulator().world(), identity).send({ body });
      await simulator().settled();
      return sent;
    },
    /** What others said to the guest, oldest first. */
    heard: ({ identity }: Pick<Pass, "identity">) =>
      requireGuest(simulator().world(), identity)
        .messages()
        .filter(({ direction }) => direction === "in")
        .map(({ body }) => body),
  };
}
