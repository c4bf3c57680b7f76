import { createHmac } from "node:crypto";
import { type CustomChannel, identityOf } from "../../src/channels/custom-identity";
import type { useContactCentre } from "./contact-centre";

/** One event as the platform would bring it, byte for byte. */
export interface Delivery {
  path: string;
  headers: Record<string, string>;
  body: string;
}

interface Said {
  id: string;
  text: string;
  at: Date;
}

/** How each platform tells of the same things. */
interface Spelling {
  userId(person: number): string;
  message(person: number, said: Said): object;
  edit?(person: number, said: Said): object;
  receipt?(person: number, receipt: { id: string; status: "delivered" | "seen"; at: Date }): object;
  reach(person: number, reachable: boolean, at: Date): object;
  seal(body: string): Omit<Delivery, "body">;
}

export const NAME = "Ana María";
const VIBER_TOKEN = "0000000000000042-0000000000000042-0000000000000042";

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
const person = (id: number) => ({ id, is_bot: false, first_name: NAME, language_code: "es" });
const chat = (id: number) => ({ id, type: "private", first_name: NAME });

const telegram: Spelling = {
  userId: String,
  message: (id, { id: message_id, text, at }) => ({
    update_id: Number(message_id),
    message: { message_id: Number(message_id), date: seconds(at), from: person(id), chat: chat(id), text },
  }),
  edit: (id, { id: message_id, text, at }) => ({
    update_id: Number(message_id),
    edited_message: {
      ...{ message_id: Number(message_id), date: seconds(at), edit_date: seconds(at) },
      ...{ from: person(id), chat: chat(id), text },
    },
  }),
  reach: (id, reachable, at) => ({
    update_id: 1,
    my_chat_member: {
      ...{ chat: chat(id), from: person(id), date: seconds(at) },
      old_chat_member: { user: { id: 4242, is_bot: true, first_name: "Bot" }, status: reachable ? "kicked" : "member" },
      new_chat_member: { user: { id: 4242, is_bot: true, first_name: "Bot" }, status: reachable ? "member" : "kicked" },
    },
  }),
  seal: () => ({
    path: "/inbound/telegram",
    headers: { "x-telegram-bot-api-secret-token": "telegram-calls-the-simulated-account" },
  }),
};

const viberUser = (id: number) => Buffer.from(`viber user ${id}`).toString("base64");
const viber: Spelling = {
  userId: viberUser,
  message: (id, { id: message_token, text, at }) => ({
    ...{ event: "message", timestamp: at.getTime(), message_token },
    sender: { id: viberUser(id), name: NAME, language: "es", country: "ES", api_version: 10 },
    message: { type: "text", text },
  }),
  receipt: (id, { id: message_token, status, at }) => ({
    ...{ event: status, timestamp: at.getTime(), message_token, user_id: viberUser(id) },
  }),
  reach: (id, reachable, at) =>
    reachable
      ? {
          ...{ event: "subscribed", timestamp: at.getTime(), message_token: 1 },
          user: { id: viberUser(id), name: NAME, language: "es", country: "ES", api_version: 10 },
        }
      : { event: "unsubscribed", timestamp: at.getTime(), message_token: 1, user_id: viberUser(id) },
  seal: (body) => ({
    path: "/inbound/viber?key=viber-calls-the-simulated-account",
    headers: { "x-viber-content-signature": createHmac("sha256", VIBER_TOKEN).update(body).digest("hex") },
  }),
};

const SPELLINGS = { telegram, viber } satisfies Partial<Record<CustomChannel, Spelling>>;

/** Tells the Functions what customers do on a channel of ours, as genuine events of any age, as often as wanted. */
export function useCustomChannel(centre: ReturnType<typeof useContactCentre>, channel: keyof typeof SPELLINGS) {
  const spelling: Spelling = SPELLINGS[channel];
  let lastId = 1000;
  const now = () => centre.simulator.clock.now();
  const nextId = () => {
    lastId += 1;
    return String(lastId);
  };

  function sealed(event: object | string): Delivery {
    // Viber's numbers are longer than JavaScript's.
    const body =
      typeof event === "string"
        ? event
        : JSON.stringify(event).replace(/"message_token":"(\d+)"/, '"message_token":$1');
    const { path, headers } = spelling.seal(body);
    return { path, headers: { ...headers, "content-type": "application/json" }, body };
  }

  /** Answers the status. */
  async function bring(event: object): Promise<number> {
    const { path, headers, body } = sealed(event);
    const answer = await fetch(`http://127.0.0.1:${centre.simulator.port}${path}`, { method: "POST", headers, body });
    return answer.status;
  }

  const identity = (who = 1) => identityOf({ channel, userId: spelling.userId(who) });
  const conversations = (who = 1) =>
    centre
      .state()
      .conversations.filter(({ participants }) => participants.some((one) => one.identity === identity(who)));

  return {
    bring,
    /** An event, or its bytes, with all that proves it genuine. */
    sealed,
    identity,
    conversations,
    /** A message not brought yet. */
    message: (text: string, { who = 1, id = nextId(), at = now() } = {}) => spelling.message(who, { id, text, at }),
    edit: (id: string, text: string, { who = 1, at = now() } = {}) => spelling.edit?.(who, { id, text, at }) ?? {},
    receipt: (id: string, status: "delivered" | "seen", { who = 1, at = now() } = {}) =>
      spelling.receipt?.(who, { id, status, at }) ?? {},
    reach: (reachable: boolean, { who = 1, at = now() } = {}) => spelling.reach(who, reachable, at),
    nextId,
    /** Brings a message and waits until all that follows from it has happened. */
    async says(text: string, options: { who?: number; id?: string; at?: Date } = {}): Promise<number> {
      const { who = 1, id = nextId(), at = now() } = options;
      const status = await bring(spelling.message(who, { id, text, at }));
      await centre.simulator.settled();
      return status;
    },
    /** What each of the customer's Conversations says, oldest first. */
    said: (who = 1) => conversations(who).map(({ messages }) => messages.map(({ body }) => body)),
    live: (who = 1) => conversations(who).filter(({ state }) => state !== "closed"),
    pointer: (who = 1) =>
      centre.state().documents.find(({ uniqueName }) => uniqueName === `contact.${identity(who)}`)?.data,
  };
}
