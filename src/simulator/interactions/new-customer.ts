import { bindingOf } from "../conversations/participants";
import type { NewParticipant, ParticipantRow } from "../conversations/rows";
import { ApiError } from "../server/api-error";

/** A customer as a request names them: by identity, or by address and our sender. */
export interface NewCustomer {
  address?: string;
  proxyAddress?: string;
  identity?: string;
}

/** 45361, https://www.twilio.com/docs/api/errors/45361: Conversations does not take them. */
export function cannotAdd({ message }: ApiError): ApiError {
  return new ApiError(400, 45361, `Failed to add Participant: ${message}`);
}

const isChat = (channelType: string) => channelType === "web" || channelType === "chat";

/** Whether somebody in a Conversation takes part by the channel's medium. */
export function isOfMedium(channelType: string, { binding }: Pick<ParticipantRow, "binding">): boolean {
  return isChat(channelType) ? binding === null : binding?.type === channelType;
}

/** The customer as a member of a Conversation of the channel's medium; 45367, https://www.twilio.com/docs/api/errors/45367 */
export function customerOf(
  channelType: string,
  { address, proxyAddress, identity }: NewCustomer,
): Pick<NewParticipant, "identity" | "binding"> {
  if (isChat(channelType)) {
    if (!identity || address) throw new ApiError(400, 45367, `A member of a ${channelType} channel has an identity`);
    return { identity };
  }
  const binding = bindingOf(address ?? "", proxyAddress ?? "");
  if (binding.type !== channelType) {
    throw new ApiError(400, 45367, `The address is of type ${binding.type}, the channel of type ${channelType}`);
  }
  return { binding };
}
