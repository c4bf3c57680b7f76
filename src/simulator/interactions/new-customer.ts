import { bindingOf } from "../conversations/participants";
import type { NewParticipant } from "../conversations/rows";
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

/** The customer as a member of a Conversation of the channel's medium; 45367, https://www.twilio.com/docs/api/errors/45367 */
export function customerOf(
  channelType: string,
  { address, proxyAddress, identity }: NewCustomer,
): Pick<NewParticipant, "identity" | "binding"> {
  const isChat = channelType === "web" || channelType === "chat";
  if (isChat) {
    if (!identity || address) throw new ApiError(400, 45367, `A member of a ${channelType} channel has an identity`);
    return { identity };
  }
  const binding = bindingOf(address ?? "", proxyAddress ?? "");
  if (binding.type !== channelType) {
    throw new ApiError(400, 45367, `The address is of type ${binding.type}, the channel of type ${channelType}`);
  }
  return { binding };
}
