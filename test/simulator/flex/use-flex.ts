import type { useSimulator } from "../use-simulator";

type Sim = Pick<ReturnType<typeof useSimulator>, "simulator" | "twilio">;

/** Interaction webhooks, for which the SDK has no method of its own. */
export function useFlex(sim: Sim) {
  const webhooks = () =>
    `https://flex-api.twilio.com/v1/Instances/${sim.simulator.account.flexInstanceSid}/InteractionWebhooks`;
  return {
    webhooks,
    async register(fields: [string, string][]) {
      const headers = { "Content-Type": "application/x-www-form-urlencoded" };
      const data: Record<string, string | string[]> = {};
      for (const [name, value] of fields)
        data[name] = name === "WebhookEvents" ? [...(data[name] ?? []), value] : value;
      const { statusCode, body } = await sim.twilio.request({ method: "post", uri: webhooks(), headers, data });
      return { status: statusCode, body: body as Record<string, unknown> };
    },
  };
}
