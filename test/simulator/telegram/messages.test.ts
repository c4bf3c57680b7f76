import { linkTo } from "../platforms/link-to";
import { PNG, useTelegram } from "./use-telegram";

/** Time stands still, so that none passes while a test waits. */
const bot = useTelegram({ deterministic: true });
const TO = { chat_id: 4711 };

beforeEach(() => void bot.user().start());

describe("what a bot says", () => {
  it("is on the user's phone with its entities, and comes back as a Message", async () => {
    const entities = [{ type: "bold", offset: 0, length: 5 }];
    const answer = await bot.call("sendMessage", { ...TO, text: "Hello 👋", entities });
    expect(answer).toMatchObject({
      http: 200,
      ok: true,
      result: {
        message_id: 2,
        chat: { id: 4711, type: "private" },
        from: { is_bot: true },
        text: "Hello 👋",
        entities,
      },
    });
    expect(bot.sim.world.phones.messages("telegram_4711").at(-1)).toMatchObject({
      ...{ direction: "in", body: "Hello 👋", entities, platformId: "2" },
    });
  });

  it("may come as a form, in the query, or under any case of the method's name", async () => {
    await bot.post("sendMessage", new URLSearchParams({ chat_id: "4711", text: "form" }));
    await bot.post("SENDMESSAGE?chat_id=4711&text=query", "");
    expect(bot.shown().slice(1)).toEqual(["in form", "in query"]);
  });

  it.each([
    ["no chat", { text: "x" }, "400 Bad Request: chat_id is empty"],
    ["an unknown chat", { chat_id: 99, text: "x" }, "400 Bad Request: chat not found"],
    ["no text", { ...TO, text: " " }, "400 Bad Request: message text is empty"],
    ["more than 4096 units", { ...TO, text: "👋".repeat(2049) }, "400 Bad Request: message is too long"],
    [
      "an entity that cuts a character",
      { ...TO, text: "👋!", entities: [{ type: "bold", offset: 1, length: 2 }] },
      "400 Bad Request: entity begins in a middle of a UTF-16 symbol at offset 1",
    ],
    [
      "an entity beyond the text",
      { ...TO, text: "Hi", entities: [{ type: "bold", offset: 0, length: 3 }] },
      "400 Bad Request: entity is out of the text",
    ],
    [
      "entities that overlap",
      { ...TO, text: "abcd", entities: ["bold", "italic"].map((type, offset) => ({ type, offset, length: 2 })) },
      "400 Bad Request: entities overlap",
    ],
    [
      "buttons, which the simulator does not have",
      { ...TO, text: "x", reply_markup: { inline_keyboard: [] } },
      "501 The simulator does not serve reply_markup",
    ],
    [
      "a parse mode, which the simulator does not have",
      { ...TO, text: "x", parse_mode: "HTML" },
      "501 The simulator does not serve parse_mode: send entities",
    ],
  ])("is refused with %s", async (_, params, words) => {
    expect(await bot.refusal("sendMessage", params)).toBe(words);
    expect(bot.shown()).toEqual(["out /start"]);
  });

  it("may have 4096 units of text", async () => {
    expect(await bot.call("sendMessage", { ...TO, text: "x".repeat(4096) })).toMatchObject({ ok: true });
  });

  it("does not reach who never pressed Start, blocked it, or is gone", async () => {
    const send = (chat_id: number) => bot.refusal("sendMessage", { chat_id, text: "x" });
    bot.user(1);
    bot.user(2).start();
    bot.user(2).block();
    bot.user(3).start();
    bot.user(3).deactivate();
    expect(await Promise.all([1, 2, 3].map(send))).toEqual([
      "403 Forbidden: bot can't initiate conversation with a user",
      "403 Forbidden: bot was blocked by the user",
      "403 Forbidden: user is deactivated",
    ]);
    bot.user(2).unblock();
    expect(await bot.call("sendMessage", { chat_id: 2, text: "x" })).toMatchObject({ ok: true });
  });

  it("is refused with a time to wait when it is too fast, where somebody wants it so", async () => {
    const { telegram } = bot.sim.world.platforms;
    const send = () => bot.call("sendMessage", { ...TO, text: "x" });
    expect([(await send()).http, (await send()).http]).toEqual([200, 200]);
    telegram.pace(true);
    await send();
    expect(await send()).toMatchObject({ http: 429, error_code: 429, parameters: { retry_after: 1 } });
    await bot.sim.simulator.advance(1);
    expect(await send()).toMatchObject({ http: 200 });
  });

  it("may be a location, or that it is typing", async () => {
    expect(await bot.call("sendLocation", { ...TO, latitude: 37.5, longitude: -122 })).toMatchObject({
      result: { location: { latitude: 37.5, longitude: -122 } },
    });
    expect(await bot.refusal("sendLocation", { ...TO, latitude: 91, longitude: 0 })).toMatch(/latitude/);
    expect(await bot.call("sendChatAction", { ...TO, action: "typing" })).toMatchObject({ result: true });
    expect(await bot.refusal("sendChatAction", { ...TO, action: "dancing" })).toMatch(/^400/);
    expect(bot.shown().slice(1)).toEqual(["in 37.5,-122"]);
  });
});

