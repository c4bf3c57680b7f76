import { useContactCentre } from "../support/contact-centre";
import { AT_ONCE, type Customer, crowdIn, oneOfEach } from "./crowd";

/** SEEDS=50 plays more of them. Each Function, asked twenty times at once for the same thing, in four processes, on a Twilio that takes its time. */
const SEEDS = Number(process.env.SEEDS ?? 5);
/** How many seeds run side by side; each is a customer of its own. */
const ABREAST = 5;

const centre = useContactCentre({
  processes: 4,
  limits: { concurrent: 1_000, answerMs: 30_000 },
  // Two hundred calls at one moment are more than any account may make.
  switches: { rateLimits: false },
});

const { newCustomer, twenty, holdings } = crowdIn(centre, SEEDS);

async function forEverySeed(play: (customer: Customer, seed: number) => Promise<void>) {
  for (let first = 0; first < SEEDS; first += ABREAST) {
    const seeds = Array.from({ length: ABREAST }, (_, i) => first + i);
    await Promise.all(seeds.map((seed) => play(newCustomer(seed), seed)));
  }
  await centre.simulator.settled();
}

async function allTaken(path: string, fields: (i: number) => Record<string, string>) {
  expect(await twenty(path, fields)).toEqual([]);
}

describe(`${AT_ONCE} calls at once, ${SEEDS} seeds, four processes, 20 to 200 ms a call`, () => {
  it("flex/send-to-flex makes one Interaction", async () => {
    await forEverySeed(({ conversationSid, address }) =>
      allTaken("/flex/send-to-flex", () => ({ conversationSid, author: address })),
    );
    expect(holdings()).toEqual(oneOfEach(SEEDS));
  }, 120_000);

  it("inbound/message-added makes one Interaction of a first message delivered twenty times", async () => {
    await forEverySeed(({ conversationSid, address }) =>
      allTaken("/inbound/message-added", () => ({
        EventType: "onMessageAdded",
        ConversationSid: conversationSid,
        Author: address,
        Index: "0",
      })),
    );
    expect(holdings()).toEqual(oneOfEach(SEEDS));
  }, 120_000);

  it("inbound/message-added makes one Interaction of twenty messages", async () => {
    await forEverySeed(({ conversationSid, address }) =>
      allTaken("/inbound/message-added", (i) => ({
        EventType: "onMessageAdded",
        ConversationSid: conversationSid,
        Author: address,
        Index: String(i),
      })),
    );
    expect(holdings()).toEqual(oneOfEach(SEEDS));
  }, 120_000);

  it("studio/customer-context leaves one Document and one hook of ours", async () => {
    centre.leavesUnattended("the Executions that call here are made up: no Flow has these customers");
    await forEverySeed(({ conversationSid, address }, seed) =>
      allTaken("/studio/customer-context", () => ({
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
      await allTaken("/hooks/task-events", () => ({ EventType: "task.canceled", ...fields }));
    });
    expect(holdings()).toEqual(oneOfEach(SEEDS));
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
      await allTaken("/hooks/conversation-events", () => ({
        EventType: "onConversationStateUpdated",
        ConversationSid: conversationSid,
        StateTo: "closed",
        Reason: "API",
      }));
    });
    expect(holdings()).toEqual(oneOfEach(SEEDS));
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
      await allTaken("/hooks/conversation-events", () => ({
        EventType: "onConversationStateUpdated",
        ConversationSid: conversationSid,
        StateTo: "inactive",
        Reason: "TIMER",
      }));
    });
    expect(holdings()).toEqual(oneOfEach(SEEDS));
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
    expect(holdings()).toEqual(oneOfEach(SEEDS));
    const heard = centre.simulator.world().phones.all.filter(({ direction }) => direction === "in");
    expect(heard).toHaveLength(SEEDS);
  }, 120_000);
});
