import type { FileTypeName } from "./file-types";

/** Local headers and entries of the central directory: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const HEADERS = [
  { mark: Buffer.from("PK\x03\x04", "latin1"), nameLengthAt: 26, nameAt: 30 },
  { mark: Buffer.from("PK\x01\x02", "latin1"), nameLengthAt: 28, nameAt: 46 },
];
/** A zip begins with a file, is empty, or is one part of several. */
const STARTS = ["504b0304", "504b0506", "504b0708"];
const MOST_NAMES = 500;
const OPEN_DOCUMENT = /^mimetypeapplication\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)/;

/** What a zip is by the names inside it: office files, Android's and Java's programs are all zips. */
export function zipType(bytes: Uint8Array): FileTypeName | undefined {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!STARTS.includes(zip.toString("hex", 0, 4))) return undefined;
  const names = HEADERS.flatMap((header) => namesIn(zip, header));
  const has = (start: string) => names.some((name) => name.startsWith(start));
  if (has("AndroidManifest.xml") || has("classes.dex")) return "apk";
  if (has("META-INF/MANIFEST.MF")) return "jar";
  if (has("word/")) return "docx";
  if (has("xl/")) return "xlsx";
  if (has("ppt/")) return "pptx";
  return openDocument(zip) ?? "zip";
}

function namesIn(zip: Buffer, { mark, nameLengthAt, nameAt }: (typeof HEADERS)[number]): string[] {
  const names: string[] = [];
  for (let at = zip.indexOf(mark); at >= 0 && names.length < MOST_NAMES; at = zip.indexOf(mark, at + 4)) {
    if (at + nameAt > zip.length) break;
    const length = zip.readUInt16LE(at + nameLengthAt);
    names.push(zip.toString("latin1", at + nameAt, at + nameAt + length));
  }
  return names;
}

/** OpenDocument's first entry is stored as it is: its name, then the type itself. */
function openDocument(zip: Buffer): FileTypeName | undefined {
  const kind = OPEN_DOCUMENT.exec(zip.toString("latin1", 30, 120))?.[1];
  return kind === "text" ? "odt" : kind === "spreadsheet" ? "ods" : kind === "presentation" ? "odp" : undefined;
}
