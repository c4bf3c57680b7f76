import * as z from "zod/mini";
import type { Deadline } from "../../runtime/deadline";
import { readEnv, type Variables } from "../../runtime/env";
import { type ChannelConnector, type ChannelSetUp, SetUpError } from "../set-up";
import { type BotApi, callBotApi, written } from "./bot-api";
import { accountEnv, callerEnv, senderEnv } from "./settings";

/** Those of messages and subscriptions come unasked. */
const EVENTS = ["delivered", "seen", "failed"];

export const viberConnector: ChannelConnector = {
  secret: "VIBER_WEBHOOK_KEY",
  env: z.extend(callerEnv, senderEnv.shape),
  events: EVENTS,
  setUp: viberSetUp,
};

/** https://developers.viber.com/docs/api/rest-bot-api/#webhooks. Viber tries the URL before it answers. */
export function viberSetUp(variables: Variables, deadline: Deadline): ChannelSetUp {
  const api = { token: readEnv(accountEnv, variables).VIBER_AUTH_TOKEN, deadline };
  return {
    async connect(url, secret) {
      const keyed = new URL(url);
      keyed.searchParams.set("key", secret);
      // Without `send_name`, users have none.
      await ask(api, "set_webhook", { url: keyed.href, event_types: EVENTS, send_name: true, send_photo: false });
    },
    async status() {
      const { name, webhook, event_types: events } = readAccount(await ask(api, "get_account_info"));
      return { account: name, ...(webhook ? taken(webhook) : {}), events };
    },
    async disconnect() {
      await ask(api, "set_webhook", { url: "" });
    },
  };
}

/** Viber's words may repeat what it was asked. */
async function ask(api: BotApi, method: string, fields: Record<string, unknown> = {}): Promise<unknown> {
  const answer = await callBotApi(api, method, written(fields)).catch((cause: unknown) => {
    throw new SetUpError("viber", `${method} got no answer`, cause);
  });
  if (answer.status === 0 && answer.httpStatus === 200) return answer.fields;
  const problem = answer.message.replaceAll(api.token, "…").replace(/key=[\w-]+/g, "key=…") || "no words of Viber's";
  throw new SetUpError("viber", `${method} was refused (${answer.status ?? answer.httpStatus}): ${problem}`);
}

const accountSchema = z.object({
  name: z.string(),
  webhook: z.catch(z.optional(z.string()), undefined),
  event_types: z.catch(z.optional(z.array(z.string())), undefined),
});

function readAccount(fields: unknown): z.output<typeof accountSchema> {
  const parsed = accountSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new SetUpError("viber", "get_account_info answered what nobody understands");
}

/** The URL that was set, and the key that stands in it. */
function taken(webhook: string): { url: string; secret: string } {
  const [url = "", query] = webhook.split("?", 2);
  return { url, secret: new URLSearchParams(query).get("key") ?? "" };
}
