import type { useContactCentre } from "../support/contact-centre";
import { form } from "../support/web-chat";
import type { FaultStory } from "./stories";

type Centre = ReturnType<typeof useContactCentre>;

const TRIES = 4;
/** Longer than a call that died is waited for. */
const PAUSE_SECONDS = 20;
const KEY = "drawn-by-the-page-00001";

/** A page asks until it gets an answer, or has asked often enough. */
async function ask(centre: Centre, path: string, fields: Record<string, string>): Promise<Record<string, unknown>> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const url = `http://127.0.0.1:${centre.simulator.port}/webchat/${path}`;
    const response = await fetch(url, { method: "POST", body: new URLSearchParams(fields) }).catch(() => undefined);
    await centre.simulator.settled();
    if (response?.status === 200) return (await response.json()) as Record<string, unknown>;
    await centre.simulator.advance(PAUSE_SECONDS);
  }
  return {};
}

const start = async (centre: Centre, more: Record<string, string> = {}) => {
  await ask(centre, "start", { startKey: KEY, ...form, ...more });
};

const end = async (centre: Centre) => {
  const { session } = await ask(centre, "start", { startKey: KEY, ...form });
  await ask(centre, "end", { session: String(session) });
};

/** One chat was made, and says the guest's words once. */
function notOneChat(centre: Centre): string[] {
  const { conversations } = centre.state();
  const said = conversations.flatMap(({ messages }) => messages).filter(({ body }) => body === form.query);
  return conversations.length === 1 && said.length === 1
    ? []
    : [`${conversations.length} chats, with the guest's words ${said.length} times`];
}

/** Nobody works, or is to work, for a guest who has gone. */
function stillAtWork(centre: Centre): string[] {
  const { conversations, executions } = centre.state();
  const open = centre.tasks().filter(({ status }) => status !== "completed" && status !== "canceled");
  return [
    ...open.map(({ sid }) => `Task ${sid} is open`),
    ...executions.filter(({ status }) => status === "active").map(({ sid }) => `Execution ${sid} goes on`),
    ...conversations.filter(({ state }) => state !== "closed").map(({ sid }) => `${sid} is not closed`),
  ];
}

export const webChatStories: readonly FaultStory[] = [
  { name: "web chat", play: start, again: start, wrongs: notOneChat },
  { name: "end of a web chat in its Flow", begin: start, play: end, again: end, wrongs: stillAtWork },
  {
    name: "end of a web chat in a queue",
    begin: (centre) => start(centre, { topic: "support" }),
    play: end,
    again: end,
    wrongs: stillAtWork,
  },
];
