import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { type CustomChannel, identityOf, readConversationName } from "../../src/channels/custom-identity";
import type { SentFile } from "../../src/simulator/conversations/inbound-media";
import type { FaultOrder } from "../../src/simulator/faults/fault";
import type { PhoneMessage } from "../../src/simulator/phone/phones";
import type { AgentName } from "../../src/simulator/seeds";
import type { useContactCentre } from "./contact-centre";

/** What goes wrong, with whatever operation. */
type Mishap = FaultOrder extends infer One ? (One extends FaultOrder ? Omit<One, "operation"> : never) : never;
type Refusal = { status: number; code?: number };

export interface CustomTalker {
  channel: CustomChannel;
  customer: string;
  /** Another one. */
  other: string;
  /** Sends a text. */
  says: string;
  /** Characters in one message. */
  most: number;
  /** As what a message is marked that has come: Telegram tells of nothing more. */
  came: "sent" | "delivered";
  /** How the platform says why it takes no message. */
  refusals: Record<"unreachable" | "rateLimited" | "unavailable" | "tooLong" | "unauthorized" | "refused", Refusal>;
}

const viberUser = (name: string) => identityOf({ channel: "viber", userId: `${name}/of+viber==` });

/** Each channel that we carry ourselves, with a customer of it, and how its platform's calls are named. */
export const CUSTOM_CHANNELS: readonly CustomTalker[] = [
  {
    ...{ channel: "telegram", customer: "telegram_4711", other: "telegram_4712" },
    ...{ says: "telegram sendMessage", most: 4096, came: "sent" },
    refusals: {
      unreachable: { status: 403 },
      unavailable: { status: 502 },
      rateLimited: { status: 429 },
      tooLong: { status: 400 },
      unauthorized: { status: 401 },
      refused: { status: 400 },
    },
  },
  {
    ...{ channel: "viber", customer: viberUser("Ana"), other: viberUser("Bea") },
    ...{ says: "viber send_message", most: 7000, came: "delivered" },
    refusals: {
      unreachable: { status: 400, code: 6 },
      unavailable: { status: 503 },
      rateLimited: { status: 429 },
      tooLong: { status: 400, code: 3 },
      unauthorized: { status: 400, code: 2 },
      refused: { status: 400, code: 3 },
    },
  },
];

interface Swept {
  problem: string;
  action: string;
  done: boolean;
}

/** What customers of channels of ours, and the agents who have them, say to each other. */
export function customTalks(centre: ReturnType<typeof useContactCentre>) {
  const world = () => centre.simulator.world();
  const heard = (customer: string): PhoneMessage[] =>
    world()
      .phones.messages(customer)
      .filter(({ direction }) => direction === "in");
  const messages = (customer: string) =>
    centre
      .state()
      .conversations.filter(({ uniqueName }) => readConversationName(uniqueName ?? "")?.identity === customer)
      .flatMap(({ messages }) => messages);

  return {
    heard,
    /** All Messages of all Conversations of a customer, oldest first. */
    messages,
    said: (customer: string) => messages(customer).filter(({ author }) => author !== customer),
    /** What the mark on a Message says. */
    mark(customer: string, body: string) {
      const message = messages(customer).findLast((one) => one.body === body);
      const { relay, delivery } = JSON.parse(message?.attributes ?? "{}") as Record<string, Record<string, unknown>>;
      return { relay, delivery };
    },
    async writes(customer: string, body: string): Promise<void> {
      world().platforms.customer(customer)?.send({ body });
      await centre.simulator.settled();
    },
    /** A customer who has written, and an agent who has them. */
    async withAgent(customer: string): Promise<AgentName> {
      await this.writes(customer, "Hello");
      const agent = centre.offeredTo() ?? "ada";
      await centre.agent(agent, "accept");
      return agent;
    },
    async replies(agent: AgentName, body: string, ...files: SentFile[]): Promise<void> {
      await centre.simulator.agent(agent).reply(body, undefined, files);
      await centre.simulator.settled();
    },
    fails(operation: string, mishap: Mishap): void {
      world().faults.add({ operation, ...mishap });
    },
    /** As an administrator's cron does, to the end. */
    async sweep(): Promise<Swept[]> {
      const found: Swept[] = [];
      let cursor = "";
      do {
        const response = await fetch(`http://127.0.0.1:${centre.simulator.port}/maintenance/sweep`, {
          method: "POST",
          headers: { "x-sweep-secret": "the-sweep-of-the-simulated-account" },
          body: new URLSearchParams({ fix: "true", ...(cursor ? { cursor } : {}) }),
        });
        const page = (await response.json()) as { found: Swept[]; cursor?: string };
        found.push(...page.found.map(({ problem, action, done }) => ({ problem, action, done })));
        cursor = page.cursor ?? "";
      } while (cursor);
      await centre.simulator.settled();
      return found;
    },
    /** Calls a Function as Twilio does. */
    async call(path: string, fields: Record<string, string>) {
      const { functionsDomain, authToken } = centre.simulator.account;
      const signature = getExpectedTwilioSignature(authToken, `https://${functionsDomain}${path}`, fields);
      const response = await fetch(`http://127.0.0.1:${centre.simulator.port}${path}`, {
        method: "POST",
        headers: { "x-twilio-signature": signature },
        body: new URLSearchParams(fields),
      });
      await centre.simulator.settled();
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    live: (customer: string) =>
      centre
        .state()
        .conversations.filter(({ state }) => state !== "closed")
        .find(({ uniqueName }) => readConversationName(uniqueName ?? "")?.identity === customer),
  };
}
