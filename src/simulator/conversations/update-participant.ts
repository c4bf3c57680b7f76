import { ApiError } from "../server/api-error";
import type { Params } from "../server/params";
import type { World } from "../world";
import { refuseBinding } from "./participant-rules";
import { bindingOf } from "./participants";
import { LONGEST_PARTICIPANT_ATTRIBUTES, refuseAttributes } from "./refusals";
import type { ConversationRow, ParticipantRow } from "./rows";

type Change = Partial<ParticipantRow>;

/** What a REST update makes of a Participant: https://www.twilio.com/docs/conversations-classic/api/conversation-participant-resource */
export function changeOf(world: World, conversation: ConversationRow, row: ParticipantRow, form: Params): Change {
  const { store, roles } = world.conversations;
  refuseAttributes(form.get("Attributes"), LONGEST_PARTICIPANT_ATTRIBUTES);
  const roleSid = form.get("RoleSid");
  if (roleSid !== undefined) roles.require(conversation.serviceSid, "conversation", roleSid);
  // Only a projected address without an identity could get one, and none is added here.
  if (form.has("Identity")) throw new ApiError(400, 50444, "Failed to add an identity to a participant");
  const proxy = proxyChange(row, form.get("MessagingBinding.ProxyAddress"));
  if (proxy.binding) refuseBinding(world, store, proxy.binding);
  const projected = projectedChange(row, form.get("MessagingBinding.ProjectedAddress"));
  if (projected.projectedAddress && !world.senders.has(projected.projectedAddress)) {
    throw new ApiError(400, 50439, "The projected address is not one of this account's senders");
  }
  return {
    ...proxy,
    ...projected,
    attributes: form.get("Attributes") ?? row.attributes,
    roleSid: roleSid ?? row.roleSid,
    ...readHorizon(row, form),
    createdAt: form.date("DateCreated") ?? row.createdAt,
    updatedAt: form.date("DateUpdated") ?? world.clock.now(),
  };
}

/** How far somebody has read. That an index beyond the last Message is taken is unverified. */
export function readHorizon(row: ParticipantRow, form: Params) {
  const index = form.int("LastReadMessageIndex");
  // https://www.twilio.com/docs/api/errors/50421
  if (index !== undefined && index < 0) throw new ApiError(400, 50421, "Invalid last read message index format");
  return {
    lastReadMessageIndex: index ?? row.lastReadMessageIndex,
    lastReadTimestamp: form.date("LastReadTimestamp") ?? row.lastReadTimestamp,
  };
}

/** 50440 and 50441: https://www.twilio.com/docs/api/errors/50440. The text `null` removes an address. */
function proxyChange({ binding, groupAddress }: ParticipantRow, proxyAddress: string | undefined): Change {
  if (proxyAddress === undefined) return {};
  if (proxyAddress === "null") {
    if (binding?.type !== "sms") throw new ApiError(400, 50440, "Failed to remove the proxy address of a participant");
    return { binding: null, groupAddress: binding.address };
  }
  const address = binding?.address ?? groupAddress;
  if (!address) throw new ApiError(400, 50441, "Failed to add a proxy address to a participant");
  if (binding?.proxyAddress === proxyAddress) return {};
  return { binding: bindingOf(address, proxyAddress), groupAddress: null };
}

/** 50442 and 50443: https://www.twilio.com/docs/api/errors/50443 */
function projectedChange(row: ParticipantRow, projectedAddress: string | undefined): Change {
  if (projectedAddress === undefined) return {};
  if (projectedAddress === "null") {
    if (!row.projectedAddress) {
      throw new ApiError(400, 50442, "Failed to remove the projected address of a participant");
    }
    return { projectedAddress: null };
  }
  if (row.binding || row.groupAddress) {
    throw new ApiError(400, 50443, "Failed to add a projected address to a participant");
  }
  return { projectedAddress };
}
