import { suffer } from "../faults/suffer";
import type { World } from "../world";
import type { WebhookAnswer } from "./send-webhook";

/** One call of a Conversations webhook, with the tries it may take. */
export interface HookCall {
  event: string;
  url: string;
  method: string;
  params: Record<string, string>;
  retries: number;
  /** Whether `RetryCount` is sent with the first try too. */
  countsTries: boolean;
  conversationSid?: string;
}

/** Twilio tries again after a time-out and these: https://www.twilio.com/docs/chat/rest/service-resource; how soon is unverified. */
const TRY_AGAIN = [429, 503, 504];

export async function callHook(world: World, call: HookCall): Promise<WebhookAnswer> {
  for (let count = 0; ; count++) {
    const answer = await once(world, call, count);
    if (answer.failure === "timeout") tellOfTimeout(world, call);
    const failed = answer.failure === "timeout" || TRY_AGAIN.includes(answer.status);
    if (!failed || count >= call.retries) return answer;
  }
}

function once(world: World, call: HookCall, count: number): Promise<WebhookAnswer> {
  const about = call.conversationSid ? { conversationSid: call.conversationSid } : {};
  const deed = () =>
    world.sendWebhook({
      name: `Conversations ${call.event}`,
      url: call.url,
      method: call.method.toUpperCase() === "GET" ? "GET" : "POST",
      params: call.countsTries || count > 0 ? { ...call.params, RetryCount: String(count) } : call.params,
      timeoutMs: world.webhookSettings.timeoutMs,
      about,
    });
  const none: WebhookAnswer = { status: 0, headers: {}, body: "", failure: "refused" };
  const fault = world.faults.meet(`webhook ${call.event}`, about);
  return suffer<WebhookAnswer>(fault, deed, {
    refusal: ({ status, message }, headers) => ({ status, headers, body: message }),
    reset: () => none,
    malformed: (answer) => ({ ...answer, body: '{"status":' }),
    crash: () => none,
  });
}

/** https://www.twilio.com/docs/api/errors/50076 */
function tellOfTimeout({ log }: World, { event, url, conversationSid }: HookCall): void {
  log.add({
    kind: "warning",
    name: `50076: ${event} was not answered in time`,
    ...(conversationSid ? { conversationSid } : {}),
    data: { url },
  });
}
