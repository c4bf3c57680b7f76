import { attachmentVerdict, bytesFor, isShown } from "../../src/channels/attachment-verdict";
import { CHANNELS, type Direction } from "../../src/channels/channel";
import { isCustomChannel } from "../../src/channels/custom-identity";
import { FILE_TYPES, type FileTypeName } from "../../src/channels/file-types";
import { fileLimits, LIMITS } from "../../src/channels/limits";

const TWILIO = /^https:\/\/www\.twilio\.com\/docs\//;
const DIRECTIONS: readonly Direction[] = ["toCustomer", "fromCustomer"];
const TYPES = Object.keys(FILE_TYPES) as FileTypeName[];

/** Every channel, direction and type, with what the table says of it; those that take files at all. */
const ROWS = CHANNELS.flatMap((channel) =>
  DIRECTIONS.flatMap((direction) => {
    const limits = fileLimits(channel, direction);
    if (!limits) return [];
    return TYPES.map((type) => {
      const { contentTypes, extensions } = FILE_TYPES[type];
      const file = { contentType: contentTypes[0], filename: `file.${extensions[0]}`, size: 1000 };
      const most = bytesFor(limits, file);
      const accepted = limits.types === "any" || limits.types.includes(type);
      return { channel, direction, type, file, most, accepted, limits };
    });
  }),
);
const DANGEROUS: readonly FileTypeName[] = ["exe", "elf", "macho", "script", "apk", "jar", "msi", "html", "svg"];
const ACCEPTED = ROWS.filter(({ accepted, type }) => accepted && !DANGEROUS.includes(type));

const reasonOf = (...asked: Parameters<typeof attachmentVerdict>) => {
  const verdict = attachmentVerdict(...asked);
  return verdict.ok ? "ok" : verdict.reason;
};

describe("files at, just below and just above each limit", () => {
  it.each(ACCEPTED)("$channel $direction takes $type up to $most bytes", ({ channel, direction, file, most }) => {
    const verdicts = [1, most - 1, most, most + 1].map((size) => reasonOf(channel, direction, { ...file, size }));
    expect(verdicts).toEqual(["ok", "ok", "ok", "file_too_big"]);
  });

  it.each(ROWS.filter(({ accepted, type }) => !accepted && !DANGEROUS.includes(type)))(
    "$channel $direction takes no $type",
    ({ channel, direction, file }) => {
      expect(reasonOf(channel, direction, file)).toBe("type_not_accepted");
    },
  );

  it.each(ROWS.filter(({ type }) => DANGEROUS.includes(type)))(
    "$channel $direction never takes $type, not even by name alone",
    ({ channel, direction, file }) => {
      expect(reasonOf(channel, direction, file)).toBe("dangerous_type");
      expect(reasonOf(channel, direction, { ...file, contentType: "image/png" })).toBe("dangerous_type");
    },
  );

  it.each(ROWS.filter(({ type }) => type === "jpeg"))(
    "$channel $direction counts files and their bytes in all",
    ({ channel, direction, file, limits }) => {
      const { most, bytesInAll } = limits;
      const counted = [most, most + 1].map((count) => reasonOf(channel, direction, file, { count }));
      const summed = [bytesInAll, bytesInAll + 1].map((sum) => reasonOf(channel, direction, file, { bytesInAll: sum }));
      expect([...counted, ...summed]).toEqual(["ok", "too_many_files", "ok", "files_too_big"]);
    },
  );
});

describe("a verdict", () => {
  const photo = { contentType: "image/jpeg", filename: "photo.jpg", size: 1000 };

  it("tells an agent the size that was meant, not one rounded down to what fits", () => {
    expect(attachmentVerdict("whatsapp", "toCustomer", { ...photo, size: 5 * 1024 * 1024 + 1 })).toEqual({
      ok: false,
      reason: "file_too_big",
      words: "The file has 5.01 MB; WhatsApp takes up to 5 MB.",
    });
  });

  it("names what may be sent instead", () => {
    expect(attachmentVerdict("sms", "toCustomer", { contentType: "text/plain", size: 1 })).toMatchObject({
      words: "SMS does not take text/plain. It takes jpg, png, mp3, amr, mp4, pdf.",
    });
  });

  it("refuses files to phones outside of the United States by SMS, and by no other channel", () => {
    const customer = "+420777123456";
    expect(reasonOf("sms", "toCustomer", photo, { customer })).toBe("country");
    expect(reasonOf("sms", "toCustomer", photo, { customer: "+15550101234" })).toBe("ok");
    expect(reasonOf("whatsapp", "toCustomer", photo, { customer: `whatsapp:${customer}` })).toBe("ok");
  });

  it("refuses a text that nobody would see beside its file, on WhatsApp alone", () => {
    const bill = { contentType: "application/pdf", size: 1000 };
    expect(reasonOf("whatsapp", "toCustomer", bill, { withText: true })).toBe("text_not_shown");
    expect(reasonOf("whatsapp", "toCustomer", bill)).toBe("ok");
    expect(reasonOf("whatsapp", "toCustomer", photo, { withText: true })).toBe("ok");
    expect(reasonOf("sms", "toCustomer", bill, { withText: true })).toBe("ok");
  });

  it("refuses an empty file, and one whose name and type differ", () => {
    expect(reasonOf("chat", "toCustomer", { ...photo, size: 0 })).toBe("empty_file");
    expect(reasonOf("chat", "toCustomer", { ...photo, filename: "photo.pdf" })).toBe("name_and_type_differ");
  });

  it("asks for no name, and reads a type whatever its case and parameters", () => {
    expect(reasonOf("chat", "toCustomer", { contentType: "Image/JPEG; q=1", size: 1 })).toBe("ok");
    expect(reasonOf("chat", "toCustomer", { ...photo, filename: "PHOTO.JPEG" })).toBe("ok");
  });
});

describe("the table", () => {
  it("takes files on every channel of Twilio's and on Telegram and Viber, both ways", () => {
    const taking = new Set(ROWS.map(({ channel, direction }) => `${channel} ${direction}`));
    for (const channel of ["sms", "mms", "whatsapp", "messenger", "chat", "telegram", "viber"]) {
      for (const direction of DIRECTIONS) expect(taking).toContain(`${channel} ${direction}`);
    }
  });

  it.each(CHANNELS)("says where its numbers for %s stand", (channel) => {
    for (const { pages } of Object.values(LIMITS[channel])) {
      for (const page of pages) expect(page).toMatch(isCustomChannel(channel) ? /^https:\/\/[\w.-]+\// : TWILIO);
      expect(pages).not.toEqual([]);
    }
  });

  it("shows pictures in the chat up to a size, and sends the rest as files", () => {
    const picture = (size: number) => ({ contentType: "image/png", size });
    const MB = 1024 * 1024;
    expect([MB, MB + 1].map((size) => isShown("viber", picture(size)))).toEqual([true, false]);
    expect([10 * MB, 10 * MB + 1].map((size) => isShown("telegram", picture(size)))).toEqual([true, false]);
    expect(isShown("viber", { contentType: "image/gif", size: 1 })).toBe(false);
  });
});
