import type { FileTypeName } from "../../src/channels/file-types";
import { applyHooks } from "../../src/deploy/apply-hooks";
import type { SentFile } from "../../src/simulator/conversations/inbound-media";
import { useContactCentre } from "../support/contact-centre";
import { FILE_CHANNELS, type FileChannel, fileTalks, MB, type Talk } from "../support/file-talks";
import { ALL_TYPES, realFile } from "../support/real-files";

const centre = useContactCentre({ processes: 1 });
const { talk } = fileTalks(centre);

const REFUSED = { status: 403, code: 50056 };
const DANGEROUS = "exe elf macho script apk jar msi html svg".split(" ");
/** Where nothing is checked, the channel alone decides. */
const UNCHECKED = ["gif", "webp", "heic", "aac", "mov", "docx", "vcf", "txt", "zip", "exe"] as const;

interface Channel {
  /** What we let an agent send. */
  sent: string;
  /** What the channel takes where nothing is checked before, and its word for all else. */
  taken: string | "all";
  error?: number;
  /** Types by the size that holds for them: ours, and the channel's own. */
  sizes: readonly { type: FileTypeName; ours: number; theirs?: number }[];
}

/** https://www.twilio.com/docs/flex/developer/conversations/limits, and the pages that channel-files.ts follows. */
const CHANNELS: Readonly<Record<FileChannel, Channel>> = {
  sms: {
    sent: "jpeg png mp3 amr mp4 pdf",
    taken: "jpeg png mp3 amr mp4 pdf",
    error: 12300,
    sizes: [{ type: "jpeg", ours: 2 * MB, theirs: 5 * MB - 1 }],
  },
  whatsapp: {
    sent: "jpeg png amr mp3 mp4 pdf ogg",
    taken: "jpeg png amr mp3 mp4 pdf ogg webp aac docx xlsx pptx vcf",
    error: 63021,
    sizes: [
      { type: "png", ours: 5 * MB, theirs: 5 * MB },
      { type: "mp4", ours: 16 * MB, theirs: 16 * MB },
    ],
  },
  messenger: {
    sent: "jpeg png mp3 mp4 pdf",
    taken: "all",
    sizes: [{ type: "mp4", ours: 25 * MB, theirs: 25 * MB }],
  },
  web: { sent: "jpeg png amr mp3 mp4 pdf heic txt gif", taken: "all", sizes: [{ type: "pdf", ours: 16 * MB }] },
};
const has = (types: string, type: FileTypeName) => types === "all" || types.split(" ").includes(type);

const checked = (on: boolean) =>
  applyHooks(centre.twilio, centre.simulator.account.functionsDomain, { beforeMessage: on });
const failureOnTask = () => centre.tasks()[0]?.attributes.deliveryFailure;
/** The hook's reason, from our log, and forgets it. */
function reason(): string | undefined {
  const lines = centre.simulator.log.entries.filter(
    ({ kind, name }) => kind === "output" && name.includes("message_refused"),
  );
  centre.simulator.log.clear();
  return /"code":"(\w+)"/.exec(lines.at(-1)?.name ?? "")?.[1];
}

/** The customer has the very bytes, and nothing else since. */
async function arrives(chat: Talk, file: SentFile, before: number): Promise<boolean> {
  const since = (await chat.received()).slice(before);
  return since.length === 1 && since[0]?.files.length === 1 && (since[0].files[0]?.equals(file.content) ?? false);
}

/** How it ended: `arrived`, the code that Message and Task give with a remedy, or the hook's reason. */
async function outcome(chat: Talk, file: SentFile): Promise<string | number> {
  const before = { received: (await chat.received()).length, messages: chat.messages().length };
  const refusal = await chat.replies("", file);
  if (refusal) {
    expect(refusal).toEqual(REFUSED);
    expect(chat.messages()).toHaveLength(before.messages);
    expect(await chat.received()).toHaveLength(before.received);
    return reason() ?? "without a reason";
  }
  const message = chat.messages().at(-1);
  const { delivery } = JSON.parse(message?.attributes ?? "{}") as {
    delivery?: { status: string; errorCode?: number; words?: string };
  };
  if (await arrives(chat, file, before.received)) {
    if (chat.customer.startsWith("webchat_")) return "arrived";
    return delivery?.status === "delivered" ? "arrived" : `arrived as ${delivery?.status}`;
  }
  expect(await chat.received()).toHaveLength(before.received);
  expect(delivery).toMatchObject({ status: "failed", words: expect.stringContaining("Send ") });
  expect(failureOnTask()).toEqual({ messageSid: message?.sid, ...delivery });
  return delivery?.errorCode ?? "no code";
}

