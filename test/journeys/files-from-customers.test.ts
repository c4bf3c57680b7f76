import type { FileTypeName } from "../../src/channels/file-types";
import { applyHooks } from "../../src/deploy/apply-hooks";
import type { SentFile } from "../../src/simulator/conversations/inbound-media";
import type { MessageRow } from "../../src/simulator/conversations/rows";
import { useContactCentre } from "../support/contact-centre";
import { FILE_CHANNELS, type FileChannel, fileTalks, MB, type Talk } from "../support/file-talks";
import { ALL_TYPES, realFile } from "../support/real-files";

const centre = useContactCentre({ processes: 1 });
const { talk } = fileTalks(centre);

/** https://www.twilio.com/docs/flex/developer/conversations/limits */
const SHOWN: Readonly<Record<FileChannel, string>> = {
  sms: "jpeg png amr mp3 mp4 pdf heic",
  whatsapp: "jpeg png amr mp3 mp4 pdf heic txt gif ogg",
  messenger: "jpeg png mp3 mp4 pdf",
  web: "jpeg png amr mp3 mp4 pdf heic txt gif",
};
const isShown = (channel: FileChannel, type: FileTypeName) => SHOWN[channel].split(" ").includes(type);

/** What the agent finds of a file: its bytes by its link, and words on the Message where Flex may show nothing. */
async function found({ read }: Talk, message: MessageRow | undefined, { content }: SentFile) {
  const [media] = message?.media ?? [];
  const { file } = JSON.parse(message?.attributes ?? "{}") as { file?: { mediaSid: string; words: string } };
  const bytes = media ? await read(media.sid) : Buffer.alloc(0);
  if (file) expect(file).toMatchObject({ mediaSid: media?.sid, words: expect.stringContaining("Twilio keeps it") });
  return { files: message?.media.length, same: bytes.equals(content), size: media?.size, words: file !== undefined };
}

/** A Conversation takes thirty writes a second, and the words on a Message are one. */
const AT_ONCE = 14;

describe.each(FILE_CHANNELS)("a customer on %s", (channel) => {
  it.each([
    ["each type of file", "webhook", ALL_TYPES],
    ["a photo, a contact, a program", "flow", ["jpeg", "vcf", "exe"]],
  ] as const)("sends %s, at an address bound to a %s", async (_, binding, types) => {
    const chat = await talk(channel, binding);
    for (let from = 0; from < types.length; from += AT_ONCE) {
      for (const type of types.slice(from, from + AT_ONCE)) await chat.sends(realFile(type));
      await centre.simulator.advance(2);
    }
    const messages = chat.messages();
    const there = await Promise.all(
      types.map(async (type, at) => ({ type, ...(await found(chat, messages[at], realFile(type))) })),
    );
    const expected = types.map((type) => ({
      type,
      files: 1,
      same: true,
      size: 200,
      words: !isShown(channel, type),
    }));
    expect(there).toEqual(expected);
    expect(centre.tasks().map(({ status }) => status)).toEqual(["assigned"]);
  });
});

/** What Flex shows, what Twilio has but Flex may not show, and what never leaves the phone. */
type Becomes = "seen" | "there, with words" | "not sent";

const SIZES: readonly (readonly [FileChannel, FileTypeName, [number, Becomes][]])[] = [
  [
    "sms",
    "jpeg",
    [
      [2 * MB - 1, "seen"],
      [2 * MB, "seen"],
      [2 * MB + 1, "there, with words"],
      [5 * MB - 1, "there, with words"],
      [5 * MB, "there, with words"],
      [5 * MB + 1, "not sent"],
    ],
  ],
  ["whatsapp", "mp4", around(16 * MB, "not sent")],
  ["messenger", "mp4", around(25 * MB, "not sent")],
  ["web", "pdf", around(16 * MB, "there, with words")],
];

function around(limit: number, beyond: Becomes): [number, Becomes][] {
  return [
    [limit - 1, "seen"],
    [limit, "seen"],
    [limit + 1, beyond],
  ];
}

it.each(SIZES)("on %s a file (%s) at, just below and just above its limits: %j", async (channel, type, sizes) => {
  const chat = await talk(channel);
  for (const [size, becomes] of sizes) {
    const file = realFile(type, size);
    const before = chat.messages().length;
    if (becomes === "not sent") {
      await expect(chat.sends(file)).rejects.toMatchObject({ status: 400 });
      expect(chat.messages()).toHaveLength(before);
    } else {
      await chat.sends(file);
      await centre.simulator.settled();
      expect(chat.messages()).toHaveLength(before + 1);
      expect(await found(chat, chat.messages().at(-1), file)).toEqual({
        files: 1,
        same: true,
        size,
        words: becomes !== "seen",
      });
    }
  }
});

it("an MMS brings ten files, each of them there byte for byte", async () => {
  const chat = await talk("sms");
  const files = Array.from({ length: 10 }, (_, i) => realFile("jpeg", 1000 + i));
  await chat.sends(...files);
  await centre.simulator.settled();
  const [message] = chat.messages();
  const bytes = await Promise.all((message?.media ?? []).map(({ sid }) => chat.read(sid)));
  expect(bytes.map((one, i) => one.equals(files[i]?.content ?? Buffer.alloc(0)))).toEqual(Array(10).fill(true));
});

describe("a guest of a web chat whose messages are checked before they are published", () => {
  beforeEach(async () => {
    await applyHooks(centre.twilio, centre.simulator.account.functionsDomain, { beforeMessage: true });
  });

  /** What Twilio answers the page, whose file stands in the chat or does not. */
  async function becomes(chat: Talk, file: SentFile): Promise<"there" | "refused"> {
    const before = chat.messages().length;
    const error: unknown = await chat.sends(file).then(
      () => undefined,
      (refusal: unknown) => refusal,
    );
    expect(chat.messages()).toHaveLength(before + (error ? 0 : 1));
    if (!error) return "there";
    expect(error).toMatchObject({ status: 403, code: 50056 });
    return "refused";
  }

  it("sends what Flex shows, and learns at once of all else that it does not go", async () => {
    const chat = await talk("web");
    const ends: string[][] = [];
    for (const type of ALL_TYPES) {
      ends.push([type, await becomes(chat, realFile(type))]);
      await centre.simulator.advance(1);
    }
    expect(ends).toEqual(ALL_TYPES.map((type) => [type, isShown("web", type) ? "there" : "refused"]));
  });

  it("sends 16 MB and not a byte more", async () => {
    const chat = await talk("web");
    const ends: string[] = [];
    for (const size of [16 * MB - 1, 16 * MB, 16 * MB + 1]) ends.push(await becomes(chat, realFile("mp4", size)));
    expect(ends).toEqual(["there", "there", "refused"]);
  });
});
