import { useWebhook } from "../platforms/use-webhook";
import { PNG, useTelegram } from "./use-telegram";

/** Time stands still, so that none passes while a test waits. */
const bot = useTelegram({ deterministic: true });
const hook = useWebhook();
const settled = () => bot.sim.simulator.settled();
const listen = (more: object = {}) => bot.call("setWebhook", { url: hook.url(), ...more });
const info = async () => (await bot.call("getWebhookInfo")).result;
const message = (index = -1) => hook.events().at(index)?.message as Record<string, unknown>;

describe("what a user sends", () => {
  it("is brought to the webhook as JSON, with its secret token and rising numbers", async () => {
    await listen({ secret_token: "s3cret_-" });
    bot.user().say("Hello");
    bot.user().say("Anyone?");
    await settled();
    const [first, second] = hook.events();
    expect(hook.calls[0]?.headers).toMatchObject({
      "x-telegram-bot-api-secret-token": "s3cret_-",
      "content-type": "application/json",
    });
    expect(first).toMatchObject({
      message: { message_id: 1, text: "Hello", chat: { id: 4711, type: "private" }, from: { id: 4711, is_bot: false } },
    });
    expect(Number(second?.update_id)).toBe(Number(first?.update_id) + 1);
  });

  it("carries no secret header when none was set, and nothing of Twilio's", async () => {
    await listen();
    bot.user().say("Hello");
    await settled();
    const names = Object.keys(hook.calls[0]?.headers ?? {});
    expect(names.filter((name) => /twilio|telegram/.test(name))).toEqual([]);
  });

  it("is told by its kind", async () => {
    await listen();
    const user = bot.user();
    const file = { content: PNG, contentType: "image/png", filename: "dot.png" };
    user.start("from-shop");
    user.sendFile("photo", file, { caption: "Look" });
    user.sendFile("document", file);
    user.sendFile("voice", { content: Buffer.from("OggS"), contentType: "audio/ogg" });
    user.sendLocation(37, -122.5);
    user.sendContact({ phone: "+15550101234", firstName: "Ana" });
    user.sendPoll("Which?", ["This", "That"]);
    user.sendOther({ dice: { emoji: "🎲", value: 4 } });
    user.album([file, file], "Both");
    await settled();
    const messages = hook.events().map((event) => event.message as Record<string, unknown>);
    const byNumber = messages.sort((a, b) => Number(a.message_id) - Number(b.message_id));
    expect(byNumber).toEqual([
      expect.objectContaining({ text: "/start from-shop", entities: [{ type: "bot_command", offset: 0, length: 6 }] }),
      expect.objectContaining({
        caption: "Look",
        photo: [expect.objectContaining({ width: 90 }), expect.objectContaining({ file_size: PNG.length })],
      }),
      expect.objectContaining({ document: expect.objectContaining({ file_name: "dot.png", mime_type: "image/png" }) }),
      expect.objectContaining({ voice: expect.objectContaining({ duration: 1, mime_type: "audio/ogg" }) }),
      expect.objectContaining({ location: { latitude: 37, longitude: -122.5 } }),
      expect.objectContaining({ contact: { phone_number: "+15550101234", first_name: "Ana" } }),
      expect.objectContaining({ poll: expect.objectContaining({ question: "Which?" }) }),
      expect.objectContaining({ dice: { emoji: "🎲", value: 4 } }),
      expect.objectContaining({ caption: "Both", media_group_id: expect.any(String) }),
      expect.not.objectContaining({ caption: "Both" }),
    ]);
    expect(byNumber[8]?.media_group_id).toBe(byNumber[9]?.media_group_id);
  });

  it("may be changed, may answer something, and shows on their phone", async () => {
    await listen();
    const id = bot.user().say("Helo");
    bot.user().edit(id, "Hello");
    bot.user().say("and this", { replyTo: id });
    await settled();
    const edited = hook.events().find((event) => event.edited_message);
    expect(edited).toMatchObject({ edited_message: { message_id: id, text: "Hello", edit_date: expect.any(Number) } });
    const reply = hook.events().find((event) => (event.message as Record<string, unknown>)?.text === "and this");
    expect(reply).toMatchObject({ message: { reply_to_message: { message_id: id, text: "Hello" } } });
    expect(bot.shown()).toEqual(["out Hello", "out and this"]);
  });

  it("tells of a block and of its end", async () => {
    await listen();
    bot.user().start();
    bot.user().block();
    await settled();
    expect(hook.events().at(-1)).toMatchObject({
      my_chat_member: { old_chat_member: { status: "member" }, new_chat_member: { status: "kicked" } },
    });
    expect(() => bot.user().say("still there?")).toThrow("cannot write");
    bot.user().start();
    await settled();
    const statuses = hook.events().map(({ my_chat_member: change }) => change as Record<string, unknown> | undefined);
    expect(statuses.filter(Boolean).at(-1)).toMatchObject({ new_chat_member: { status: "member" } });
  });

  it("may be bytes that no user could send", async () => {
    await listen({ secret_token: "x" });
    const bytes = '{ "update_id" : 1, "message":{"text":"\\u00e9\\/"} }';
    bot.sim.world.platforms.telegram.sendRaw(bytes);
    await settled();
    expect(hook.calls[0]?.body.toString()).toBe(bytes);
  });
});

