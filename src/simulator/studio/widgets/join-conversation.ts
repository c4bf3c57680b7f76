import { ApiError } from "../../server/api-error";
import type { Finished, WidgetRun } from "./widget";

interface Joined {
  conversationSid: string;
  /** Events its webhook listens to; none stands for added messages. */
  filters: readonly string[];
  closes: boolean;
}

/**
 * Makes a Conversation that of an Execution which REST has started and which has none yet; one Conversation has one
 * Execution. Unverified: the names of the outputs.
 */
export function joining(run: WidgetRun, event: "created" | "resumed", find: () => Joined): Finished {
  const { execution, world } = run;
  if (execution.startedBy !== "incomingRequest") {
    run.warn(81020, `${run.state.type} is for Flows triggered by the REST API`);
    return { event: "failed" };
  }
  try {
    if (execution.conversationSid) throw new ApiError(409, 20409, "the Execution has a Conversation already");
    const { conversationSid, filters, closes } = find();
    if (world.studio.activeIn(conversationSid))
      throw new ApiError(409, 20409, "another Execution has the Conversation");
    const hook = { target: "studio" as const, flowSid: execution.flowSid, filters: [...filters] };
    run.join(world.conversations.scopedWebhooks.add(conversationSid, hook), closes);
    const [participant] = world.conversations.participants(conversationSid);
    return { event, outputs: { ConversationSid: conversationSid, ParticipantSid: participant?.sid ?? null } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    run.note(`${run.state.type} failed: ${error.code} ${error.message}`);
    return { event: "failed" };
  }
}
