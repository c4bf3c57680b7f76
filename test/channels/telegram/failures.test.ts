import { DeliveryError, FileError, type OutgoingFile } from "../../../src/channels/adapter";
import { telegramSetUp } from "../../../src/channels/telegram/set-up";
import { telegram } from "../../../src/channels/telegram/telegram";
import { deadlineIn } from "../../../src/runtime/deadline";
import { redirectTwilioHosts } from "../../../src/simulator/redirect/redirect-twilio";
import { answering, type Behaviour, FAILURES, useFailingPlatform } from "../failing-platform";

const TOKEN = "4242:AAH-a_token_of_a_bot_in_tests_0123456";
const bot = (ms = 3000) => telegram.connect({ TELEGRAM_BOT_TOKEN: TOKEN }, deadlineIn(ms));
const platform = useFailingPlatform();

const refusing = (status: number, description: string, parameters?: Record<string, unknown>): Behaviour =>
  answering(status, JSON.stringify({ ok: false, error_code: status, description, parameters }));

const failureOf = (act: Promise<unknown>) =>
  act.then(
    () => "it did not fail",
    (error: unknown) => error,
  );

const photo: OutgoingFile = {
  ...{ filename: "wide.png", contentType: "image/png", size: 5 },
  link: async () => "https://media.example.com/wide.png",
  content: async () => new TextEncoder().encode("hello"),
};

describe("a message that Telegram does not take", () => {
  it.each([
    ["unreachable", 403, "Forbidden: bot was blocked by the user"],
    ["unreachable", 403, "Forbidden: user is deactivated"],
    ["unreachable", 403, "Forbidden: bot can't initiate conversation with a user"],
    ["unreachable", 400, "Bad Request: chat not found"],
    ["unreachable", 400, "Bad Request: user is deactivated"],
    ["unreachable", 400, "Bad Request: PEER_ID_INVALID"],
    ["too_long", 400, "Bad Request: message is too long"],
    ["too_long", 400, "Bad Request: message caption is too long"],
    ["refused", 400, "Bad Request: message text is empty"],
    ["refused", 409, "Conflict"],
    ["unauthorized", 401, "Unauthorized"],
    ["unauthorized", 404, "Not Found"],
    ["rate_limited", 429, "Too Many Requests: retry after 7"],
    ["bad_file", 413, "Request Entity Too Large"],
    ["unclear", 500, "Internal Server Error"],
    ["unavailable", 502, "Bad Gateway"],
    ["unclear", 504, "Gateway Timeout"],
  ])("is %s after %i %s", async (reason, status, description) => {
    platform.does(refusing(status, description));
    const failure = await failureOf(bot().send("4711", { text: "hello" }));
    expect(failure).toBeInstanceOf(DeliveryError);
    expect(failure).toMatchObject({ channel: "telegram", reason, more: { platformCode: status } });
  });

  it("says how long to wait", async () => {
    platform.does(refusing(429, "Too Many Requests: retry after 7", { retry_after: 7 }));
    const failure = await failureOf(bot().send("4711", { text: "hello" }));
    expect(failure).toMatchObject({ reason: "rate_limited", more: { retryAfterSeconds: 7 } });
  });

  it.each([
    ["hangs up", "unclear"],
    ["never answers", "unclear"],
    ["answers 200 with half an object", "unclear"],
    ["answers 200 without what was asked for", "unclear"],
    ["answers with a redirection", "refused"],
  ])("of a platform that %s is %s", async (way, reason) => {
    platform.does(FAILURES[way] ?? answering(500));
    expect(await failureOf(bot(200).send("4711", { text: "hello" }))).toMatchObject({ reason });
  });

  it("is certainly not sent where nobody listens", async () => {
    const undo = redirectTwilioHosts(1);
    const failure = await failureOf(bot().send("4711", { text: "hello" }));
    undo();
    expect(failure).toMatchObject({ reason: "unavailable" });
  });

  it("is a bad file when Telegram wants it neither as a photo nor as a document, and is tried no third time", async () => {
    const asked: string[] = [];
    platform.does((request, response) => {
      asked.push(String(request.url).replace(TOKEN, "…"));
      refusing(400, "Bad Request: IMAGE_PROCESS_FAILED")(request, response);
    });
    expect(await failureOf(bot().send("4711", { file: photo }))).toMatchObject({ reason: "bad_file" });
    expect(asked).toEqual(["/bot…/sendPhoto", "/bot…/sendDocument"]);
  });

  it("is not repeated as a document when the person is gone", async () => {
    let calls = 0;
    platform.does((request, response) => {
      calls += 1;
      refusing(403, "Forbidden: bot was blocked by the user")(request, response);
    });
    expect(await failureOf(bot().send("4711", { file: photo }))).toMatchObject({ reason: "unreachable" });
    expect(calls).toBe(1);
  });
});

