import { notFound, unserved } from "../server/api-error";
import type { ApiReply, ApiRequest, Routes } from "../server/routes";
import type { World } from "../world";

/** The host of every Flow's `webhook_url`. */
export const FLOW_WEBHOOK_HOST = "webhooks.twilio.com";

const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/**
 * Where a number sends what comes to it: https://www.twilio.com/docs/studio/widget-library/trigger-start. Studio answers
 * by REST, not by TwiML; whether it asks for the signature is unverified, and here it does not.
 */
export function flowWebhookRoutes(world: World): Routes {
  function take({ params: { account, flow = "" }, form }: ApiRequest): ApiReply {
    if (account !== world.account.sid || !world.studio.hasFlow(flow)) {
      throw notFound(`/v1/Accounts/${account}/Flows/${flow}`);
    }
    if (!form.has("MessageSid")) throw unserved("Flows on calls");
    world.studio.receive(flow, Object.fromEntries(form.entries()));
    return { status: 200, text: EMPTY_TWIML, headers: { "content-type": "text/xml" } };
  }
  return { "POST /v1/Accounts/:account/Flows/:flow": take, "GET /v1/Accounts/:account/Flows/:flow": take };
}
