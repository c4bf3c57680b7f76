import * as z from "zod/mini";
import { twilioChannelOf } from "../../channels/addresses";
import { customerOf } from "../../channels/custom-identity";
import { startCustomOutbound } from "../../conversation/custom/start-custom-outbound";
import { type OutboundChannel, partsOf, segmentsIn } from "../../conversation/outbound-message";
import { type Outbound, startOutbound } from "../../conversation/start-outbound";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { ConflictError, InvalidInputError } from "../../runtime/errors";
import { flexEnv } from "../../runtime/flex-env";
import type { Reply } from "../../runtime/reply";
import { blankAsUndefined, jsonObject, text } from "../../runtime/request";
import { senderEnv } from "../../runtime/sender-env";
import { flexToken } from "../../twilio/flex-token";
import type { MessageContent } from "../../twilio/messages";

/** An agent's longest text: a handful of Messages, all posted within one call. */
const LONGEST_TEXT = 8_000;

/** By the name of the place: https://www.twilio.com/docs/content/using-variables-with-content-api */
const contentVariables = z.pipe(
  jsonObject(4_096),
  z.record(
    z.string().check(z.regex(/^\w{1,64}$/, "has a name of up to 64 letters and digits")),
    z.string("must hold texts").check(z.minLength(1, "must hold no empty text"), z.maxLength(1_024)),
  ),
);

const input = z.object({
  to: text(256),
  body: blankAsUndefined(text(LONGEST_TEXT)),
  contentSid: blankAsUndefined(sid("HX")),
  contentVariables: blankAsUndefined(contentVariables),
  idempotencyKey: z.string().check(z.regex(/^[\w-]{8,64}$/, "must be 8 to 64 letters, digits, - or _")),
});

const SENDERS = { sms: "SMS_SENDER", whatsapp: "WHATSAPP_SENDER", messenger: "MESSENGER_SENDER" } as const;

/**
 * An agent writes first. Sender and queue come from the service's variables and the agent from the token: the caller
 * chooses the customer and the words or template, nothing else.
 */
export const handler = defineFunction({
  caller: flexToken(["agent", "supervisor", "admin"]),
  browser: "flex",
  env: z.extend(z.extend(flexEnv, senderEnv.shape), { FLEX_OUTBOUND_QUEUE_SID: sid("WQ") }),
  input,
  within: 8_000,
  async run(message, services) {
    const { to, idempotencyKey } = message;
    if (customerOf(to)) {
      const outbound = await startCustomOutbound(services, { to, body: bodyOf(message), idempotencyKey });
      return replyWith(outbound, { delivery: outbound.delivery });
    }
    const channel = channelOf(to);
    const from = services.env[SENDERS[channel]];
    if (!from) throw new ConflictError("no_sender", `Nobody can write by ${channel}: ${SENDERS[channel]} is not set.`);
    if (to === from) throw new InvalidInputError("to", "is your own address");
    const parts = contentOf(channel, message);
    const outbound = await startOutbound(services, { from, to, parts, idempotencyKey });
    return replyWith(outbound, { segments: segmentsIn(to, outbound.messages) });
  },
});

/** What is undefined does not stand in it. */
function replyWith({ status, messages, ...made }: Outbound, more: Record<string, unknown>): Reply {
  const { conversationSid, interactionSid = "", channelSid = "", taskSid = "" } = made;
  const messageSids = messages.map((posted) => posted.sid);
  const sids = { conversationSid, interactionSid, channelSid, taskSid, messageSid: messageSids[0] ?? "", messageSids };
  const said = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  return { status: status === "pending" ? 202 : 200, body: { status, ...sids, ...said } };
}

function channelOf(to: string): OutboundChannel {
  const channel = twilioChannelOf(to);
  if (channel && channel !== "web") return channel;
  const examples = "+15550101234, whatsapp:+15550101234, messenger:4242424242 or telegram_42";
  throw new InvalidInputError("to", `must be a customer's address, such as ${examples}`);
}

/** Only Twilio's channels have templates. */
function bodyOf({ body, contentSid, contentVariables }: z.output<typeof input>): string {
  const template = contentSid ? "contentSid" : contentVariables ? "contentVariables" : undefined;
  if (template) throw new InvalidInputError(template, "is for Twilio's own channels; here any text may go, as body");
  if (!body?.trim()) throw new InvalidInputError("body", "is missing");
  return body;
}

function contentOf(
  channel: OutboundChannel,
  { body, contentSid, contentVariables }: z.output<typeof input>,
): MessageContent[] {
  if (contentVariables && !contentSid) throw new InvalidInputError("contentVariables", "needs a contentSid");
  if (contentSid) {
    if (body !== undefined) throw new InvalidInputError("body", "must be absent beside a contentSid");
    return [{ contentSid, ...(contentVariables ? { contentVariables } : {}) }];
  }
  const parts = partsOf(channel, body ?? "");
  if (parts.length === 0) throw new InvalidInputError("body", "is missing; send it or a contentSid");
  return parts;
}