describe("files that a user sends", () => {
  async function send(content: Buffer) {
    await listen();
    bot.user().sendFile("document", { content, contentType: "application/pdf", filename: "a b.pdf" });
    await settled();
    return (message().document as Record<string, string>).file_id;
  }

  it("are fetched in two steps, and are the very bytes", async () => {
    const content = Buffer.from("%PDF-1.7");
    const { result } = await bot.call("getFile", { file_id: await send(content) });
    const path = String(result?.file_path);
    expect([path, result?.file_size]).toEqual([expect.stringMatching(/^documents\/file_\d+\.pdf$/), content.length]);
    const answer = await bot.download(path);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
  });

  it("can be downloaded for an hour after each getFile", async () => {
    const file_id = await send(Buffer.from("%PDF-1.7"));
    const { result } = await bot.call("getFile", { file_id });
    await bot.sim.simulator.advance(3600);
    expect((await bot.download(String(result?.file_path))).status).toBe(404);
    await bot.call("getFile", { file_id });
    expect((await bot.download(String(result?.file_path))).status).toBe(200);
  });

  it("are out of a bot's reach beyond 20 MB, and when nobody sent them", async () => {
    const file_id = await send(Buffer.alloc(20 * 2 ** 20 + 1));
    expect(await bot.refusal("getFile", { file_id })).toBe("400 Bad Request: file is too big");
    expect(await bot.refusal("getFile", { file_id: "none" })).toBe("400 Bad Request: invalid file_id");
    expect((await bot.download("documents/file_1.pdf")).status).toBe(404);
  });

  it("may break off on their way", async () => {
    const { result } = await bot.call("getFile", { file_id: await send(Buffer.from("%PDF-1.7")) });
    bot.sim.world.faults.add({ operation: "telegram file", kind: "malformed" });
    const answer = await bot.download(String(result?.file_path));
    expect((await answer.arrayBuffer()).byteLength).toBe(4);
  });
});

