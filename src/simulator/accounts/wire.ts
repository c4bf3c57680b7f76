import type { Account } from "../seeds";
import { rfc2822 } from "../server/rfc-2822";
import type { ApiKeyRow } from "./rows";

export function renderAccount({ sid, authToken }: Account, since: Date) {
  const uri = `/2010-04-01/Accounts/${sid}`;
  return {
    sid,
    owner_account_sid: sid,
    auth_token: authToken,
    friendly_name: "Flex Conversations",
    status: "active",
    type: "Full",
    date_created: rfc2822(since),
    date_updated: rfc2822(since),
    subresource_uris: {
      incoming_phone_numbers: `${uri}/IncomingPhoneNumbers.json`,
      keys: `${uri}/Keys.json`,
      messages: `${uri}/Messages.json`,
    },
    uri: `${uri}.json`,
  };
}

export function renderKey({ sid, friendlyName, createdAt, updatedAt }: ApiKeyRow) {
  return {
    sid,
    friendly_name: friendlyName,
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(updatedAt),
  };
}
