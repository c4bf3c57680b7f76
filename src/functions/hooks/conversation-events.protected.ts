import * as z from "zod/mini";
import { followDelivery } from "../../conversation/follow-delivery";
import { conversationClosed, watchOver } from "../../conversation/watch-over";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { flexEnv } from "../../runtime/flex-env";
import { blankAsUndefined, text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";
import { DELIVERY_STATUSES } from "../../twilio/deliveries";

const delivery = z.object({ messageSid: sid("IM"), status: z.enum(DELIVERY_STATUSES) });

/**
 * Post-event webhook of the Flex Chat Service. Fields of its two events:
 * https://www.twilio.com/docs/conversations-classic/conversations-webhooks#onconversationstateupdated and #ondeliveryupdated,
 * whose status is called `DeliveryStatus` elsewhere.
 */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: flexEnv,
  input: z.object({
    EventType: text(64),
    ConversationSid: z.optional(sid("CH")),
    StateTo: z.optional(text(32)),
    Reason: z.optional(text(32)),
    MessageSid: z.optional(sid("IM")),
    Status: z.optional(text(32)),
    DeliveryStatus: z.optional(text(32)),
    ErrorCode: blankAsUndefined(z.coerce.number().check(z.int(), z.gte(0))),
    DateUpdated: z.optional(text(64)),
  }),
  within: 8_000,
  async run({ EventType, ConversationSid: conversationSid, StateTo, Reason, ...receipt }, services) {
    if (!conversationSid) return { status: "ignored" };
    if (EventType === "onDeliveryUpdated") {
      const { MessageSid: messageSid, Status, DeliveryStatus, ErrorCode: errorCode = 0, DateUpdated = "" } = receipt;
      const found = delivery.safeParse({ messageSid, status: Status || DeliveryStatus });
      if (!found.success) return { status: "ignored" };
      const at = Number.isNaN(Date.parse(DateUpdated)) ? services.now() : new Date(DateUpdated);
      return { status: await followDelivery(services, { conversationSid, ...found.data, errorCode, at }) };
    }
    if (EventType !== "onConversationStateUpdated") return { status: "ignored" };
    if (StateTo === "closed") {
      await conversationClosed(services, conversationSid, services.now());
      return { status: "closed" };
    }
    if (StateTo !== "inactive" || Reason !== "TIMER") return { status: "ignored" };
    await watchOver(services, conversationSid);
    return { status: "watched" };
  },
});
