import { account } from "../../../src/simulator/seeds";
import { useLevers } from "../levers/use-levers";
import { PNG } from "../telegram/use-telegram";
import { IDENTITY, USER } from "../viber/use-viber";
import { useWebhook } from "./use-webhook";

const levers = useLevers();
const hook = useWebhook();
const { telegramBot, viberBot } = account;
const file = { contentType: "image/png", filename: "dot.png", content: PNG.toString("base64") };

const listenToTelegram = () =>
  fetch(`https://api.telegram.org/bot${telegramBot.token}/setWebhook?url=${encodeURIComponent(hook.url())}`);
async function listenToViber() {
  await fetch("https://chatapi.viber.com/pa/set_webhook", {
    method: "POST",
    headers: { "x-viber-auth-token": viberBot.token },
    body: JSON.stringify({ url: hook.url(), event_types: ["seen"] }),
  });
  hook.calls.splice(0);
}

describe("the levers of all channels", () => {
  it("have a customer of Telegram write, send files and show their phone", async () => {
    await listenToTelegram();
    await levers.submit("customers/telegram_4711/messages", { body: "Hello" });
    await levers.post("customers/telegram_4711/messages", { body: "Look", media: [file] });
    await levers.post("customers/telegram_4711/messages", { body: "Both", media: [file, file] });
    expect(hook.events()).toMatchObject([
      { message: { text: "Hello" } },
      { message: { caption: "Look", photo: [{}, { file_size: PNG.length }] } },
      { message: { caption: "Both", media_group_id: expect.any(String) } },
      { message: { media_group_id: expect.any(String) } },
    ]);
    const { body } = await levers.get("customers/telegram_4711/messages");
    expect(body).toMatchObject([{ body: "Hello" }, { body: "Look" }, { body: "Both" }, { body: "" }]);
    expect(await levers.post("customers/telegram_4711/read")).toMatchObject({ body: { read: 0 } });
  });

  it("have a customer of Viber write, send files and read", async () => {
    await listenToViber();
    await levers.submit(`customers/${IDENTITY}/messages`, { body: "Hello" });
    await levers.post(`customers/${IDENTITY}/messages`, { body: "Look", media: [file] });
    expect(hook.events()).toMatchObject([
      { message: { type: "text", text: "Hello" } },
      { message: { type: "picture", text: "Look", media: expect.stringMatching(/^https:\/\/dl-media\.viber\.com\//) } },
    ]);
    await fetch("https://chatapi.viber.com/pa/send_message", {
      method: "POST",
      body: JSON.stringify({
        auth_token: viberBot.token,
        receiver: USER,
        type: "text",
        text: "Hi",
        sender: { name: "x" },
      }),
    });
    await levers.simulator.settled();
    expect(await levers.post(`customers/${IDENTITY}/read`)).toMatchObject({ body: { read: 1 } });
    expect(hook.events().at(-1)).toMatchObject({ event: "seen", user_id: USER });
  });
});

describe("the levers of Telegram's users", () => {
  it.each([
    ["start", { payload: "shop" }, { text: "/start shop" }],
    ["say", { text: "Hello", entities: [{ type: "bold", offset: 0, length: 5 }] }, { entities: [{ type: "bold" }] }],
    ["file", { kind: "document", file, caption: "Look" }, { document: { file_name: "dot.png" }, caption: "Look" }],
    ["location", { latitude: 37, longitude: 2.5 }, { location: { latitude: 37, longitude: 2.5 } }],
    ["contact", { phone: "+15550101234", firstName: "Ana" }, { contact: { first_name: "Ana" } }],
    ["poll", { question: "Which?", options: ["A"] }, { poll: { question: "Which?", options: [{ text: "A" }] } }],
    ["other", { content: { dice: { emoji: "🎲", value: 4 } } }, { dice: { value: 4 } }],
  ])("send: %s", async (kind, input, message) => {
    await listenToTelegram();
    expect(await levers.post(`telegram/customers/4711/${kind}`, input)).toEqual({
      status: 200,
      body: { messageId: 1 },
    });
    expect(hook.events()).toMatchObject([{ message }]);
  });

  it("send albums, edit, block, unblock and go", async () => {
    await listenToTelegram();
    const at = (deed: string, input: object = {}) => levers.post(`telegram/customers/4711/${deed}`, input);
    expect(await at("album", { files: [file, file] })).toMatchObject({ body: { messageIds: [1, 2] } });
    await at("profile", { firstName: "Zoë" });
    await at("say", { text: "Helo" });
    await at("edit", { messageId: 3, text: "Hello" });
    await at("block");
    await at("unblock");
    await at("deactivate");
    expect((await at("say", { text: "x" })).status).toBe(400);
    expect(hook.events().slice(2)).toMatchObject([
      { message: { from: { first_name: "Zoë" } } },
      { edited_message: { text: "Hello" } },
      { my_chat_member: { new_chat_member: { status: "kicked" } } },
      { my_chat_member: { new_chat_member: { status: "member" } } },
    ]);
  });

  it("bring any bytes, and set the pace", async () => {
    await listenToTelegram();
    await levers.post("telegram/updates", { update: '{"update_id":1}' });
    expect(hook.calls.map(({ body }) => body.toString())).toEqual(['{"update_id":1}']);
    expect(await levers.submit("telegram/pace", { paced: "true" })).toMatchObject({ body: { paced: true } });
  });

  it.each([
    ["telegram/customers/ana/start", {}, "id: must be a number, as Telegram gives them"],
    ["telegram/customers/1/say", {}, "text: Invalid input: expected string, received undefined"],
    ["telegram/customers/1/file", { kind: "dream", file }, /^kind: /],
  ])("name what is wrong: %s", async (path, input, message) => {
    const { status, body } = await levers.post(path, input);
    expect([status, body.message]).toEqual([
      400,
      typeof message === "string" ? message : expect.stringMatching(message),
    ]);
  });
});

describe("the levers of Viber's users", () => {
  it.each([
    ["say", { text: "Hello" }, { type: "text", text: "Hello" }],
    ["picture", { file, text: "Look" }, { type: "picture", text: "Look" }],
    ["video", { file: { ...file, contentType: "video/mp4" } }, { type: "video" }],
    ["file", { file }, { type: "file", file_name: "dot.png" }],
    ["sticker", { stickerId: 40126 }, { type: "sticker", sticker_id: 40126 }],
    ["contact", { name: "Ana", phone: "+15550101234" }, { contact: { phone_number: "+15550101234" } }],
    ["location", { lat: 37, lon: 2.5 }, { location: { lat: 37, lon: 2.5 } }],
    ["url", { url: "https://shop.example.com/" }, { type: "url", media: "https://shop.example.com/" }],
  ])("send: %s", async (kind, input, message) => {
    await listenToViber();
    const { body } = await levers.post(`viber/customers/${IDENTITY}/${kind}`, input);
    expect(body).toEqual({ messageToken: expect.stringMatching(/^\d{19}$/), identity: IDENTITY });
    expect(hook.events()).toMatchObject([{ event: "message", message }]);
  });

  it("come, subscribe, leave, and turn their devices off", async () => {
    await listenToViber();
    const at = (deed: string, input: object = {}) => levers.post(`viber/customers/${IDENTITY}/${deed}`, input);
    expect(await at("subscribe")).toEqual({ status: 200, body: { identity: IDENTITY } });
    for (const deed of ["open", "device-off", "device-on", "fail-next", "unsubscribe"]) {
      expect(await at(deed)).toMatchObject({ status: 200 });
    }
    await at("profile", { name: "Zoë" });
    expect(await at("see")).toMatchObject({ body: { seen: 0 } });
    expect(hook.events().map(({ event }) => event)).toEqual(["subscribed", "unsubscribed"]);
    await levers.post("viber/events", { event: '{"event":"future"}' });
    expect(hook.calls.at(-1)?.body.toString()).toBe('{"event":"future"}');
  });
});

describe("faults", () => {
  it.each(["telegram sendMessage", "telegram file", "viber send_message", "webhook viber"])(
    "strike %s",
    async (operation) => {
      expect(await levers.submit("faults", { operation, status: "503" })).toMatchObject({ status: 200 });
    },
  );
});
