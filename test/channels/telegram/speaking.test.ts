import type { ChannelEvent, OutgoingFile } from "../../../src/channels/adapter";
import { render } from "../../../src/channels/rich-text/render";
import { splitMessage } from "../../../src/channels/rich-text/write-rendered";
import { telegramSetUp } from "../../../src/channels/telegram/set-up";
import { telegram } from "../../../src/channels/telegram/telegram";
import { deadlineIn } from "../../../src/runtime/deadline";
import { readRequest } from "../../../src/runtime/request";
import { account } from "../../../src/simulator/seeds";
import { useWebhook } from "../../simulator/platforms/use-webhook";
import { useTelegram } from "../../simulator/telegram/use-telegram";
import { realFile } from "../../support/real-files";

const bot = useTelegram();
const hook = useWebhook();
const SECRET = "tg-secret_0123456789abcdefghijklmnop";
const variables = { TELEGRAM_BOT_TOKEN: account.telegramBot.token };
const connection = () => telegram.connect(variables, deadlineIn(8000));
const setUp = () => telegramSetUp(variables, deadlineIn(8000));
const onPhone = () => bot.sim.world.phones.messages("telegram_4711").at(-1);

const outgoing = ({ content, contentType, filename }: ReturnType<typeof realFile>): OutgoingFile => ({
  ...{ contentType, filename, size: content.length },
  link: async () => `https://media.example.com/${filename}`,
  content: async () => new Uint8Array(content),
});

/** A picture of which only the size matters. */
function png(width: number, height: number) {
  const file = realFile("png");
  file.content.writeUInt32BE(width, 16);
  file.content.writeUInt32BE(height, 20);
  return file;
}

describe("what an agent says", () => {
  beforeEach(() => void bot.user().start());

  it("is shown with its looks, whatever stands in it, and answers its id", async () => {
    const [message] = splitMessage(
      render("telegram", "**Hello** _👋 <b>you</b>_, see [our page](https://example.com/?a=1&b=2) `x_y*z`"),
    );
    const id = await connection().send("4711", message ?? {});
    expect(onPhone()).toMatchObject({
      ...{ direction: "in", platformId: id, body: "Hello 👋 <b>you</b>, see our page x_y*z" },
      entities: [
        { type: "bold", offset: 0, length: 5 },
        { type: "italic", offset: 6, length: 13 },
        { type: "text_link", offset: 25, length: 8, url: "https://example.com/?a=1&b=2" },
        { type: "code", offset: 34, length: 5 },
      ],
    });
  });

  it("goes in parts that Telegram takes when it is long", async () => {
    const parts = splitMessage(render("telegram", `**${"word 👋 ".repeat(1500)}**`));
    for (const part of parts) await connection().send("4711", part);
    expect(parts.length).toBeGreaterThan(2);
    expect(bot.shown().filter((line) => line.startsWith("in "))).toHaveLength(parts.length);
  });

  it("does not reach whoever blocked the bot, left Telegram, or never wrote", async () => {
    bot.user().block();
    bot.user(5).start();
    bot.user(5).deactivate();
    for (const id of ["4711", "5", "99"]) {
      await expect(connection().send(id, { text: "hello" })).rejects.toMatchObject({ reason: "unreachable" });
    }
  });

  it("waits for whoever is written to too fast", async () => {
    bot.sim.world.platforms.telegram.pace(true);
    await connection().send("4711", { text: "one" });
    await expect(connection().send("4711", { text: "two" })).rejects.toMatchObject({
      ...{ reason: "rate_limited", more: { retryAfterSeconds: 1 } },
    });
  });
});

