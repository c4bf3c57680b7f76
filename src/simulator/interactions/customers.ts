import type { MessageRow, ParticipantRow } from "../conversations/rows";
import type { World } from "../world";
import { identityOf } from "./join-agents";

/** Members are customers unless a Worker of the account writes under their identity. */
export function isCustomer(world: World, { identity, binding }: Pick<ParticipantRow, "identity" | "binding">): boolean {
  return binding !== null || (identity !== null && !isAgent(world, identity));
}

/** Whether a customer wrote it, be they a member still or not. */
export function isFromCustomer(world: World, { author, participantSid }: MessageRow): boolean {
  return participantSid !== null && !isAgent(world, author);
}

function isAgent(world: World, identity: string): boolean {
  return [...world.taskrouter.workers.keys()].some((sid) => identityOf(world, sid) === identity);
}
