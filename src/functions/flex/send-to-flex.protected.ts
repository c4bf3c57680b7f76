import * as z from "zod/mini";
import { channelOfAddress } from "../../channels/addresses";
import { awaitRouted, routeToFlex } from "../../conversation/route-to-flex";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { InvalidInputError } from "../../runtime/errors";
import { flexEnv } from "../../runtime/flex-env";
import { newRequestId } from "../../runtime/log";
import { blankAsUndefined, jsonObject, text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";

/** Longest life of a Task, 14 days: https://www.twilio.com/docs/taskrouter/api/task */
const LONGEST_TIMEOUT = 1_209_600;

/** `over`: on a Conversation that has closed nothing is routed any more. A Flow is done with a `blocked` sender. */
const STATUS = { routed: 200, open: 200, pending: 202, over: 409, blocked: 200 };

/** Gives a Conversation to Flex where the Send to Flex widget does not: recovery of a Flow, and other programs that sign. */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: flexEnv,
  input: z.object({
    conversationSid: sid("CH"),
    author: text(256).check(z.minLength(1)),
    executionSid: blankAsUndefined(sid("FN")),
    attributes: blankAsUndefined(jsonObject(4096)),
    priority: blankAsUndefined(z.coerce.number().check(z.int(), z.gte(0), z.maximum(2 ** 31 - 1))),
    timeout: blankAsUndefined(z.coerce.number().check(z.int(), z.positive(), z.maximum(LONGEST_TIMEOUT))),
  }),
  within: 8_000,
  async run({ conversationSid, author, executionSid, attributes = {}, priority, timeout }, services) {
    if (!channelOfAddress(author))
      throw new InvalidInputError("author", "must be a customer's address, such as +15550101234");
    const owner = executionSid ?? newRequestId();
    const routing = { address: author, attributes, priority, timeout };
    let result = await routeToFlex(services, { conversationSid, routing, owner });
    if (result.status === "pending") result = await awaitRouted(services, conversationSid);
    const { status, interactionSid = "", channelSid = "", taskSid = "" } = result;
    return { status: STATUS[status], body: { status, interactionSid, channelSid, taskSid } };
  },
});
