import type { RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import { viber } from "../../../src/channels/viber/viber";
import { deadlineIn } from "../../../src/runtime/deadline";
import { answeredBy } from "../../twilio/hostile-server";
import { TOKEN } from "./use-callbacks";

const MB = 1024 * 1024;
const LINK = "https://dl-media.viber.com/10/media/a.jpg?Expires=1";
const variables = { VIBER_AUTH_TOKEN: TOKEN, VIBER_SENDER_NAME: "Bike Shop" };

/** Opens a file at a Viber that answers so, and reads it to its end. */
async function open(
  reference: string,
  answer: RequestListener,
  { size, ms = 5000 }: { size?: number; ms?: number } = {},
) {
  const headers: unknown[] = [];
  const media: RequestListener = (request, response) => {
    headers.push(request.headers);
    answer(request, response);
  };
  return answeredBy({ "dl-media.viber.com": media, "viber.com": media }, async (seen) => {
    const connection = viber.connect(variables, deadlineIn(ms));
    const opened = connection.openFile({ reference, size });
    const result = await opened
      .then(
        async (file) => ({ size: file.size, bytes: await buffer(file.content) }),
        (error: unknown) => error,
      )
      .catch((error: unknown) => error);
    return { result, seen, headers };
  });
}

const answers =
  (status: number, body: string | Buffer = "", headers = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

describe("a user's file", () => {
  it("comes as it is, with its size, and no secret of ours is told for it", async () => {
    const { result, headers } = await open(LINK, answers(200, "picture", { "content-length": 7 }));
    expect(result).toEqual({ size: 7, bytes: Buffer.from("picture") });
    expect(JSON.stringify(headers)).not.toContain(TOKEN);
  });

  it.each([
    "http://dl-media.viber.com/a.jpg",
    "https://viber.com.example.com/a.jpg",
    "https://notviber.com/a.jpg",
    "https://dl-media.viber.com:8443/a.jpg",
    "https://user@dl-media.viber.com/a.jpg",
    "https://dl-media.viber.com@169.254.169.254/a.jpg",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/a.jpg",
    "https://localhost/a.jpg",
    "https://dl-media.viber.com./a.jpg",
    "https://dl_media.viber.com/a.jpg",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "//dl-media.viber.com/a.jpg",
    "a.jpg",
    "",
  ])("is not asked for elsewhere than at Viber: %s", async (reference) => {
    const { result, seen } = await open(reference, answers(200, "secret"));
    expect(result).toMatchObject({ code: "file_failed", reason: "foreign_host" });
    expect(seen).toEqual([]);
  });

  it.each(["https://169.254.169.254/", "https://dl-media.viber.com/b.jpg"])(
    "is not followed to %s",
    async (location) => {
      const { result, seen } = await open(LINK, answers(302, "", { location }));
      expect(result).toMatchObject({ reason: "foreign_host" });
      expect(seen).toHaveLength(1);
    },
  );

  it.each([
    [404, "gone"],
    [410, "gone"],
    [403, "unavailable"],
    [500, "unavailable"],
  ])("is answered %i: %s", async (status, reason) => {
    expect((await open(LINK, answers(status))).result).toMatchObject({ reason });
  });

  it("is not asked for when its sender says that it is too big", async () => {
    const { result, seen } = await open(LINK, answers(200, "x"), { size: 150 * MB + 1 });
    expect(result).toMatchObject({ reason: "too_big" });
    expect(seen).toEqual([]);
  });

  it("is not read when Viber says that it is too big", async () => {
    const huge: RequestListener = (_, response) =>
      void response.writeHead(200, { "content-length": 150 * MB + 1 }).write("x");
    expect((await open(LINK, huge)).result).toMatchObject({ reason: "too_big" });
  });

  it("is given up when it comes too slowly", async () => {
    const slow: RequestListener = (_, response) => void response.writeHead(200).write("x");
    expect((await open(LINK, slow, { ms: 200 })).result).toMatchObject({ reason: "unavailable" });
  });

  it("is given up when it breaks off", async () => {
    const broken: RequestListener = (request, response) => {
      response.writeHead(200, { "content-length": 100 }).write("half");
      setImmediate(() => request.socket.destroy());
    };
    expect((await open(LINK, broken)).result).toMatchObject({ reason: "unavailable" });
  });

  it("is given up when it never ends", async () => {
    const endless: RequestListener = (_, response) => {
      const piece = Buffer.alloc(MB);
      const more = () => {
        while (!response.destroyed && response.write(piece));
      };
      response
        .writeHead(200)
        .on("drain", more)
        .on("error", () => undefined);
      more();
    };
    expect((await open(LINK, endless, { ms: 15_000 })).result).toMatchObject({ reason: "too_big" });
  });
});
