import { ACTIVE_CONTENT, FILE_TYPES, type FileTypeName, PROGRAMS, plainContentType, typeOfContent } from "./file-types";
import { zipType } from "./zip-type";

export type SniffReason = "empty_file" | "too_short" | "program" | "active_content" | "type_differs";

/** `contentType` is what to declare from here on. */
export type SniffVerdict = { ok: true; contentType: string } | { ok: false; reason: SniffReason; words: string };

/** Shorter than any header that tells a type. */
const SHORTEST = 12;
const HEAD = 4096;

/**
 * Signatures: https://mimesniff.spec.whatwg.org and https://en.wikipedia.org/wiki/List_of_file_signatures, dots for any
 * byte. Written here because only a few types matter and most of them need a second look: the library that knows them
 * all is larger than what it would replace.
 */
const SIGNATURES: readonly (readonly [FileTypeName, string])[] = [
  ["jpeg", "\xff\xd8\xff"],
  ["png", "\x89PNG\r\n\x1a\n"],
  ["gif", "GIF87a"],
  ["gif", "GIF89a"],
  ["webp", "RIFF....WEBP"],
  ["wav", "RIFF....WAVE"],
  ["avi", "RIFF....AVI "],
  ["bmp", "BM....\0\0\0\0"],
  ["tiff", "II*\0"],
  ["tiff", "MM\0*"],
  ["pdf", "%PDF-"],
  ["amr", "#!AMR"],
  ["mp3", "ID3"],
  ["ogg", "OggS"],
  ["webm", "\x1a\x45\xdf\xa3"],
  ["rtf", "{\\rtf"],
  ["ole", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
  ["gzip", "\x1f\x8b"],
  ["7z", "7z\xbc\xaf\x27\x1c"],
  ["rar", "Rar!\x1a\x07"],
  ["elf", "\x7fELF"],
  ["macho", "\xfe\xed\xfa\xce"],
  ["macho", "\xfe\xed\xfa\xcf"],
  ["macho", "\xce\xfa\xed\xfe"],
  ["macho", "\xcf\xfa\xed\xfe"],
  ["jar", "\xca\xfe\xba\xbe"],
  ["apk", "dex\n"],
];

/** Brands of `ftyp` boxes, https://mp4ra.org; one that is not here is some mp4. */
const BRANDS: readonly (readonly [FileTypeName, RegExp])[] = [
  ["heic", /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)/],
  ["avif", /^(avif|avis)/],
  ["m4a", /^(M4A|M4B|F4A)/],
  ["mov", /^qt/],
  ["3gp", /^3g/],
];

/** The type that bytes show, or undefined where they show none. */
export function sniff(bytes: Uint8Array): FileTypeName | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD));
  const latin = head.toString("latin1");
  return (
    zipType(bytes) ??
    SIGNATURES.find(([, signature]) => matches(latin, signature))?.[0] ??
    mediaBox(latin) ??
    audioFrame(head) ??
    (isText(head) ? textType(head) : latin.startsWith("MZ") ? "exe" : undefined)
  );
}

/** Compares what a file is declared to be with what it is. Bytes that show nothing may be anything that shows nothing. */
export function sniffVerdict(bytes: Uint8Array, declaredType: string): SniffVerdict {
  if (bytes.length === 0) return refused("empty_file", "The file is empty.");
  const found = sniff(bytes);
  const declared = typeOfContent(declaredType);
  if (found && PROGRAMS.includes(found)) return refused("program", "The file is a program or a script.");
  if (found && ACTIVE_CONTENT.includes(found)) {
    return refused("active_content", "The file is a web page or an SVG drawing, which may hold a script.");
  }
  if (found === declared || (found && canBe(found, declared))) {
    return { ok: true, contentType: declared ? plainContentType(declaredType) : contentTypeOf(found) };
  }
  if (!declared) return { ok: true, contentType: contentTypeOf(found) };
  if (bytes.length < SHORTEST) return refused("too_short", "The file is too short to tell what it is.");
  return refused(
    "type_differs",
    `The file is declared as ${declaredType} but is ${found ? contentTypeOf(found) : "not"}.`,
  );
}

