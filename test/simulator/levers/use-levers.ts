import { SENDER, useSimulator } from "../use-simulator";

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** The levers as a script moves them, on an account whose SMS address makes Conversations and where Ada is at her desk. */
export function useLevers() {
  const sim = useSimulator();
  beforeEach(async () => {
    sim.simulator.agent("grace").setActivity("Offline");
    await sim.conversations.addressConfigurations.create({
      type: "sms",
      address: SENDER,
      "autoCreation.enabled": true,
    });
  });

  const url = (path: string) => `http://127.0.0.1:${sim.simulator.port}/simulator/${path}`;

  async function answerOf(response: Response): Promise<Answer> {
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  }

  return Object.assign(sim, {
    url,
    get: async (path: string) => answerOf(await fetch(url(path))),
    /** As JSON. */
    post: async (path: string, body: object = {}) =>
      answerOf(
        await fetch(url(path), {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
      ),
    /** As a form. */
    submit: async (path: string, body: Record<string, string> = {}) =>
      answerOf(await fetch(url(path), { method: "POST", body: new URLSearchParams(body) })),
    /** A chat that an agent is asked to take. */
    async offered() {
      const { conversationSid } = await sim.simulator.customerSends("+15550101234", "Hello");
      const { interactions, taskrouter } = sim.world;
      const { taskSid } = interactions.create({
        channel: { type: "sms", initiatedBy: "customer", mediaChannelSid: conversationSid },
        routing: { workspaceSid: taskrouter.workspace.sid },
      });
      await sim.simulator.settled();
      return { conversationSid, taskSid: String(taskSid) };
    },
  });
}
