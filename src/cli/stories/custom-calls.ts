import type { CustomChannel } from "../../channels/custom-identity";
import { insertParticipant } from "../../simulator/conversations/store";
import { type Calls, callsOf } from "../../simulator/levers/call-counts";
import type { Simulator } from "../../simulator/simulator";
import { offeredTo } from "./look";
import type { Stage, Story } from "./story";

/** As if each call of Twilio took so long: those made together do overlap then, and are counted once. */
const LATENCY_MS = 5;

/** How many closed Conversations each of three customers has behind them. */
const PASTS = [0, 100, 10_000];

/** The budgets hold whatever the customer's history. */
export const callStories: readonly Story[] = [
  story("telegram", (simulator, who) => simulator.world().platforms.telegram.user(4711 + who)),
  story("viber", (simulator, who) => simulator.world().platforms.viber.user(`0123456789${who}=`)),
];

interface User {
  identity: string;
  say(text: string): unknown;
}

function story(channel: CustomChannel, userOf: (simulator: Simulator, who: number) => User): Story {
  return {
    name: `${channel}-calls`,
    channel,
    about: "How many calls of Twilio a message takes, with 0, 100 and 10,000 Conversations behind the customer.",
    async play(stage) {
      const { simulator } = stage;
      const customers = PASTS.map((past, who) => ({ past, user: userOf(simulator, who) }));
      for (const { user, past } of customers) giveAPast(simulator, user.identity, past);
      simulator.log.clear();
      simulator.world().latency.set("*", LATENCY_MS);
      for (const { user, past } of customers) await count(stage, channel, user, past);
    },
  };
}

/** As many Conversations as a pointer tells of, all closed; put there at once, since nobody lived them. */
function giveAPast(simulator: Simulator, identity: string, n: number): void {
  if (n === 0) return;
  const { conversations, sync, newSid } = simulator.world();
  const rows = Array.from({ length: n }, (_, i) => conversations.create({ uniqueName: `${identity}.${i + 1}` }));
  const [first, ...others] = rows.map(({ sid }) => sid);
  const member = conversations.addParticipant(first ?? "", { identity, source: "API", webhooks: false });
  for (const conversationSid of others) {
    insertParticipant(conversations.store, { ...member, sid: newSid("MB"), conversationSid });
  }
  for (const { sid } of rows) conversations.setState(sid, "closed", "API", false);
  const { sid: conversation = "", serviceSid: service = "" } = rows.at(-1) ?? {};
  sync.createDocument({ uniqueName: `contact.${identity}`, data: { conversation, n, service, closed: true } });
}

async function count({ simulator, promise }: Stage, channel: CustomChannel, user: User, past: number): Promise<void> {
  const behind = `with ${past.toLocaleString("en")} Conversations behind them`;
  const inbound = `/inbound/${channel}`;
  const says = async (text: string) => {
    const [calls] = await during(simulator, inbound, () => user.say(text));
    return calls?.sequential;
  };
  const first = await says("Hello");
  promise(`${past > 0 ? "a return" : "a first contact"} ${behind} takes ${first} calls in a row (4)`, first === 4);
  const warm = await says("2");
  promise(`their next message takes ${warm} (1)`, warm === 1);
  const agent = simulator.agent(offeredTo(simulator) ?? "ada");
  agent.accept();
  await simulator.settled();
  await agent.reply("Hi");
  await simulator.settled();
  const [relay] = await during(simulator, "/relay/message-added", () => agent.reply("How can I help?"));
  promise(`the agent's answer takes ${relay?.before} before the customer has it (0)`, relay?.before === 0);
  promise(`and ${relay?.after} after (1)`, relay?.after === 1);
  // By then processes have forgotten them.
  await simulator.advance(660);
  const cold = await says("It is the green one");
  promise(`a message where nobody remembers them takes ${cold} (2)`, cold === 2);
  const live = simulator.world().conversations.conversation(`${user.identity}.${past + 1}`);
  promise("and their Conversation is the next in number", live.state === "active");
}

/** What each run of a Function asked of Twilio meanwhile, the first to end first; `before` and `after` they called the platform. */
async function during(simulator: Simulator, path: string, act: () => unknown) {
  const from = simulator.log.entries.length;
  await act();
  await simulator.settled();
  const entries = simulator.log.entries.slice(from);
  const invocations = entries.filter(({ kind, name }) => kind === "function" && name === path);
  return invocations.map(({ invocation = "" }): Calls & { before: number; after: number } => {
    const own = entries.filter((entry) => entry.invocation === invocation);
    const sentAt = own.find(({ kind }) => kind === "platform")?.span?.[0] ?? Number.POSITIVE_INFINITY;
    const before = own.filter(({ kind, span }) => kind === "rest" && (span?.[0] ?? 0) < sentAt).length;
    const calls = callsOf(entries, invocation);
    return { ...calls, before, after: calls.calls - before };
  });
}