async function outcomes(chat: Talk, types: readonly FileTypeName[]) {
  const all: Record<string, string | number> = {};
  for (const type of types) {
    all[type] = await outcome(chat, realFile(type));
    await centre.simulator.advance(1);
  }
  return all;
}

async function sized(chat: Talk, type: FileTypeName, limit: number) {
  const ends: (string | number)[] = [];
  for (const size of [limit - 1, limit, limit + 1]) ends.push(await outcome(chat, realFile(type, size)));
  return ends;
}

beforeEach(async () => {
  // What a process remembers of Conversations is a minute old at most, and SIDs begin anew with each account.
  await centre.simulator.advance(61);
});

describe.each(FILE_CHANNELS)("an agent to a customer on %s", (channel) => {
  const { sent, taken, error, sizes } = CHANNELS[channel];

  it("checked before: each type arrives byte for byte, or is refused with a reason", async () => {
    await checked(true);
    const expected = ALL_TYPES.map((type) => [
      type,
      has(sent, type) ? "arrived" : DANGEROUS.includes(type) ? "dangerous_type" : "type_not_accepted",
    ]);
    expect(await outcomes(await talk(channel), ALL_TYPES)).toEqual(Object.fromEntries(expected));
  });

  it("checked before: at, just below and just above each size", async () => {
    await checked(true);
    const chat = await talk(channel);
    for (const { type, ours } of sizes) {
      expect(await sized(chat, type, ours)).toEqual(["arrived", "arrived", "file_too_big"]);
    }
  });

  it("unchecked: a file of each kind arrives byte for byte, or Message and Task say what to do", async () => {
    const expected = UNCHECKED.map((type) => [type, has(taken, type) ? "arrived" : error]);
    expect(await outcomes(await talk(channel, "webhook"), UNCHECKED)).toEqual(Object.fromEntries(expected));
  });

  it("unchecked: at, just below and just above each size of the channel's own", async () => {
    const chat = await talk(channel, "webhook");
    for (const { type, ours, theirs } of sizes) {
      if (!theirs) continue;
      // That one of the size we allow arrives, the test before has shown.
      if (theirs > ours) expect(await sized(chat, type, theirs)).toEqual(["arrived", "arrived", 11751]);
      else expect(await outcome(chat, realFile(type, theirs + 1))).toBe(11751);
    }
  });
});

describe("rich text beside files", () => {
  const BOLD: Readonly<Record<FileChannel, string>> = {
    sms: "This is important",
    whatsapp: "This is *important*",
    messenger: "This is important",
    web: "This is **important**",
  };
  const photo = realFile("jpeg");
  const bill = realFile("pdf");

  it.each(FILE_CHANNELS)("on %s text, file, text arrive in the order in which they were sent", async (channel) => {
    await checked(true);
    const chat = await talk(channel);
    await chat.replies("This is **important**");
    await chat.replies("", bill);
    await chat.replies("", photo);
    await chat.replies("**Bye**");
    const received = await chat.received();
    expect(received.map(({ body }) => body)).toEqual([
      BOLD[channel],
      "",
      "",
      BOLD[channel].replace("This is ", "").replace("important", "Bye"),
    ]);
    expect(received.flatMap(({ files }) => files)).toEqual([bill.content, photo.content]);
  });

  it.each(FILE_CHANNELS)("on %s a text in one Message with a photo is read beside it", async (channel) => {
    await checked(true);
    const chat = await talk(channel);
    await chat.replies("This is **important**", photo);
    expect(await chat.received()).toEqual([{ body: BOLD[channel], files: [photo.content] }]);
  });

  it("on WhatsApp a text beside a document would not be seen: both are refused, and go one by one", async () => {
    await checked(true);
    const chat = await talk("whatsapp");
    expect(await chat.replies("Your bill", bill)).toEqual(REFUSED);
    expect(reason()).toBe("text_not_shown");
    expect(await chat.received()).toEqual([]);
    await chat.replies("Your bill");
    await chat.replies(" ", bill);
    expect(await chat.received()).toMatchObject([{ body: "Your bill" }, { files: [bill.content] }]);
  });
});
