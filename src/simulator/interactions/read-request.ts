import * as z from "zod/mini";
import { ApiError, missingParameter, unserved } from "../server/api-error";
import type { Params } from "../server/params";
import type { NewChannel, NewInteraction, RenewedInteraction } from "./create-interaction";
import type { NewMember } from "./members";
import type { NewCustomer } from "./new-customer";
import { parse, readRouting } from "./read-routing";
import { PARTICIPANT_TYPES } from "./rows";
import type { NewTransfer, TransferChanges } from "./transfers";

const who = z.looseObject({
  address: z.optional(z.string()),
  proxy_address: z.optional(z.string()),
  identity: z.optional(z.string()),
});

const channel = z.object({
  type: z.string(),
  initiated_by: z.string(),
  properties: z.optional(z.nullable(z.looseObject({ media_channel_sid: z.optional(z.string()) }))),
  participants: z.optional(z.array(who)),
});

const existingChannel = z.looseObject({ sid: z.string() });

const CHANNEL_TYPES = ["sms", "whatsapp", "web", "chat", "messenger"];
/** Media of which the simulator has none. */
const UNSERVED_TYPES = ["email", "gbm", "voice"];

/** Reads `Channel` and `Routing` of a create. */
export function readInteraction(form: Params): NewInteraction | RenewedInteraction {
  if (!form.has("Channel")) throw missingParameter("Channel");
  const json = form.json("Channel");
  const webhookTtid = form.get("WebhookTtid");
  const existing = existingChannel.safeParse(json);
  if (existing.success) {
    const routing = form.has("Routing") ? readRouting(form.json("Routing")) : undefined;
    return { channelSid: existing.data.sid, routing, webhookTtid };
  }
  return {
    channel: readChannel(json),
    routing: readRouting(form.json("Routing")),
    webhookTtid,
    contextSid: form.get("InteractionContextSid"),
  };
}

/** `initiated_by` in any case, since Twilio's own pages spell it both ways. */
function readChannel(json: unknown): NewChannel {
  const { type, initiated_by, properties, participants } = parse("Channel", channel, json);
  const initiatedBy = initiated_by.toLowerCase();
  if (initiatedBy !== "customer" && initiatedBy !== "api" && initiatedBy !== "agent") {
    throw new ApiError(400, 20001, "Channel.initiated_by must be customer, api or agent");
  }
  if (UNSERVED_TYPES.includes(type)) throw unserved(`Interactions of type ${type}`);
  if (!CHANNEL_TYPES.includes(type))
    throw new ApiError(400, 20001, `Channel.type must be one of ${CHANNEL_TYPES.join(", ")}`);
  const mediaChannelSid = properties?.media_channel_sid;
  return { type, initiatedBy, mediaChannelSid, participants: participants?.map(readCustomer) };
}

/** An identity holds no character that a URI reserves: https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions */
const RESERVED = /[!*'();:@&=+$,/?%#[\]]/;

function readCustomer({ address, proxy_address, identity }: z.output<typeof who>): NewCustomer {
  if (identity && RESERVED.test(identity)) {
    throw new ApiError(400, 20001, "An identity must not hold characters that are reserved in URIs");
  }
  return { address, proxyAddress: proxy_address, identity };
}

const memberType = z.enum(PARTICIPANT_TYPES);

/** `RoutingProperties` are for agents, who join by Invites. */
export function readMember(form: Params): NewMember {
  const type = parse("Type", memberType, form.require("Type"));
  return { type, ...readCustomer(parse("MediaProperties", who, form.json("MediaProperties"))) };
}

const transfer = z.object({
  type: z.enum(["warm", "cold", "external"]),
  from: z.string(),
  to: z.string(),
  noteSid: z.optional(z.string()),
  summarySid: z.optional(z.string()),
});

/** As https://www.npmjs.com/package/@twilio/flex-sdk sends it; Twilio's document leaves the body open. */
export const readTransfer = (json: unknown): NewTransfer => parse("The body", transfer, json);

const transferChanges = z.strictObject({
  status: z.optional(z.enum(["active", "failed", "completed"])),
  noteSid: z.optional(z.string()),
  summarySid: z.optional(z.string()),
});

/** What can be changed is unverified: the keys of the answer that are nobody else's. */
export const readTransferChanges = (json: unknown): TransferChanges => parse("The body", transferChanges, json);
