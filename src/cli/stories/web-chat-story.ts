import { requireGuest } from "../../simulator/levers/guests";
import { lookAt, offeredTo } from "./look";
import type { Stage, Story } from "./story";

/** What webchat/start and webchat/refresh-token answer. */
interface Pass extends Record<string, string> {
  session: string;
  identity: string;
  conversationSid: string;
}

/** Asks as a page does: a plain form. */
async function ask({ simulator }: Stage, path: string, fields: Record<string, string>) {
  const url = `http://127.0.0.1:${simulator.port}/webchat/${path}`;
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(fields) });
  await simulator.settled();
  return { status: response.status, body: (await response.json()) as Pass };
}

const KEY = "drawn-by-the-page-00001";
const FORM = { friendlyName: "Ana", query: "My lamp is broken", topic: "support" };

export const webChat: Story = {
  name: "web-chat",
  channel: "web-chat",
  about: "A guest of a website: a topic chosen before, an agent, a laptop that slept, the end, and a second chat.",
  async play(stage) {
    const { simulator, promise } = stage;
    const { body: guest } = await ask(stage, "start", { startKey: KEY, ...FORM });
    const { body: again } = await ask(stage, "start", { startKey: KEY, ...FORM });
    promise("a double click starts one chat", again.conversationSid === guest.conversationSid);
    const { conversations, task } = lookAt(simulator, guest.identity);
    promise("with one Conversation", conversations.length === 1);
    promise("no menu is asked, and the support team has the Task", task?.attributes.team === "support");
    const agent = simulator.agent(offeredTo(simulator) ?? "ada");
    agent.accept();
    await simulator.settled();
    await agent.reply("Hi Ana, which lamp is it?");
    await simulator.settled();
    const page = requireGuest(simulator.world(), guest.identity);
    promise("the agent's words reach the page", page.messages().at(-1)?.body === "Hi Ana, which lamp is it?");
    await simulator.advance(2 * 3_600);
    const { status, body: fresh } = await ask(stage, "refresh-token", { session: guest.session });
    promise("a laptop that slept gets a new token", status === 200 && fresh.token !== guest.token);
    await page.send({ body: "The green one. Never mind, it works" });
    await simulator.settled();
    await ask(stage, "end", { session: guest.session });
    promise("the guest ends the chat, and the agent wraps up", lookAt(simulator, "").task?.status === "wrapping");
    agent.complete();
    await simulator.settled();
    promise("the Conversation is closed", lookAt(simulator, "").conversation?.state === "closed");
    const over = await ask(stage, "transcript", { session: guest.session });
    promise("and its session opens nothing any more", over.status === 401);
    await ask(stage, "start", { ...FORM, startKey: `${KEY}-2`, previousSession: guest.session });
    const linked = lookAt(simulator, "").task?.attributes.previousConversationSid;
    promise("who comes back is linked to the chat before", linked === guest.conversationSid);
  },
};
