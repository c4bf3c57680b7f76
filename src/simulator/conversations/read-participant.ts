import * as z from "zod/mini";
import { ApiError } from "../server/api-error";
import type { Params } from "../server/params";
import { bindingOf } from "./participants";
import type { NewParticipant } from "./rows";

type Described = Omit<NewParticipant, "source" | "webhooks">;

interface Addresses {
  address?: string;
  proxyAddress?: string;
  projectedAddress?: string;
}

/** A Participant as a form describes one. */
export function participantOfForm(form: Params): Described {
  const addresses = {
    address: form.get("MessagingBinding.Address"),
    proxyAddress: form.get("MessagingBinding.ProxyAddress"),
    projectedAddress: form.get("MessagingBinding.ProjectedAddress"),
  };
  return {
    identity: form.get("Identity"),
    ...readAddresses(addresses),
    attributes: form.get("Attributes"),
    roleSid: form.get("RoleSid"),
    createdAt: form.date("DateCreated"),
    updatedAt: form.date("DateUpdated"),
  };
}

const text = z.optional(z.string());
const participantJson = z.object({
  identity: text,
  attributes: text,
  role_sid: text,
  messaging_binding: z.optional(z.object({ address: text, proxy_address: text, projected_address: text })),
});

/** The same as a JSON text, as ConversationWithParticipants takes them; how Twilio refuses another text is unverified. */
export function participantOfJson(json: string): Described {
  const { identity, attributes, role_sid: roleSid, messaging_binding: binding } = parse(json);
  const { address, proxy_address: proxyAddress, projected_address: projectedAddress } = binding ?? {};
  return { identity, ...readAddresses({ address, proxyAddress, projectedAddress }), attributes, roleSid };
}

function parse(json: string): z.infer<typeof participantJson> {
  try {
    return participantJson.parse(JSON.parse(json));
  } catch {
    throw new ApiError(400, 20001, "Parameter Participant must hold the JSON of a Participant");
  }
}

/** 50411, 50412 and 50443: https://www.twilio.com/docs/api/errors/50411. Without a proxy a phone joins a group. */
function readAddresses({ address, proxyAddress, projectedAddress }: Addresses): Partial<Described> {
  if (address === "") throw new ApiError(400, 50411, "Participant address is empty");
  if (proxyAddress === "") throw new ApiError(400, 50412, "Participant proxy address is empty");
  if (projectedAddress !== undefined) {
    if (address !== undefined || proxyAddress !== undefined) {
      throw new ApiError(400, 50443, "A participant with a messaging binding has no projected address");
    }
    return { projectedAddress };
  }
  if (address !== undefined && proxyAddress === undefined && NORTH_AMERICAN.test(address)) {
    return { groupAddress: address };
  }
  if (address === undefined && proxyAddress === undefined) return {};
  return { binding: bindingOf(address ?? "", proxyAddress ?? "") };
}

/** Group MMS works between such numbers only: https://www.twilio.com/docs/conversations/group-texting */
const NORTH_AMERICAN = /^\+1\d{10}$/;
