import type { ConversationRow, MessageRow } from "../conversations/rows";
import { isCustomer, isFromCustomer } from "../interactions/customers";
import type { ChannelRow } from "../interactions/rows";
import type { DocumentRow } from "../sync/documents";
import type { TaskRow } from "../taskrouter/rows";
import type { World } from "../world";

/** One Conversation with all that the world says about who has its customer. */
export interface ConversationView {
  world: World;
  row: ConversationRow;
  /** Its interaction channels that are neither closed nor failed. */
  liveChannels: ChannelRow[];
  closedChannels: ChannelRow[];
  /** Tasks that are not over, oldest first, each with its channel. */
  openTasks: { task: TaskRow; channel: ChannelRow }[];
  /** What the customer wrote and somebody is to answer: not the words that Twilio answers by itself. */
  customerMessages: MessageRow[];
  /** Our own notes about it, which alone prove nothing. */
  document: DocumentRow | undefined;
}

/** Undefined when there is, and was, no customer in it. */
export function viewOf(world: World, row: ConversationRow): ConversationView | undefined {
  const messages = world.conversations.messages(row.sid);
  const isKeyword = ({ author, body }: MessageRow) => world.messaging.isKeyword({ from: author, body: body ?? "" });
  const customerMessages = messages.filter((message) => isFromCustomer(world, message) && !isKeyword(message));
  const members = world.conversations.participants(row.sid);
  if (customerMessages.length === 0 && !members.some((member) => isCustomer(world, member))) return undefined;
  const channels = world.interactions.channelsOf(row.sid);
  return {
    world,
    row,
    liveChannels: channels.filter(isLive),
    closedChannels: channels.filter(({ status }) => status === "closed"),
    openTasks: openTasks(world, channels),
    customerMessages,
    document: [...world.sync.documents.values()].find(({ uniqueName }) => uniqueName === `conversation.${row.sid}`),
  };
}

export function isLive({ status }: ChannelRow): boolean {
  return status !== "closed" && status !== "failed";
}

function openTasks(world: World, channels: readonly ChannelRow[]): ConversationView["openTasks"] {
  return channels.flatMap((channel) =>
    world.interactions.invitesOf(channel.sid).flatMap(({ taskSid }) => {
      const task = world.taskrouter.tasks.get(taskSid);
      return task && task.status !== "completed" && task.status !== "canceled" ? [{ task, channel }] : [];
    }),
  );
}
