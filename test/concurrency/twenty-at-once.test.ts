import { SMS_ADDRESS, useContactCentre } from "../support/contact-centre";

/** SEEDS=50 plays more of them. Each Function, asked twenty times at once for the same thing, in four processes, on a Twilio that takes its time. */
const AT_ONCE = 20;
const SEEDS = Number(process.env.SEEDS ?? 10);
/** How many seeds run side by side; each is a customer of its own. */
const ABREAST = 10;

const centre = useContactCentre({
  processes: 4,
  limits: { concurrent: 1_000, answerMs: 30_000 },
  // Two hundred calls at one moment are more than any account may make.
  switches: { rateLimits: false },
});

/** Repeatable randomness, so that a seed that fails can be played again. */
function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

beforeEach(() => {
  const random = randomOf(SEEDS);
  // 20 to 200 ms on every call.
  centre.simulator.world().latency.set("*", () => 20 + Math.floor(random() * 180));
});

interface Customer {
  address: string;
  conversationSid: string;
}

/** A customer's Conversation with one Message, made without anybody hearing of it. */
function newCustomer(seed: number): Customer {
  const { conversations } = centre.simulator.world();
  const address = `+1555010${String(2000 + seed)}`;
  const { sid } = conversations.create({});
  const binding = { type: "sms" as const, address, proxyAddress: SMS_ADDRESS };
  conversations.addParticipant(sid, { binding, source: "API", webhooks: false });
  conversations.addMessage(sid, { author: address, body: "Hello", source: "SDK", webhooks: false });
  return { address, conversationSid: sid };
}

/** Signed as Twilio signs, all at the same moment. */
async function twenty(path: string, fields: (i: number) => Record<string, string>) {
  const url = `https://${centre.simulator.account.functionsDomain}${path}`;
  const { sendWebhook } = centre.simulator.world();
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, i) => sendWebhook({ name: "test", url, params: fields(i), timeoutMs: 30_000 })),
  );
  expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 202)).toEqual([]);
}

async function forEverySeed(play: (customer: Customer, seed: number) => Promise<void>) {
  for (let first = 0; first < SEEDS; first += ABREAST) {
    const seeds = Array.from({ length: ABREAST }, (_, i) => first + i);
    await Promise.all(seeds.map((seed) => play(newCustomer(seed), seed)));
  }
  await centre.simulator.settled();
}

/** What every customer must have in the end: how many Interactions, open Tasks, live Conversations, by address. */
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
    }));
}

const oneOfEach = Array.from({ length: SEEDS }, (_, seed) => ({
  customer: `+1555010${String(2000 + seed)}`,
  interactions: 1,
  tasks: 1,
}));
const sorted = (rows: ReturnType<typeof holdings>) =>
  rows.sort((a, b) => String(a.customer).localeCompare(String(b.customer)));

