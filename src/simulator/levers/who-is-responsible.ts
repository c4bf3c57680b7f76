import { webhookConfigurations } from "../conversations/store";
import { isLeft } from "../interactions/invites";
import { ANY_PLATFORM } from "../platforms/known";
import type { World } from "../world";
import { blockedVerdict } from "./blocked-sender";
import { closedVerdict } from "./closed-conversation";
import { type ConversationView, isLive, viewOf } from "./conversation-view";
import { doubleVerdict } from "./double-handling";

/** Who has a customer; the last three say that nobody does as they should. */
export type Who =
  | "agent"
  | "queue"
  /** Flex itself, which revives a channel that was left or paused. */
  | "flex"
  | "flow"
  /** A Flow that waits to be entered again, and whose silence ends by a timer that routes. */
  | "flow timer"
  | "routing"
  | "parked"
  /** A timer that will find out that nobody does. */
  | "watchdog"
  /** On the block list: nobody is to. */
  | "blocked"
  | "closing"
  | "closed"
  | "late message"
  | "double"
  | "nobody";

export interface Verdict {
  who: Who;
  /** Which Task, Execution, timer or Message says so. */
  detail: string;
}

export interface Responsibility extends Verdict {
  conversationSid: string;
}

/**
 * For each Conversation that has or had a customer: who has them now, as far as the world shows. Our own Sync Document
 * is believed only where the world holds what it speaks of.
 */
export function whoIsResponsible(world: World): Responsibility[] {
  return [...world.conversations.conversations.values()].flatMap((row) => {
    const view = viewOf(world, row);
    return view ? [{ conversationSid: row.sid, ...verdict(view) }] : [];
  });
}

/** The customers whom nobody has, who were lost as a channel closed, or who are handled twice. */
export function unattended(world: World): Responsibility[] {
  return whoIsResponsible(world).filter(({ who }) => who === "nobody" || who === "late message" || who === "double");
}

type Rule = (view: ConversationView) => Verdict | undefined;

/** The first that knows is right. */
const RULES: readonly Rule[] = [
  doubleVerdict,
  blockedVerdict,
  closedVerdict,
  atWork,
  left,
  flow,
  routing,
  parked,
  flowTimer,
  watchdog,
];

function verdict(view: ConversationView): Verdict {
  for (const rule of RULES) {
    const found = rule(view);
    if (found) return found;
  }
  const said = typeof view.document?.data.state === "string" ? view.document.data.state : "nothing";
  return { who: "nobody", detail: `no Task, Flow, claim or timer has the customer; the Document says ${said}` };
}

function atWork({ openTasks, world }: ConversationView): Verdict | undefined {
  const tasks = openTasks.filter(({ channel }) => isLive(channel)).map(({ task }) => task);
  const held = tasks.find(({ status }) => status === "assigned") ?? tasks.find(({ status }) => status === "wrapping");
  if (held) {
    const taken = world.taskrouter.reservationsOf(held.sid).findLast(({ acceptedAt }) => acceptedAt !== undefined);
    const name = taken && world.taskrouter.worker(taken.workerSid).friendlyName;
    return { who: "agent", detail: `${name ?? "an agent"}: Task ${held.sid} is ${held.status}` };
  }
  const [waiting] = tasks;
  return waiting && { who: "queue", detail: `Task ${waiting.sid} is ${waiting.status}` };
}

function left({ liveChannels, customerMessages, world }: ConversationView): Verdict | undefined {
  const channel = liveChannels.find(isLeft);
  if (!channel) return undefined;
  const { leftAt, sid, status } = channel;
  const wroteSince = leftAt !== null && customerMessages.some(({ createdAt }) => createdAt > leftAt);
  // Under custom routing Flex waits with the customer, but does not route what they write.
  if (wroteSince && !world.switches.flexRevivesLeftChannel) return undefined;
  return { who: "flex", detail: `channel ${sid} is ${status}` };
}

function flow({ row, world }: ConversationView): Verdict | undefined {
  const running = world.studio.activeIn(row.sid);
  if (!running) return undefined;
  const until = running.waitingUntil ? `waits until ${running.waitingUntil.toISOString()}` : "runs";
  return { who: "flow", detail: `Execution ${running.sid} ${until}` };
}

function routing({ document, world }: ConversationView): Verdict | undefined {
  const { state, until } = document?.data ?? {};
  if (state !== "routing" || typeof until !== "string" || !(new Date(until) > world.clock.now())) return undefined;
  return { who: "routing", detail: `claimed until ${until}` };
}

function parked({ document, row, world, customerMessages }: ConversationView): Verdict | undefined {
  if (document?.data.state !== "parked") return undefined;
  const hook = world.conversations
    .webhooks(row.sid)
    .find(
      ({ url, filters }) => filters.includes("onMessageAdded") && pathHere(world, url) === "/inbound/message-added",
    );
  // A Message since then should have un-parked it: its webhook has failed, and is not sent again.
  const wroteSince = customerMessages.some(({ createdAt }) => createdAt > document.updatedAt);
  return hook && !wroteSince ? { who: "parked", detail: `webhook ${hook.sid} hears the customer` } : undefined;
}

function flowTimer(view: ConversationView): Verdict | undefined {
  const attached = view.world.conversations
    .webhooks(view.row.sid)
    .find(({ target, flowSid }) => target === "studio" && flowSid !== null && view.world.studio.hasFlow(flowSid));
  const due = attached && routingTimer(view);
  return due && { who: "flow timer", detail: `Flow ${attached.flowSid} is attached, timer due ${due.toISOString()}` };
}

function watchdog(view: ConversationView): Verdict | undefined {
  const { state } = view.document?.data ?? {};
  const watched = state === undefined ? isOurs(view) : ["routing", "open", "parked"].includes(String(state));
  const due = watched ? routingTimer(view) : undefined;
  return due && { who: "watchdog", detail: `the Document says ${state ?? "nothing"}, timer due ${due.toISOString()}` };
}

const OUR_NAMES = new RegExp(`^((outbound|after)\\.|(${ANY_PLATFORM})_[\\w-]+\\.\\d+$)`);

/** Without a Document a Conversation is ours by the name we gave it, or by the hook that sends us its Messages. */
function isOurs({ row, world }: ConversationView): boolean {
  if (OUR_NAMES.test(row.uniqueName ?? "")) return true;
  return world.conversations.webhooks(row.sid).some(({ url }) => pathHere(world, url) === "/inbound/message-added");
}

/** When an armed inactive timer rings whose event a Function of ours hears. */
function routingTimer({ row, world }: ConversationView): Date | undefined {
  const isHeard = webhookConfigurations(world.conversations.store, row).some(
    ({ postWebhookUrl, filters }) =>
      filters.includes("onConversationStateUpdated") && pathHere(world, postWebhookUrl) !== undefined,
  );
  return isHeard && row.state === "active" ? row.timers.dateInactive : undefined;
}

/** The path of a URL of this account's Functions. */
function pathHere(world: World, url: string | null): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { host, pathname } = new URL(url);
  return host === world.account.functionsDomain ? pathname : undefined;
}