describe("files that a bot sends", () => {
  const media = () => bot.sim.world.phones.messages("telegram_4711").at(-1)?.media?.[0];

  it("are uploaded, and the user has their very bytes", async () => {
    const content = Buffer.from("%PDF-1.7 bill");
    const file = { content, filename: "bill.pdf", type: "application/pdf" };
    expect(await bot.upload("sendDocument", { chat_id: "4711", caption: "Yours" }, "document", file)).toMatchObject({
      result: {
        document: { file_name: "bill.pdf", mime_type: "application/pdf", file_size: content.length },
        caption: "Yours",
      },
    });
    const { sha256 = "", filename } = media() ?? {};
    expect([filename, bot.sim.world.media.files.read(sha256)]).toEqual(["bill.pdf", content]);
  });

  it("may be attached under another name, or be known already", async () => {
    const file = { content: PNG, filename: "dot.png", type: "image/png" };
    const { result } = await bot.upload("sendPhoto", { chat_id: "4711", photo: "attach://it" }, "it", file);
    const [known] = (result?.photo ?? []) as { file_id: string }[];
    expect(await bot.call("sendPhoto", { ...TO, photo: known?.file_id })).toMatchObject({ ok: true });
    expect(media()).toMatchObject({ size: PNG.length });
  });

  it("may be linked to: photos, and as documents PDF, ZIP and GIF alone", async () => {
    const link = (content: Buffer, contentType: string, filename: string) =>
      linkTo(bot.sim, { content, contentType, filename });
    const pdf = Buffer.from("%PDF-1.7");
    const send = async (method: string, kind: string, url: Promise<string>) => {
      const { ok, description } = await bot.call(method, { ...TO, [kind]: await url });
      return ok || description;
    };
    expect(await send("sendDocument", "document", link(pdf, "application/pdf", "bill.pdf"))).toBe(true);
    expect(media()).toMatchObject({ filename: "bill.pdf", size: pdf.length, contentType: "application/pdf" });
    expect(await send("sendPhoto", "photo", link(PNG, "image/png", "dot.png"))).toBe(true);
    expect(await send("sendDocument", "document", link(PNG, "image/png", "dot.png"))).toBe(
      "Bad Request: wrong type of the web page content",
    );
    const large = Buffer.concat([PNG, Buffer.alloc(5 * 2 ** 20)]);
    const failed = "Bad Request: failed to get HTTP URL content";
    expect(await send("sendPhoto", "photo", link(large, "image/png", "large.png"))).toBe(failed);
    const expired = link(pdf, "application/pdf", "bill.pdf");
    await expired;
    await bot.sim.simulator.advance(301);
    expect(await send("sendDocument", "document", expired)).toBe(failed);
  });

  it.each([
    ["sendDocument", "document", 50 * 2 ** 20 + 1, 413],
    ["sendPhoto", "photo", 10 * 2 ** 20 + 1, 400],
    ["sendVoice", "voice", 0, 400],
  ])("by %s are refused beyond their size, or empty", async (method, name, size, status) => {
    const content = Buffer.concat([PNG, Buffer.alloc(Math.max(0, size - PNG.length))]).subarray(0, size);
    const file = { content, filename: "f.png", type: "image/png" };
    expect(await bot.upload(method, { chat_id: "4711" }, name, file)).toMatchObject({
      http: status,
      error_code: status,
    });
  });

  it("are refused as photos when they are none, or too long", async () => {
    const text = { content: Buffer.from("words"), filename: "a.jpg", type: "image/jpeg" };
    expect(await bot.upload("sendPhoto", { chat_id: "4711" }, "photo", text)).toMatchObject({
      description: "Bad Request: IMAGE_PROCESS_FAILED",
    });
    const wide = Buffer.from(PNG);
    wide.writeUInt32BE(21, 16);
    const file = { content: wide, filename: "wide.png", type: "image/png" };
    expect(await bot.upload("sendPhoto", { chat_id: "4711" }, "photo", file)).toMatchObject({
      description: "Bad Request: PHOTO_INVALID_DIMENSIONS",
    });
  });

  it("are refused with a caption of more than 1024 units, without a file, or with an unknown one", async () => {
    expect(await bot.refusal("sendPhoto", { ...TO, photo: "x", caption: "y".repeat(1025) })).toMatch(
      /caption is too long/,
    );
    expect(await bot.refusal("sendDocument", TO)).toBe("400 Bad Request: there is no document in the request");
    expect(await bot.refusal("sendDocument", { ...TO, document: "nonsense" })).toMatch(/wrong file identifier/);
  });
});