describe("a file of a customer's", () => {
  const opened = async (behaviour: Behaviour, size?: number) => {
    platform.does(behaviour);
    const { content } = await bot(10_000).openFile({ reference: "BQAC", ...(size !== undefined && { size }) });
    let bytes = 0;
    for await (const chunk of content) bytes += chunk.length;
    return bytes;
  };
  const at =
    (path: unknown, download: Behaviour, more: Record<string, unknown> = {}): Behaviour =>
    (request, response) => {
      const located = JSON.stringify({ ok: true, result: { file_id: "BQAC", file_path: path, ...more } });
      (request.url?.startsWith("/file/") ? download : answering(200, located))(request, response);
    };
  const MB = 1024 * 1024;
  const LATER = "temporarily unavailable";
  const endless: Behaviour = (_, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(MB)));
    };
    response.on("drain", more).on("error", () => undefined);
    more();
  };

  it("comes as its bytes", async () => {
    expect(await opened(at("documents/fichier n\u00ba7.pdf".replace(" ", "_"), answering(200, "hello")))).toBe(5);
  });

  it.each([
    ["declares more than 20 MB", answering(500), 20 * MB + 1, "too_big"],
    ["is too big for Telegram", refusing(400, "Bad Request: file is too big"), undefined, "too_big"],
    ["turns out larger by getFile", at("a/b", answering(200), { file_size: 20 * MB + 1 }), 5, "too_big"],
    ["turns out larger by its header", at("a/b", answering(200, "", { "content-length": "20971521" })), 5, "too_big"],
    ["never ends", at("a/b", endless), 5, "too_big"],
    ["is no longer known", refusing(400, "Bad Request: invalid file_id"), 5, "gone"],
    ["may be unknown", refusing(400, `Bad Request: wrong file_id or the file is ${LATER}`), 5, "unavailable"],
    ["has no path", at(undefined, answering(200, "hello")), 5, "gone"],
    ["is not there any more", at("a/b", answering(404)), 5, "gone"],
    ["is elsewhere", at("a/b", answering(302, "", { location: "http://169.254.169.254/" })), 5, "foreign_host"],
    [
      "breaks off",
      at("a/b", (_, response) => response.writeHead(200, { "content-length": "99" }).end("hello")),
      5,
      "unavailable",
    ],
    ["cannot be had for the moment", at("a/b", answering(503)), 5, "unavailable"],
    ["is asked for too often", refusing(429, "Too Many Requests: retry after 1"), 5, "unavailable"],
    ["is asked for with a wrong token", refusing(401, "Unauthorized"), 5, "unavailable"],
  ])("that %s fails", async (_, behaviour, size, reason) => {
    const failure = await failureOf(opened(behaviour, size));
    expect(failure).toBeInstanceOf(FileError);
    expect(failure).toMatchObject({ channel: "telegram", reason });
  });

  it.each([
    "../../bot4242:x/deleteWebhook",
    "a/../../b",
    "a/./b",
    "/a",
    "//evil.example/a",
    "a//b",
    "https://evil.example/a",
    "a?b",
    "a#b",
    "a%2e%2e/b",
    "a\\b",
    "a b",
    "a\u0000b",
    "@evil.example/a",
    "",
  ])("is not fetched from %j", async (path) => {
    const fetched: string[] = [];
    const failure = await failureOf(opened(at(path, (request) => fetched.push(String(request.url)))));
    expect(failure).toMatchObject({ reason: "foreign_host" });
    expect(fetched).toEqual([]);
  });
});

describe("the webhook", () => {
  it("is not set by whatever Telegram refuses, and an administrator learns why without the token", async () => {
    platform.does(refusing(400, `Bad Request: bad webhook: HTTPS url must be provided, bot${TOKEN}`));
    const setUp = telegramSetUp({ TELEGRAM_BOT_TOKEN: TOKEN }, deadlineIn(1000));
    await expect(setUp.connect("http://example.com", "x".repeat(32))).rejects.toThrow(
      "telegram: setWebhook was refused (400): Bad Request: bad webhook: HTTPS url must be provided, bot…",
    );
    await expect(setUp.status()).rejects.not.toThrow(TOKEN);
  });
});
