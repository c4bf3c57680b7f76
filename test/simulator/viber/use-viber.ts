import { createHmac } from "node:crypto";
import { account } from "../../../src/simulator/seeds";
import type { SimulatorOptions } from "../../../src/simulator/simulator";
import { type Call, useWebhook } from "../platforms/use-webhook";
import { useSimulator } from "../use-simulator";

const { token } = account.viberBot;

/** With each of the characters that base64 has besides letters and digits. */
export const USER = "3SQNc4FPUQmysaM/AQ+hXg==";
export const IDENTITY = `viber_${Buffer.from(USER).toString("base64url")}`;
export const TEXT = { receiver: USER, sender: { name: "Shop" }, type: "text", text: "Hello" };

/** A simulator whose API is called as any bot calls Viber, and a webhook to bring events to. */
export function useViber(options: SimulatorOptions = {}) {
  const sim = useSimulator(options);
  const hook = useWebhook();
  async function post(method: string, body: string, headers: Record<string, string> = { "x-viber-auth-token": token }) {
    const answer = await fetch(`https://chatapi.viber.com/pa/${method}`, { method: "POST", body, headers });
    return { http: answer.status, text: await answer.text() };
  }
  /** What a method answers besides HTTP's 200. */
  async function call(method: string, fields: object = {}) {
    const { http, text } = await post(method, JSON.stringify(fields));
    expect(http).toBe(200);
    return JSON.parse(text) as Record<string, unknown>;
  }
  return {
    ...{ sim, hook, post, call },
    user: (id = USER) => sim.world.platforms.viber.user(id),
    settled: () => sim.simulator.settled(),
    /** Sets the webhook, and forgets that it was asked for its consent. */
    async listen(eventTypes?: string[]) {
      const answer = await call("set_webhook", { url: hook.url("/viber?key=k"), event_types: eventTypes });
      expect(answer).toMatchObject({ status: 0 });
      hook.calls.splice(0);
    },
    send: (fields: object) => call("send_message", fields),
    bodies: () => hook.calls.map(({ body }) => body.toString()),
    /** The events that came, in no promised order. */
    kinds: () => hook.events().map(({ event }) => event),
    phone: () => sim.world.phones.messages(IDENTITY),
  };
}

export function isSigned({ body, headers, url }: Call): boolean {
  const expected = createHmac("sha256", token).update(body).digest("hex");
  return headers["x-viber-content-signature"] === expected && url.searchParams.get("sig") === expected;
}