/** Containers and plain text carry types of their own; the two kinds of mp4 differ by what plays, not by their bytes. */
const SAME_BYTES: Partial<Record<FileTypeName, readonly FileTypeName[]>> = {
  zip: ["docx", "xlsx", "pptx", "odt", "ods", "odp"],
  mp4: ["m4a", "mov", "3gp"],
  m4a: ["mp4"],
  "3gp": ["mp4"],
  txt: ["vcf"],
};

function canBe(found: FileTypeName, declared: FileTypeName | undefined): boolean {
  return declared !== undefined && (SAME_BYTES[found]?.includes(declared) ?? false);
}

/** How we declare a type; what shows none is just bytes. */
export const contentTypeOf = (type: FileTypeName | undefined) =>
  type ? FILE_TYPES[type].contentTypes[0] : "application/octet-stream";

const matches = (latin: string, signature: string) =>
  latin.length >= signature.length && [...signature].every((byte, at) => byte === "." || latin[at] === byte);

/** mp4 and its relatives, https://www.iso.org/standard/83102.html; QuickTime files of old begin with another box. */
function mediaBox(latin: string): FileTypeName | undefined {
  const box = latin.slice(4, 8);
  if (box === "ftyp") return BRANDS.find(([, brand]) => brand.test(latin.slice(8, 12)))?.[0] ?? "mp4";
  return latin.startsWith("\0") && ["moov", "mdat", "wide", "free"].includes(box) ? "mov" : undefined;
}

/** An mp3 without tags begins with a frame of MPEG layer III; layer 0 is AAC: https://mimesniff.spec.whatwg.org/#signature-for-mp3-without-id3 */
function audioFrame(head: Buffer): FileTypeName | undefined {
  const [first = 0, second = 0, third = 0] = head;
  if (first !== 0xff || (second & 0xe0) !== 0xe0 || (second & 0x18) === 0x08) return undefined;
  const layer = (second >> 1) & 3;
  if (layer === 0 && (second & 0xf0) === 0xf0) return "aac";
  return layer === 1 && third >> 4 !== 0x0f && third >> 4 !== 0 && ((third >> 2) & 3) !== 3 ? "mp3" : undefined;
}

const UTF_16 = ["\xff\xfe", "\xfe\xff"];

/** Text has no control characters but those of lines: https://mimesniff.spec.whatwg.org/#binary-data-byte */
function isText(head: Buffer): boolean {
  if (head.length === 0) return false;
  if (UTF_16.includes(head.toString("latin1", 0, 2))) return true;
  return !head.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte));
}

function textType(head: Buffer): FileTypeName {
  const text = decoded(head).replace(/^[\s\ufeff]+/, "");
  if (/^#!/.test(text)) return "script";
  if (/^BEGIN:VCARD/i.test(text)) return "vcf";
  if (/^(<\?xml|<!--|<!doctype svg)/i.test(text) && /<svg[\s>/]/i.test(text)) return "svg";
  if (/^<svg[\s>/]/i.test(text)) return "svg";
  return PAGE.test(text) || (/^<(\?xml|!--)/.test(text) && /<(html|script)[\s>]/i.test(text)) ? "html" : "txt";
}

/** https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type */
const PAGE =
  /^<(!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link|img|object|embed)[\s>/]/i;

function decoded(head: Buffer): string {
  const mark = head.toString("latin1", 0, 2);
  if (mark === "\xff\xfe") return head.toString("utf16le");
  if (mark === "\xfe\xff")
    return Buffer.from(head.subarray(0, head.length & ~1))
      .swap16()
      .toString("utf16le");
  return head.toString("utf8");
}

const refused = (reason: SniffReason, words: string): SniffVerdict => ({ ok: false, reason, words });
