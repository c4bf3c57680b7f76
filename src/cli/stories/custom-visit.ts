import type { CustomChannel } from "../../channels/custom-identity";
import type { SentFile } from "../../simulator/conversations/inbound-media";
import { lookAt, offeredTo } from "./look";
import type { Stage, Story } from "./story";

/** A user of a platform that Twilio does not carry, and what differs there. */
interface Visitor {
  identity: string;
  name: string;
  /** Begins to talk to the bot. */
  begins(): void;
  says(text: string): void;
  sends(file: SentFile): void;
  /** Writes with marks, as the platform has them; answers how Flex's markdown shows the same. */
  marks(): string;
  /** How they see `Hi **Ana** and welcome`. */
  isBold(body: string, entities: readonly { type: string; offset: number; length: number }[]): boolean;
  blocks(): void;
  /** Lets us write again. */
  returns(): void;
  /** What is particular to the platform, while the agent has them. */
  within(look: () => ReturnType<typeof lookAt>): Promise<void>;
}

const bytes = (head: string, length: number) =>
  Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(Array.from({ length }, (_, i) => (i * 7) % 256))]);
const PICTURE = {
  contentType: "image/jpeg",
  filename: "lamp.jpg",
  content: bytes("\xff\xd8\xff\xe0\0\x10JFIF\0", 3_000),
};
const BILL = { contentType: "application/pdf", filename: "bill.pdf", content: bytes("%PDF-1.7\n", 5_000) };

/** First message, menu, a second try, agent, text and files both ways, a block, close, return. */
async function visit(stage: Stage, channel: CustomChannel, visitor: Visitor): Promise<void> {
  const { simulator, promise } = stage;
  const { identity, name } = visitor;
  const look = () => lookAt(simulator, identity);
  const asks = (ask: string) => look().heard.at(-1)?.startsWith(ask) ?? false;
  const act = async (deed: () => unknown) => {
    await deed();
    await simulator.settled();
  };
  const says = (text: string) => act(() => visitor.says(text));

  await act(visitor.begins);
  promise("the Flow greets and asks which team", look().heard.length === 2 && asks("What can we help you with?"));
  await says("hm?");
  promise("what the menu does not know is asked again", asks("Sorry, we did not get that."));
  promise("nobody is bothered while the Flow waits", look().tasks.length === 0);
  await says("2");
  promise(
    "one Task waits for the support team",
    look().tasks.length === 1 && look().task?.attributes.team === "support",
  );
  promise("it says where they are", look().task?.attributes.channel === channel);

  const agent = simulator.agent(offeredTo(simulator) ?? "ada");
  await act(() => agent.accept());
  await act(() => agent.reply(`Hi **${name}** and welcome`));
  const { body = "", entities = [] } = simulator.world().phones.messages(identity).at(-1) ?? {};
  promise("the agent's words reach the customer, in bold where they were", visitor.isBold(body, entities));
  const marked = visitor.marks();
  await simulator.settled();
  promise(
    "and the customer's words the agent, as they look there",
    look().conversation?.messages.at(-1)?.body === marked,
  );

  await act(() => visitor.sends(PICTURE));
  const [shown] = look().conversation?.messages.at(-1)?.media ?? [];
  const { media } = simulator.world();
  const row = shown && media.find(shown.sid);
  promise("a picture arrives byte for byte", row !== undefined && media.content(row).equals(PICTURE.content));
  await act(() => agent.reply("", undefined, [BILL]));
  const [received] = simulator.world().phones.messages(identity).at(-1)?.media ?? [];
  const sent = media.files.keep(BILL.content).sha256;
  promise("so does the agent's bill, under its name", received?.sha256 === sent && received.filename === BILL.filename);
  promise("it all makes no second Task", look().tasks.length === 1);
  await visitor.within(look);

  await act(visitor.blocks);
  await act(() => agent.reply("Are you there?"));
  promise("the agent is told that the customer has blocked us", look().task?.attributes.unreachable != null);
  await act(visitor.returns);
  await says("I am back");
  promise("and that they are back", look().task?.attributes.unreachable == null);

  await simulator.advance(30);
  await act(() => agent.wrapUp());
  await act(() => agent.complete());
  promise("the Conversation is closed", look().conversation?.state === "closed");
  await says("Me again");
  const [first, second] = look().conversations.map(({ uniqueName }) => uniqueName);
  promise("who returns begins their second one", first === `${identity}.1` && second === `${identity}.2`);
  promise(
    "and is known",
    look().heard.some((words) => words.startsWith("Welcome back")),
  );
}

export const telegram: Story = {
  name: "telegram",
  channel: "telegram",
  about: "Telegram: /start, menu, agent, text and files both ways, an edit, a block, close, return.",
  play(stage) {
    const { simulator } = stage;
    const user = simulator.world().platforms.telegram.user(4711);
    user.is({ firstName: "Ana", language: "en" });
    return visit(stage, "telegram", {
      identity: user.identity,
      name: "Ana",
      begins: () => user.start(),
      says: (text) => user.say(text),
      sends: (file) => user.sendFile("photo", file),
      marks() {
        user.say("The green one", { entities: [{ type: "bold", offset: 4, length: 5 }] });
        return "The **green** one";
      },
      isBold: (body, [entity]) =>
        body === "Hi Ana and welcome" && entity?.type === "bold" && entity.offset === 3 && entity.length === 3,
      blocks: () => user.block(),
      returns: () => user.unblock(),
      async within(look) {
        const said = user.say("It is brocken");
        await simulator.settled();
        user.edit(said, "It is broken");
        await simulator.settled();
        const bodies = look().conversation?.messages.map(({ body }) => body);
        stage.promise("what they change is changed for the agent", bodies?.at(-1) === "It is broken");
      },
    });
  },
};

export const viber: Story = {
  name: "viber",
  channel: "viber",
  about: "Viber: menu, agent, text and files both ways, delivered and seen, a block, close, return.",
  play(stage) {
    const { simulator } = stage;
    const user = simulator.world().platforms.viber.user("01234567890A=");
    user.is({ name: "Ana" });
    return visit(stage, "viber", {
      identity: user.identity,
      name: "Ana",
      begins: () => user.say("Hello"),
      says: (text) => user.say(text),
      sends: (file) => user.sendPicture(file),
      marks() {
        user.say("The *green* one");
        return "The \\*green\\* one";
      },
      isBold: (body) => body === "Hi *Ana* and welcome",
      blocks: () => user.unsubscribe(),
      returns: () => user.subscribe(),
      async within(look) {
        const delivery = () => {
          const attributes = look().conversation?.messages.at(-1)?.attributes ?? "{}";
          return (JSON.parse(attributes) as { delivery?: { status: string } }).delivery?.status;
        };
        stage.promise("the bill is delivered, and the Message says so", delivery() === "delivered");
        user.see();
        await simulator.settled();
        stage.promise("the customer looks at it, and the Message says so", delivery() === "read");
      },
    });
  },
};
