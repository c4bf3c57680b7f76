import type { MessageRow } from "../conversations/rows";
import type { World } from "../world";
import type { ConversationView } from "./conversation-view";
import type { Verdict } from "./who-is-responsible";

/** What a customer writes as the channel closes may be read by nobody: from so long before the close on. */
const LATE_FROM_MS = 3_000;

/** A Conversation that is closed, or that Flex will close once its agent has wrapped up. */
export function closedVerdict(view: ConversationView): Verdict | undefined {
  const { row, openTasks, liveChannels, closedChannels, world } = view;
  const isClosed = row.state === "closed";
  const isDoomed = liveChannels.length === 0 && openTasks.some(({ channel }) => channel.status === "closed");
  if (!isClosed && !isDoomed) return undefined;
  if (isClosed && !reachedAnAgent(view)) return withoutAgent(view);
  const closing = Math.max(...closedChannels.map(({ closedAt }) => Number(closedAt)));
  const closingAt = closing > 0 ? closing : row.updatedAt.getTime();
  const late = afterNotice(world, row.sid, view.customerMessages).filter(
    ({ createdAt }) => createdAt.getTime() >= closingAt - LATE_FROM_MS,
  );
  const lost = withoutCopied(world, row.sid, late);
  if (lost.length > 0) {
    const which = lost.map(({ index }) => `#${index}`).join(", ");
    return { who: "late message", detail: `${which} came as the channel closed, and no successor has it` };
  }
  if (isClosed) return { who: "closed", detail: late.length > 0 ? "late messages went to a successor" : "closed" };
  return { who: "closing", detail: "the agent wraps up, then Flex closes the Conversation" };
}

/** Whoever never saw an agent is to be told before the door closes. */
function withoutAgent({ world, row, customerMessages }: ConversationView): Verdict {
  const messages = world.conversations.messages(row.sid);
  const last = messages.at(-1);
  const unanswered = last && customerMessages.includes(last) && withoutCopied(world, row.sid, [last]).length > 0;
  if (!unanswered || messages.some(isNotice)) return { who: "closed", detail: "closed with notice, without an agent" };
  return { who: "nobody", detail: `closed on the customer's #${last.index} without an agent and without a notice` };
}

/** Those that no word on how things stand has followed: a guest who ends their chat gets one, and waits for nobody. */
function afterNotice({ conversations }: World, conversationSid: string, messages: readonly MessageRow[]) {
  const told = conversations.messages(conversationSid).findLast(isNotice)?.index ?? -1;
  return messages.filter(({ index }) => index > told);
}

/** A Message that tells the customer how things stand carries `notice` in its attributes. */
function isNotice({ attributes }: MessageRow): boolean {
  return Boolean(parse(attributes).notice);
}

/** Tasks are deleted after a while; who was in the channel is not forgotten. */
function reachedAnAgent({ world, row }: ConversationView): boolean {
  const { channelsOf, participantsOf } = world.interactions;
  return channelsOf(row.sid).some(({ sid }) => participantsOf(sid).some(({ type }) => type === "agent"));
}

/** Those of the Messages that no successor holds, each copy counting once; for one without words anything may stand. */
function withoutCopied(world: World, conversationSid: string, messages: readonly MessageRow[]): MessageRow[] {
  const copies = successorsOf(world, conversationSid).flatMap((sid) => world.conversations.messages(sid));
  return messages.filter(({ author, body }) => {
    const at = copies.findIndex((copy) => copy.author === author && (!body || copy.body === body));
    if (at >= 0) copies.splice(at, 1);
    return at < 0;
  });
}

function successorsOf({ conversations, sync }: World, conversationSid: string): string[] {
  const named = [...conversations.conversations.values()].filter(
    ({ uniqueName, attributes }) =>
      uniqueName === `after.${conversationSid}` || parse(attributes).previousConversationSid === conversationSid,
  );
  const noted = [...sync.documents.values()].filter(({ data }) => data.previous === conversationSid);
  const notedSids = noted.map(({ uniqueName }) => String(uniqueName).replace(/^conversation\./, ""));
  return [...new Set([...named.map(({ sid }) => sid), ...notedSids])];
}

function parse(attributes: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(attributes) as object) };
  } catch {
    return {};
  }
}