describe("a file of an agent's", () => {
  beforeEach(() => void bot.user().start());

  it.each([
    ["sendPhoto", png(1280, 960)],
    ["sendPhoto", realFile("jpeg")],
    ["sendVideo", realFile("mp4")],
    ["sendAudio", realFile("mp3")],
    ["sendVoice", realFile("ogg")],
    ["sendDocument", realFile("pdf")],
    ["sendDocument", realFile("gif")],
    ["sendDocument", realFile("heic")],
  ])("goes by %s: %#", async (method, file) => {
    bot.sim.simulator.log.clear();
    const caption = { text: "as asked", entities: [{ type: "bold", offset: 0, length: 2 }] };
    await connection().send("4711", { ...caption, file: outgoing(file) });
    expect(calls()).toEqual([`telegram ${method} 200`]);
    const shown = onPhone();
    expect(shown).toMatchObject({ body: "as asked", entities: caption.entities });
    expect(shown?.media).toMatchObject([{ contentType: file.contentType, size: file.content.length }]);
  });

  it("that is too wide for a photo goes as a document, with its name", async () => {
    bot.sim.simulator.log.clear();
    await connection().send("4711", { file: outgoing(png(9000, 100)) });
    expect(calls()).toEqual(["telegram sendPhoto 400", "telegram sendDocument 200"]);
    expect(onPhone()?.media).toMatchObject([{ contentType: "image/png", filename: "file.png" }]);
  });

  const calls = () =>
    bot.sim.simulator.log.entries
      .filter(({ kind, name }) => kind === "platform" && name.startsWith("telegram send"))
      .map(({ name, status }) => `${name} ${status}`);
});

describe("with the webhook set", () => {
  beforeEach(() => setUp().connect(hook.url(), SECRET));
  afterEach(() => setUp().disconnect());

  /** What the adapter makes of all that came, whose sender it has proven; in the order in which it happened. */
  async function told(): Promise<ChannelEvent[]> {
    await bot.sim.simulator.settled();
    const updates = hook.calls.map(({ headers, body }) => ({ headers, fields: JSON.parse(body.toString()) }));
    updates.sort((one, other) => one.fields.update_id - other.fields.update_id);
    const events = updates.map(({ headers, fields }) => {
      const request = readRequest({ request: { headers, cookies: {} }, ...fields });
      const caller = { request, env, variables: secrets, path: "/inbound/telegram", twilio: noTwilio };
      return telegram.parse(telegram.caller(caller));
    });
    return events.flat();
  }

  it("Telegram's view of it can be seen, and undone", async () => {
    expect(await setUp().status()).toEqual({
      ...{ account: `@${account.telegramBot.username}`, url: hook.url(), pending: 0 },
      events: ["message", "edited_message", "my_chat_member"],
    });
    await setUp().disconnect();
    expect(await setUp().status()).toMatchObject({ url: undefined });
  });

  it("a customer is told of from their first word until they leave", async () => {
    const ana = bot.user();
    ana.is({ firstName: "Ana", lastName: "Pérez", language: "es" });
    const said = ana.say("Hola *Ana*");
    ana.edit(said, "Hola");
    ana.sendLocation(37, -122.5);
    ana.sendOther({ dice: { emoji: "🎲", value: 4 } });
    ana.block();
    ana.unblock();
    const user = { id: "4711", name: "Ana Pérez", language: "es" };
    expect(await told()).toMatchObject([
      { kind: "message", user, id: String(said), text: "Hola \\*Ana\\*" },
      { kind: "edit", user, id: String(said), text: "Hola" },
      { kind: "message", user, text: "(Location) https://www.google.com/maps/search/?api=1&query=37,-122.5" },
      { kind: "message", user, text: "(Dice: 🎲 4)" },
      { kind: "reach", user, reachable: false },
      { kind: "reach", user, reachable: true },
    ]);
  });

  it("a customer's files are had byte for byte, with the names they have", async () => {
    const files = [realFile("pdf", 70_000), realFile("jpeg", 5000), realFile("ogg", 3000), realFile("zip", 100)];
    for (const file of files) bot.user().send({ media: [file] });
    const events = await told();
    const opened = events.map(async (event) => {
      const { content, size } = await connection().openFile((event.kind === "message" && event.file) || NO_FILE);
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      expect(size).toBe(Buffer.concat(chunks).length);
      return Buffer.concat(chunks);
    });
    expect(await Promise.all(opened)).toEqual(files.map(({ content }) => content));
    expect(events.map((event) => event.kind === "message" && event.file?.filename)).toEqual([
      "file.pdf",
      "photo.jpg",
      "file.oga",
      "file.zip",
    ]);
  });
});

const NO_FILE = { reference: "none" };
const secrets = { TELEGRAM_SECRET_TOKEN: SECRET };
const env = { ACCOUNT_SID: "", AUTH_TOKEN: "", DOMAIN_NAME: "", SIGNATURE_CHECK: "function" as const };
const noTwilio = () => {
  throw new Error("a caller is proven without Twilio");
};
