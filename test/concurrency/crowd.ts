import { SMS_ADDRESS, type useContactCentre } from "../support/contact-centre";

/** How often each Function is asked for the same thing at the same moment. */
export const AT_ONCE = 20;

export interface Customer {
  address: string;
  conversationSid: string;
}

/** Repeatable randomness, so that a seed that fails can be played again. */
function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

/** Every call takes 20 to 200 ms, the same in each run. */
export function slowTwilio(centre: ReturnType<typeof useContactCentre>, seed: number): void {
  const random = randomOf(seed);
  centre.simulator.world().latency.set("*", () => 20 + Math.floor(random() * 180));
}

/** Many customers, for each of whom much happens at once, on a Twilio that takes 20 to 200 ms for every call. */
export function crowdIn(centre: ReturnType<typeof useContactCentre>, seed: number) {
  beforeEach(() => slowTwilio(centre, seed));

  /** A customer's Conversation with one Message, made without anybody hearing of it. */
  function newCustomer(seed: number): Customer {
    const { conversations } = centre.simulator.world();
    const address = addressOf(seed);
    const { sid } = conversations.create({});
    const binding = { type: "sms" as const, address, proxyAddress: SMS_ADDRESS };
    conversations.addParticipant(sid, { binding, source: "API", webhooks: false });
    conversations.addMessage(sid, { author: address, body: "Hello", source: "SDK", webhooks: false });
    return { address, conversationSid: sid };
  }

  /** Signed as Twilio signs, all at the same moment. Answers the statuses that are no success. */
  async function twenty(path: string, fields: (i: number) => Record<string, string>): Promise<number[]> {
    const url = `https://${centre.simulator.account.functionsDomain}${path}`;
    const { sendWebhook } = centre.simulator.world();
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) =>
        sendWebhook({ name: "test", url, params: fields(i), timeoutMs: 30_000 }),
      ),
    );
    return answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 202);
  }

  /** How many Interactions and open Tasks every customer has in a live Conversation, by address. */
  function holdings() {
    const state = centre.state();
    const open = state.tasks.filter(({ status }) => !["completed", "canceled"].includes(status));
    return state.conversations
      .filter(({ state: is }) => is !== "closed")
      .map((conversation) => ({
        customer: conversation.participants[0]?.binding?.address,
        interactions: state.channels.filter(
          ({ conversationSid, status }) => conversationSid === conversation.sid && status === "active",
        ).length,
        tasks: open.filter(
          ({ attributes }) => (attributes as Record<string, unknown>).conversationSid === conversation.sid,
        ).length,
      }))
      .sort((a, b) => String(a.customer).localeCompare(String(b.customer)));
  }

  return { newCustomer, twenty, holdings };
}

/** What `holdings` are when each of so many customers has one of everything. */
export const oneOfEach = (customers: number) =>
  Array.from({ length: customers }, (_, seed) => ({ customer: addressOf(seed), interactions: 1, tasks: 1 }));

const addressOf = (seed: number) => `+1555010${2000 + seed}`;
