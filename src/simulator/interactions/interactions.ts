import { ApiError } from "../server/api-error";
import type { TaskRow } from "../taskrouter/rows";
import type { World } from "../world";
import { endInteractions } from "./end-interactions";
import { joinAgents } from "./join-agents";
import { readMediaChannel } from "./media-channel";
import { resume, reviveLeftChannels } from "./revive-left-channels";
import type { ChannelParticipantRow, ChannelRow, InitiatedBy, InteractionRow, InviteRow } from "./rows";
import { setUpChannel } from "./set-up-channel";
import { taskAttributes } from "./task-attributes";
import { interactionsWire } from "./wire";

/** The `Channel` and `Routing` of a create request, read once. */
export interface NewInteraction {
  channel: {
    type: string;
    initiatedBy: InitiatedBy;
    mediaChannelSid?: string;
    participants?: NewCustomer[];
  };
  routing: NewRouting;
  webhookTtid?: string;
}

export interface NewCustomer {
  address?: string;
  proxyAddress?: string;
  identity?: string;
}

export interface NewRouting {
  workspaceSid?: string;
  workflowSid?: string;
  queueSid?: string;
  workerSid?: string;
  /** SID or unique name. */
  taskChannel?: string;
  priority?: number;
  timeout?: number;
  attributes?: Record<string, unknown>;
  /** A Worker who does not take it leaves it to the Workflow, as native transfers do. */
  onward?: boolean;
}

/** The rows of the Interactions API. */
export interface InteractionStore {
  interactions: Map<string, InteractionRow>;
  channels: Map<string, ChannelRow>;
  invites: Map<string, InviteRow>;
  participants: Map<string, ChannelParticipantRow>;
}

/** What other products ask of the Interactions API. */
export interface Interactions {
  readonly interactions: ReadonlyMap<string, InteractionRow>;
  readonly channels: ReadonlyMap<string, ChannelRow>;
  readonly invites: ReadonlyMap<string, InviteRow>;
  readonly participants: ReadonlyMap<string, ChannelParticipantRow>;
  interaction(sid: string): InteractionRow;
  channel(sid: string): ChannelRow;
  /** Accepts the request and sets the channel up in the background; refusals throw ApiError. */
  create(request: NewInteraction): InteractionRow;
  /** A new Task on a channel that exists. */
  invite(channelSid: string, routing: NewRouting): InviteRow;
  /** The create answer's wire form, which Send to Flex hands to its Flow. */
  render(interaction: InteractionRow): Record<string, unknown>;
  /** Ends or leaves a channel as `POST /Channels/{UO}` does. */
  updateChannel(channelSid: string, status: "closed" | "inactive", routingStatus?: "closed" | "wrapup"): void;
  /** Ends one member's part as `POST /Participants/{UT}` does. */
  updateParticipant(participantSid: string, status: "closed" | "wrapup"): void;
}

export function createInteractions(world: World): Interactions {
  const store: InteractionStore = {
    interactions: new Map(),
    channels: new Map(),
    invites: new Map(),
    participants: new Map(),
  };
  joinAgents(world, store);
  const endings = endInteractions(world, store);
  reviveLeftChannels(world, store, invite);

  function invite(channel: ChannelRow, routing: NewRouting): InviteRow {
    const sid = world.newSid("KG");
    const task: TaskRow = world.taskrouter.createTask({
      attributes: taskAttributes(channel, sid, routing.attributes ?? {}),
      workflowSid: routing.workflowSid,
      queueSid: routing.queueSid,
      taskChannel: routing.taskChannel,
      priority: routing.priority,
      timeout: routing.timeout,
      routingTarget: routing.workerSid,
      onward: routing.onward,
    });
    const row = {
      sid,
      interactionSid: channel.interactionSid,
      channelSid: channel.sid,
      taskSid: task.sid,
      routing,
    };
    store.invites.set(sid, row);
    return row;
  }

  return {
    ...store,
    interaction: (sid) => find(store.interactions, sid, "Interaction"),
    channel: (sid) => find(store.channels, sid, "Interaction channel"),
    create(request) {
      refuseRouting(world, request.routing);
      const conversationSid = readMediaChannel(world, store, request);
      const interaction: InteractionRow = {
        sid: world.newSid("KD"),
        channelSid: world.newSid("UO"),
        taskSid: null,
        webhookTtid: request.webhookTtid ?? null,
        contextSid: null,
        createdAt: world.clock.now(),
      };
      const channel: ChannelRow = {
        sid: interaction.channelSid,
        interactionSid: interaction.sid,
        type: request.channel.type,
        initiatedBy: request.channel.initiatedBy,
        conversationSid,
        status: "setup",
        errorCode: null,
        errorMessage: null,
        createdAt: interaction.createdAt,
        closedAt: null,
        leftAt: null,
      };
      store.interactions.set(interaction.sid, interaction);
      store.channels.set(channel.sid, channel);
      interaction.taskSid = invite(channel, request.routing).taskSid;
      world.log.add({
        kind: "interaction",
        name: "created",
        interactionSid: interaction.sid,
        taskSid: interaction.taskSid,
        conversationSid,
        data: { type: channel.type, initiatedBy: channel.initiatedBy },
      });
      const customers = request.channel.mediaChannelSid ? [] : (request.channel.participants ?? []);
      world.work.later(() => setUpChannel(world, store, channel, customers));
      return interaction;
    },
    invite(channelSid, routing) {
      const channel = find(store.channels, channelSid, "Interaction channel");
      if (["closed", "failed"].includes(channel.status)) {
        throw new ApiError(400, 45770, `The channel is ${channel.status}: it takes no Invite`);
      }
      refuseRouting(world, routing);
      const row = invite(channel, routing);
      if (channel.status === "inactive" || channel.status === "pause") resume(world, channel);
      return row;
    },
    render: (interaction) => interactionsWire(world, store).interaction(interaction),
    updateChannel: endings.updateChannel,
    updateParticipant: endings.updateParticipant,
  };
}

function find<Row>(rows: ReadonlyMap<string, Row>, sid: string, what: string): Row {
  const row = rows.get(sid);
  if (!row) throw new ApiError(404, 20404, `${what} not found`);
  return row;
}

function refuseRouting(world: World, routing: NewRouting): void {
  const { taskrouter } = world;
  if (routing.workspaceSid !== taskrouter.workspace.sid) {
    throw new ApiError(400, 20001, "Routing.properties.workspace_sid is missing or unknown");
  }
  if (routing.workflowSid && !taskrouter.workflows.has(routing.workflowSid)) {
    throw new ApiError(400, 20001, "Routing.properties.workflow_sid is unknown");
  }
  if (routing.queueSid && !taskrouter.queues.has(routing.queueSid)) {
    throw new ApiError(400, 20001, "Routing.properties.queue_sid is unknown");
  }
  if (routing.workerSid && !taskrouter.workers.has(routing.workerSid)) {
    throw new ApiError(400, 20001, "Routing.properties.worker_sid is unknown");
  }
  const { taskChannel } = routing;
  if (
    taskChannel &&
    ![...taskrouter.taskChannels.values()].some((row) => [row.sid, row.uniqueName].includes(taskChannel))
  ) {
    throw new ApiError(400, 20001, "Routing.properties.task_channel_sid or task_channel_unique_name is unknown");
  }
  const goesSomewhere = routing.workflowSid ?? routing.queueSid ?? routing.workerSid;
  if (!goesSomewhere && taskrouter.workflows.size > 1) {
    throw new ApiError(400, 20001, "Routing.properties.workflow_sid is needed: the workspace has more than one");
  }
}
