import { sidFor } from "../../simulator/sids";
import { lookAt, offeredTo } from "./look";
import type { Stage, Story } from "./story";

/** A customer on a channel, who comes back once the agent has closed. */
interface Visit {
  customer: string;
  /** The first message: words, or a picture without any. */
  opens(stage: Stage): Promise<unknown>;
  /** What is particular to the channel, while the agent has the customer. */
  within?(stage: Stage): Promise<void>;
  /** The same, when all is over. */
  afterwards?(stage: Stage): Promise<void>;
}

/** First message, menu, agent, answer, close, return. */
async function visit(stage: Stage, { customer, opens, within, afterwards }: Visit): Promise<void> {
  const { simulator, promise } = stage;
  const look = () => lookAt(simulator, customer);
  await opens(stage);
  promise("the Flow asks which team", look().heard.at(-1)?.includes("What can we help you with?") ?? false);
  await simulator.customerSends(customer, "2");
  promise(
    "one Task waits for the support team",
    look().tasks.length === 1 && look().task?.attributes.team === "support",
  );
  const agent = simulator.agent(offeredTo(simulator) ?? "ada");
  agent.accept();
  await simulator.settled();
  agent.reply("Hi, how can I help?");
  await simulator.settled();
  promise("the agent's words reach the customer", look().heard.at(-1) === "Hi, how can I help?");
  await within?.(stage);
  await simulator.advance(30);
  agent.wrapUp();
  await simulator.settled();
  agent.complete();
  await simulator.settled();
  promise("the Conversation is closed", look().conversation?.state === "closed");
  await simulator.customerSends(customer, "Me again");
  promise(
    "who returns begins a new one, and is known",
    look().heard.some((body) => body.includes("Welcome back")),
  );
  await afterwards?.(stage);
}

const PICTURE = { contentType: "image/jpeg", filename: "lamp.jpg", content: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) };

/** A picture without words, from a customer's phone. */
async function sendPicture({ simulator }: Stage, from: string): Promise<void> {
  await simulator.world().phones.send({ from, media: [PICTURE] });
  await simulator.settled();
}

/** Asks as the Flex UI does; answers the status and what the error is called, if it is one. */
async function writeFirst({ simulator }: Stage, fields: Record<string, string>): Promise<string> {
  const url = `http://127.0.0.1:${simulator.port}/outbound/start-interaction`;
  const body = new URLSearchParams({ Token: simulator.agent("ada").token(), ...fields });
  const response = await fetch(url, { method: "POST", body });
  const answer = (await response.json()) as { error?: { code: string } };
  await simulator.settled();
  return answer.error?.code ?? String(response.status);
}

const mms: Story = {
  name: "mms",
  channel: "mms",
  about: "A picture without a word by MMS: thanked for, menu, agent, another picture, close, return.",
  play: (stage) =>
    visit(stage, {
      customer: "+15550101234",
      async opens() {
        await sendPicture(stage, "+15550101234");
        const { heard } = lookAt(stage.simulator, "+15550101234");
        stage.promise("the customer hears that the file is there", heard[0]?.includes("file") ?? false);
      },
      async within() {
        await sendPicture(stage, "+15550101234");
        const { conversation, tasks } = lookAt(stage.simulator, "+15550101234");
        stage.promise("the agent sees the picture", conversation?.messages.at(-1)?.media.length === 1);
        stage.promise("it makes no second Task", tasks.length === 1);
      },
    }),
};

const WHATSAPP = "whatsapp:+15550101234";

const whatsapp: Story = {
  name: "whatsapp",
  channel: "whatsapp",
  about: "WhatsApp: menu, agent, answer read, close, return; who has not written gets a template only.",
  play: (stage) =>
    visit(stage, {
      customer: WHATSAPP,
      opens: () => stage.simulator.customerSends(WHATSAPP, "Hello, my lamp is broken"),
      async within() {
        const { conversations } = stage.simulator.world();
        stage.promise("the customer reads it, and the receipt says so", conversations.receipts.read(WHATSAPP) > 0);
      },
      async afterwards() {
        const other = "whatsapp:+15550105678";
        const text = await writeFirst(stage, { to: other, body: "Your lamp is ready", idempotencyKey: "click-0001" });
        stage.promise("free text to who has not written is refused", text === "window_closed");
        const contentSid = sidFor("HX", "greeting");
        const contentVariables = JSON.stringify({ 1: "Ana", 2: "your lamp" });
        const fields = { to: other, contentSid, contentVariables, idempotencyKey: "click-0002" };
        stage.promise("a template is not", (await writeFirst(stage, fields)) === "200");
        const { heard } = lookAt(stage.simulator, other);
        stage.promise("and the customer reads it", heard.at(-1) === "Hello Ana, we are here to help with your lamp.");
      },
    }),
};

const MESSENGER = "messenger:4242424242";

const messenger: Story = {
  name: "messenger",
  channel: "messenger",
  about: "Facebook Messenger: menu, agent, answer, close, return; nobody can write to who has never written.",
  play: (stage) =>
    visit(stage, {
      customer: MESSENGER,
      opens: () => stage.simulator.customerSends(MESSENGER, "Hello, my lamp is broken"),
      async afterwards() {
        const fields = { to: "messenger:777", body: "Your lamp is ready", idempotencyKey: "click-0001" };
        stage.promise("writing to a stranger is refused", (await writeFirst(stage, fields)) === "never_wrote");
      },
    }),
};

export const channelStories: readonly Story[] = [mms, whatsapp, messenger];
