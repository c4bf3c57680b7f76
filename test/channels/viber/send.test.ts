import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { text as textOf } from "node:stream/consumers";
import type { OutgoingFile, OutgoingMessage } from "../../../src/channels/adapter";
import { viber } from "../../../src/channels/viber/viber";
import { deadlineIn } from "../../../src/runtime/deadline";
import { answeredBy } from "../../twilio/hostile-server";
import { TOKEN } from "./use-callbacks";

const USER = "01234567890A/+8=";
const variables = { VIBER_AUTH_TOKEN: TOKEN, VIBER_SENDER_NAME: "Bike Shop" };
const OK = '{"status":0,"status_message":"ok","message_token":5741311803571721087,"billing_status":1}';

interface Asked {
  url?: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** Sends a message to a Viber that answers so, the last answer again and again; tells what it was asked. */
async function send(
  message: OutgoingMessage,
  answer: string | string[] = OK,
  status = 200,
  headers: Record<string, string> = {},
) {
  const asked: Asked[] = [];
  const chatapi: RequestListener = (request, response) => {
    void textOf(request).then((body) => {
      asked.push({ url: request.url, headers: request.headers, body: JSON.parse(body) });
      response.writeHead(status, headers).end([answer].flat()[asked.length - 1] ?? [answer].flat().at(-1));
    });
  };
  const connection = viber.connect(variables, deadlineIn(5000));
  const sent = await answeredBy({ "chatapi.viber.com": chatapi }, () =>
    connection.send(USER, message).catch((error: unknown) => error),
  );
  return { sent, asked, body: asked[0]?.body };
}

const file = (
  contentType: string,
  filename: string,
  size = 1000,
  link = "https://media.example.com/ME1",
): OutgoingFile => ({
  ...{ contentType, filename, size, link: async () => link },
  content: () => Promise.reject(new Error("Viber fetches files itself")),
});

describe("a message to a Viber user", () => {
  it("goes out under our name, and its id is told with all its digits", async () => {
    const { sent, asked } = await send({ text: "Hello *you* é 🚲" });
    expect(sent).toBe("5741311803571721087");
    expect(asked).toEqual([
      {
        url: "/pa/send_message",
        headers: expect.objectContaining({ "x-viber-auth-token": TOKEN, "content-type": "application/json" }),
        body: {
          receiver: USER,
          min_api_version: 1,
          sender: { name: "Bike Shop" },
          type: "text",
          text: "Hello *you* é 🚲",
        },
      },
    ]);
  });

  it.each<[string, OutgoingFile, string | undefined, object]>([
    ["a picture", file("image/png", "a.png"), undefined, { type: "picture", text: "" }],
    ["a picture with a caption", file("image/jpeg", "a.jpg"), "Look", { type: "picture", text: "Look" }],
    [
      "a picture that is too large to be shown",
      file("image/png", "a.png", 1024 * 1024 + 1),
      undefined,
      { type: "file", size: 1024 * 1024 + 1, file_name: "a.png" },
    ],
    ["a gif", file("image/gif", "a.gif"), undefined, { type: "file", size: 1000, file_name: "a.gif" }],
    [
      "a document",
      file("application/pdf", "Rechnung Nº 5.pdf"),
      undefined,
      { type: "file", size: 1000, file_name: "Rechnung Nº 5.pdf" },
    ],
    [
      "a nameless document",
      file("application/pdf", "invoice"),
      undefined,
      { type: "file", size: 1000, file_name: "invoice.pdf" },
    ],
    [
      "something nameless",
      file("application/x-odd", "thing"),
      undefined,
      { type: "file", size: 1000, file_name: "thing.bin" },
    ],
    [
      "a document with a long name",
      file("application/pdf", `${"x".repeat(300)}.pdf`),
      undefined,
      { type: "file", size: 1000, file_name: `${"x".repeat(252)}.pdf` },
    ],
    [
      "a video by a link without an ending",
      file("video/mp4", "a.mp4"),
      undefined,
      { type: "file", size: 1000, file_name: "a.mp4" },
    ],
  ])("may be %s, which Viber fetches by a link", async (_, sent, text, said) => {
    const { body } = await send({ file: sent, text });
    expect(body).toEqual({
      ...{ receiver: USER, min_api_version: 1, sender: { name: "Bike Shop" } },
      ...{ media: "https://media.example.com/ME1", ...said },
    });
  });

  it.each([
    ["", ["picture", "file"]],
    ["Look", ["picture", "text", "file"]],
  ])("goes as a file when Viber does not take it for a picture, its caption %j before it", async (text, types) => {
    const refusal = '{"status":3,"status_message":"badData"}';
    const { sent, asked } = await send({ text, file: file("image/png", "a.png") }, [refusal, OK]);
    expect(sent).toBe("5741311803571721087");
    expect(asked.map(({ body }) => (body as { type: string }).type)).toEqual(types);
  });

  it("may be a video where its link ends as Viber asks for", async () => {
    const { body } = await send({ file: file("video/mp4", "a.mp4", 1000, "https://media.example.com/a.mp4?token=1") });
    expect(body).toMatchObject({ type: "video", media: "https://media.example.com/a.mp4?token=1", size: 1000 });
  });

  it.each<[string, OutgoingMessage]>([
    ["a text", { text: "x".repeat(7001) }],
    ["a text that fills its request", { text: "\u0001".repeat(7000) }],
    ["a caption", { text: "x".repeat(513), file: file("image/png", "a.png") }],
    ["a text beside a document, which takes none", { text: "x", file: file("application/pdf", "a.pdf") }],
  ])("is refused before it goes out when it is too long: %s", async (_, message) => {
    const { sent, asked } = await send(message);
    expect(sent).toMatchObject({ reason: "too_long" });
    expect(asked).toEqual([]);
  });

  it("of the longest text goes out", async () => {
    expect((await send({ text: "漢".repeat(7000) })).sent).toBe("5741311803571721087");
  });
});

describe("a message that Viber does not take", () => {
  it.each([
    [2, "unauthorized"],
    [3, "refused"],
    [4, "refused"],
    [5, "unreachable"],
    [6, "unreachable"],
    [7, "unauthorized"],
    [8, "unauthorized"],
    [9, "unauthorized"],
    [10, "unauthorized"],
    [11, "refused"],
    [12, "rate_limited"],
    [13, "refused"],
    [14, "refused"],
    [15, "unauthorized"],
    [21, "refused"],
    [22, "refused"],
    [23, "unauthorized"],
    [24, "unauthorized"],
    [99, "refused"],
  ])("with status %i is %s, in words for agents", async (status, reason) => {
    const { sent } = await send({ text: "Hi" }, `{"status":${status},"status_message":"said of ${USER}"}`);
    expect(sent).toMatchObject({ reason, more: { platformCode: status } });
    expect(sent).toMatchObject({ words: expect.stringMatching(/^[A-Z].*\.$/) });
    expect(JSON.stringify(sent)).not.toContain(USER);
  });

  it.each([
    [401, "unauthorized"],
    [403, "unauthorized"],
    [404, "refused"],
    [429, "rate_limited"],
    [500, "unclear"],
    [502, "unclear"],
    [503, "unavailable"],
    [504, "unclear"],
    [302, "refused"],
  ])("by HTTP's %i is %s", async (status, reason) => {
    expect((await send({ text: "Hi" }, "<html>", status)).sent).toMatchObject({ reason });
  });

  it("for the moment is tried again when the platform says", async () => {
    const { sent } = await send({ text: "Hi" }, "", 429, { "retry-after": "7" });
    expect(sent).toMatchObject({ reason: "rate_limited", more: { retryAfterSeconds: 7 } });
  });

  it.each(["{}", "[]", "no JSON", '{"status":0,"status_message":"ok"}', '{"status":"0","message_token":1}'])(
    "is unclear after an answer like %s",
    async (answer) => {
      expect((await send({ text: "Hi" }, answer)).sent).toMatchObject({ reason: "unclear" });
    },
  );
});