describe(`${AT_ONCE} calls at once, ${SEEDS} seeds, four processes, 20 to 200 ms a call`, () => {
  it("flex/send-to-flex makes one Interaction", async () => {
    await forEverySeed(({ conversationSid, address }) =>
      twenty("/flex/send-to-flex", () => ({ conversationSid, author: address })),
    );
    expect(sorted(holdings())).toEqual(oneOfEach);
  }, 120_000);

  it("inbound/message-added makes one Interaction of a first message delivered twenty times", async () => {
    await forEverySeed(({ conversationSid, address }) =>
      twenty("/inbound/message-added", () => ({
        EventType: "onMessageAdded",
        ConversationSid: conversationSid,
        Author: address,
        Index: "0",
      })),
    );
    expect(sorted(holdings())).toEqual(oneOfEach);
  }, 120_000);

  it("inbound/message-added makes one Interaction of twenty messages", async () => {
    await forEverySeed(({ conversationSid, address }) =>
      twenty("/inbound/message-added", (i) => ({
        EventType: "onMessageAdded",
        ConversationSid: conversationSid,
        Author: address,
        Index: String(i),
      })),
    );
    expect(sorted(holdings())).toEqual(oneOfEach);
  }, 120_000);

  it("studio/customer-context leaves one Document and one hook of ours", async () => {
    centre.leavesUnattended("the Executions that call here are made up: no Flow has these customers");
    await forEverySeed(({ conversationSid, address }, seed) =>
      twenty("/studio/customer-context", () => ({
        conversationSid,
        author: address,
        flowSid: `FW${"b".repeat(32)}`,
        executionSid: `FN${String(seed).padStart(32, "0")}`,
      })),
    );
    const state = centre.state();
    expect(state.documents.filter(({ uniqueName }) => uniqueName?.startsWith("conversation."))).toHaveLength(SEEDS);
    expect(state.conversations.map(({ webhooks }) => webhooks.length)).toEqual(Array(SEEDS).fill(1));
  }, 120_000);

  it("hooks/task-events invites once for a Task canceled twenty times over", async () => {
    const { interactions, taskrouter } = centre.simulator.world();
    for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
    await forEverySeed(async ({ conversationSid, address }) => {
      const url = `https://${centre.simulator.account.functionsDomain}/flex/send-to-flex`;
      const { sendWebhook } = centre.simulator.world();
      await sendWebhook({ name: "test", url, params: { conversationSid, author: address }, timeoutMs: 30_000 });
      const channel = [...interactions.channels.values()].find((row) => row.conversationSid === conversationSid);
      const invite = [...interactions.invites.values()].find(({ channelSid }) => channelSid === channel?.sid);
      const task = taskrouter.task(invite?.taskSid ?? "");
      const fields = { TaskSid: task.sid, TaskAttributes: task.attributes, TaskAssignmentStatus: "canceled" };
      taskrouter.cancelTask(task.sid, "canceled by somebody");
      await twenty("/hooks/task-events", () => ({ EventType: "task.canceled", ...fields }));
    });
    expect(sorted(holdings())).toEqual(oneOfEach);
    expect(centre.state().invites).toHaveLength(2 * SEEDS);
  }, 120_000);

  it("hooks/conversation-events makes one successor of a Conversation closed twenty times over", async () => {
    const { sync, conversations } = centre.simulator.world();
    await forEverySeed(async ({ conversationSid, address }) => {
      const closing = {
        state: "closing",
        closingAt: centre.simulator.clock.now().toISOString(),
        routing: { address, attributes: {} },
      };
      sync.createDocument({ uniqueName: `conversation.${conversationSid}`, data: closing });
      conversations.setState(conversationSid, "closed", "API", false);
      await twenty("/hooks/conversation-events", () => ({
        EventType: "onConversationStateUpdated",
        ConversationSid: conversationSid,
        StateTo: "closed",
        Reason: "API",
      }));
    });
    expect(sorted(holdings())).toEqual(oneOfEach);
    const successors = centre.state().conversations.filter(({ uniqueName }) => uniqueName?.startsWith("after."));
    expect(successors.map(({ messages }) => messages.map(({ body }) => body))).toEqual(Array(SEEDS).fill(["Hello"]));
  }, 120_000);

  it("hooks/conversation-events routes a customer nobody has once, though the watchdog rings twenty times", async () => {
    const { sync } = centre.simulator.world();
    await forEverySeed(async ({ conversationSid }) => {
      sync.createDocument({
        uniqueName: `conversation.${conversationSid}`,
        data: { state: "routing", owner: "dead", until: "2026-01-01T00:00:00Z" },
      });
      await twenty("/hooks/conversation-events", () => ({
        EventType: "onConversationStateUpdated",
        ConversationSid: conversationSid,
        StateTo: "inactive",
        Reason: "TIMER",
      }));
    });
    expect(sorted(holdings())).toEqual(oneOfEach);
  }, 120_000);

  it("outbound/start-interaction makes one Conversation, one Interaction and one message of twenty clicks", async () => {
    const Token = centre.simulator.agent("ada").token();
    const url = `http://127.0.0.1:${centre.simulator.port}/outbound/start-interaction`;
    for (let first = 0; first < SEEDS; first += ABREAST) {
      const clicks = Array.from({ length: ABREAST }, (_, i) => {
        const fields = {
          Token,
          to: `+1555010${2000 + first + i}`,
          body: "Hello",
          idempotencyKey: `click-${1000 + first + i}`,
        };
        return Array.from({ length: AT_ONCE }, () => fetch(url, { method: "POST", body: new URLSearchParams(fields) }));
      });
      const answers = await Promise.all(clicks.flat());
      expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 202)).toEqual([]);
    }
    await centre.simulator.settled();
    expect(sorted(holdings())).toEqual(oneOfEach);
    const heard = centre.simulator.world().phones.all.filter(({ direction }) => direction === "in");
    expect(heard).toHaveLength(SEEDS);
  }, 120_000);
});