describe("the API itself", () => {
  it("knows its bot by the token alone", async () => {
    expect(await bot.call("getMe")).toMatchObject({ result: { id: 4242, is_bot: true } });
    const status = async (path: string) => (await fetch(`https://api.telegram.org/${path}`)).status;
    expect([await status("bot4242:wrong/getMe"), await status("nothing"), await status("botx/getMe")]).toEqual([
      401, 404, 404,
    ]);
  });

  it("says what the simulator does not have", async () => {
    expect(await bot.refusal("banChatMember", {})).toMatch(/^501 The simulator does not serve banChatMember/);
  });

  it("suffers the faults of Twilio's, in Telegram's words", async () => {
    const { faults } = bot.sim.world;
    const send = () => bot.call("sendMessage", { ...TO, text: "x" });
    faults.add({ operation: "telegram sendMessage", kind: "refused", status: 429, retryAfter: 7 });
    expect(await send()).toMatchObject({ error_code: 429, parameters: { retry_after: 7 } });
    faults.add({ operation: "telegram sendMessage", kind: "refused", status: 403 });
    expect(await send()).toMatchObject({ description: "Forbidden: bot was blocked by the user" });
    faults.add({ operation: "telegram sendMessage", kind: "error after" });
    expect(await send()).toMatchObject({ http: 500 });
    faults.add({ operation: "telegram sendMessage", kind: "malformed" });
    await expect(send()).rejects.toThrow("JSON");
    faults.add({ operation: "telegram sendMessage", kind: "reset after" });
    await expect(send()).rejects.toThrow("fetch failed");
    faults.add({ operation: "telegram sendMessage", kind: "reset before" });
    await expect(send()).rejects.toThrow("fetch failed");
    expect(bot.shown()).toEqual(["out /start", "in x", "in x", "in x"]);
  });

  it("tells its calls to the event log, and its token to nobody", async () => {
    await bot.call("sendMessage", { ...TO, text: "x" });
    const entry = bot.sim.simulator.log.entries.find(({ name }) => name === "telegram sendMessage");
    expect(entry).toMatchObject({ kind: "platform", status: 200, span: [expect.any(Number), expect.any(Number)] });
    expect(JSON.stringify(bot.sim.simulator.log.entries)).not.toContain("simulated-telegram-bot");
  });
});