describe("a webhook", () => {
  it.each([
    [
      "no TLS",
      { url: "http://shop.twil.io/x" },
      "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
    ],
    [
      "another port",
      { url: "https://shop.twil.io:8080/x" },
      "400 Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ],
    [
      "a host that is not here",
      { url: "https://shop.example.com/x" },
      "400 Bad Request: bad webhook: Failed to resolve host: Name or service not known",
    ],
    ["another secret", { secret_token: "a b" }, "400 Bad Request: secret token contains unallowed characters"],
    ["a longer secret", { secret_token: "a".repeat(257) }, "400 Bad Request: secret token is too long"],
    ["too many connections", { max_connections: 101 }, "400 Bad Request: max_connections must be from 1 to 100"],
    ["odd kinds", { allowed_updates: "message" }, "400 Bad Request: can't parse allowed_updates JSON object"],
  ])("is refused with %s", async (_, params, words) => {
    expect(await bot.refusal("setWebhook", { url: "https://shop.twil.io:8443/x", ...params })).toBe(words);
    expect(await info()).toMatchObject({ url: "" });
  });

  it("gets the kinds of updates alone that it asked for, until it asks for others", async () => {
    await listen({ allowed_updates: ["edited_message"] });
    const id = bot.user().say("One");
    await listen();
    bot.user().edit(id, "Two");
    await settled();
    expect(hook.events().map((event) => Object.keys(event)[1])).toEqual(["edited_message"]);
    await listen({ allowed_updates: [] });
    bot.user().say("Three");
    await settled();
    expect(hook.events()).toHaveLength(2);
  });

  it("gets what happened before it was set, unless that is dropped", async () => {
    bot.user().say("early");
    await settled();
    expect(await info()).toMatchObject({ url: "", pending_update_count: 1 });
    await listen({ drop_pending_updates: true });
    await settled();
    expect(hook.calls).toHaveLength(0);
    await bot.call("deleteWebhook");
    bot.user().say("again");
    await listen();
    await settled();
    expect(message()).toMatchObject({ text: "again" });
  });

  it("that does not answer 200 gets an update again, after ever longer pauses, and others in between", async () => {
    hook.answer({ status: 500 }, { status: 200 }, { status: 503 }, { status: 200 });
    await listen({ max_connections: 1 });
    bot.user().say("first");
    await settled();
    bot.user().say("second");
    await settled();
    expect(hook.events().map(({ message: told }) => (told as Record<string, unknown>).text)).toEqual([
      "first",
      "second",
    ]);
    expect(await info()).toMatchObject({
      pending_update_count: 1,
      last_error_message: "Wrong response from the webhook: 500",
      last_error_date: expect.any(Number),
    });
    await bot.sim.simulator.advance(1);
    await bot.sim.simulator.advance(1);
    expect(hook.calls).toHaveLength(3);
    await bot.sim.simulator.advance(1);
    expect(hook.calls).toHaveLength(4);
    expect([hook.calls[0], hook.calls[2], hook.calls[3]].map((call) => call?.body)).toEqual(
      Array(3).fill(hook.calls[0]?.body),
    );
    expect(await info()).toMatchObject({ pending_update_count: 0 });
  });

  it("that never answers loses an update after a day", async () => {
    await bot.call("setWebhook", { url: "http://localhost:1/closed" });
    bot.user().say("lost");
    await bot.sim.simulator.advance(25 * 3600);
    expect(await info()).toMatchObject({ pending_update_count: 0, last_error_message: "Connection refused" });
  });

  it("may answer with a method call", async () => {
    await listen();
    hook.answer({ status: 200, body: JSON.stringify({ method: "sendMessage", chat_id: 4711, text: "At once" }) });
    bot.user().say("Hello");
    await settled();
    expect(bot.shown()).toEqual(["out Hello", "in At once"]);
  });

  it("keeps others from asking for updates", async () => {
    expect(await bot.refusal("getUpdates", {})).toMatch(/^501/);
    await listen();
    expect(await bot.refusal("getUpdates", {})).toMatch(/^409 Conflict/);
  });

  it("may be struck by a fault: never reached, or reached twice", async () => {
    await listen();
    bot.sim.world.faults.add({ operation: "webhook telegram", kind: "reset before" });
    bot.user().say("One");
    await settled();
    expect(hook.calls).toHaveLength(0);
    await bot.sim.simulator.advance(1);
    bot.sim.world.faults.add({ operation: "webhook telegram", kind: "twice" });
    bot.user().say("Two");
    await settled();
    expect(hook.events().map((event) => (event.message as Record<string, unknown>).text)).toEqual([
      "One",
      "Two",
      "Two",
    ]);
  });

  it("goes on waiting in a snapshot", async () => {
    hook.answer({ status: 500 });
    await listen({ secret_token: "kept" });
    bot.user().say("Hello");
    const snapshot = await bot.sim.simulator.snapshot();
    expect(bot.sim.simulator.state().platforms).toContainEqual({ name: "telegram", waiting: 1 });
    await bot.sim.simulator.reset();
    expect(await info()).toMatchObject({ url: "", pending_update_count: 0 });
    await bot.sim.simulator.restore(JSON.parse(JSON.stringify(snapshot)));
    await bot.sim.simulator.advance(1);
    expect(hook.calls.map(({ headers, body }) => [headers["x-telegram-bot-api-secret-token"], body])).toEqual([
      ["kept", hook.calls[0]?.body],
      ["kept", hook.calls[0]?.body],
    ]);
    bot.user().say("next");
    await settled();
    expect(message()).toMatchObject({ message_id: 2 });
  });
});
