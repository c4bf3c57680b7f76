import { filetypemime } from "magic-bytes.js";
import { FILE_TYPES, type FileTypeName } from "../../src/channels/file-types";
import { sniff, sniffVerdict } from "../../src/channels/sniff";
import { ALL_TYPES, realFile } from "../support/real-files";

const bytes = (latin: string) => Buffer.from(latin.padEnd(40, "\0"), "latin1");
const text = (content: string) => Buffer.from(content);
const box = (brand: string) => bytes(`\0\0\0\x20ftyp${brand}\0\0\0\0`);

/** A zip that holds empty files of these names, with no directory at its end. */
const zip = (...names: string[]) =>
  Buffer.concat(
    names.map((name) => {
      const header = Buffer.alloc(30);
      header.write("PK\x03\x04", "latin1");
      header.writeUInt16LE(name.length, 26);
      return Buffer.concat([header, Buffer.from(name)]);
    }),
  );

const openDocument = (kind: string) =>
  Buffer.concat([zip("mimetype"), text(`application/vnd.oasis.opendocument.${kind}`)]);

const FILES: readonly (readonly [string, Buffer, FileTypeName | undefined])[] = [
  ["jpeg", bytes("\xff\xd8\xff\xe0\0\x10JFIF"), "jpeg"],
  ["png", bytes("\x89PNG\r\n\x1a\n"), "png"],
  ["gif of 1987", bytes("GIF87a"), "gif"],
  ["gif of 1989", bytes("GIF89a"), "gif"],
  ["webp", bytes("RIFF\x24\0\0\0WEBPVP8 "), "webp"],
  ["wav", bytes("RIFF\x24\0\0\0WAVEfmt "), "wav"],
  ["avi", bytes("RIFF\x24\0\0\0AVI LIST"), "avi"],
  ["bmp", bytes("BM\x46\0\0\0\0\0\0\0"), "bmp"],
  ["tiff, little end first", bytes("II*\0\x08"), "tiff"],
  ["tiff, big end first", bytes("MM\0*\0"), "tiff"],
  ["heic", box("heic"), "heic"],
  ["heic sequence", box("hevc"), "heic"],
  ["heif of another kind", box("mif1"), "heic"],
  ["avif", box("avif"), "avif"],
  ["mp4", box("isom"), "mp4"],
  ["mp4 of a phone", box("mp42"), "mp4"],
  ["m4a", box("M4A "), "m4a"],
  ["mov", box("qt  "), "mov"],
  ["mov of old", bytes("\0\0\0\x08wide\0\0\0\0mdat"), "mov"],
  ["3gp", box("3gp4"), "3gp"],
  ["webm", bytes("\x1a\x45\xdf\xa3\x9fB\x86"), "webm"],
  ["ogg with opus", bytes(`OggS${"\0".repeat(24)}OpusHead`), "ogg"],
  ["amr", bytes("#!AMR\n\x3c"), "amr"],
  ["wide band amr", bytes("#!AMR-WB\n\x3c"), "amr"],
  ["mp3 with ID3", bytes("ID3\x04\0\0"), "mp3"],
  ["mp3 without tags", bytes("\xff\xfb\x90\x44"), "mp3"],
  ["aac", bytes("\xff\xf1\x50\x80"), "aac"],
  ["pdf", text("%PDF-1.7\n%âãÏÓ"), "pdf"],
  ["rtf", text("{\\rtf1\\ansi}"), "rtf"],
  ["docx", zip("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "docx"],
  ["xlsx", zip("[Content_Types].xml", "xl/workbook.xml"), "xlsx"],
  ["pptx", zip("[Content_Types].xml", "ppt/presentation.xml"), "pptx"],
  ["odt", openDocument("text"), "odt"],
  ["ods", openDocument("spreadsheet"), "ods"],
  ["odp", openDocument("presentation"), "odp"],
  ["apk", zip("AndroidManifest.xml", "classes.dex"), "apk"],
  ["jar", zip("META-INF/MANIFEST.MF"), "jar"],
  ["zip", zip("holiday.jpg"), "zip"],
  ["empty zip", bytes("PK\x05\x06"), "zip"],
  ["word of 97", bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "ole"],
  ["gzip, an animated sticker", bytes("\x1f\x8b\x08"), "gzip"],
  ["7z", bytes("7z\xbc\xaf\x27\x1c"), "7z"],
  ["rar", bytes("Rar!\x1a\x07\x01\0"), "rar"],
  ["Windows program", bytes("MZ\x90\0\x03"), "exe"],
  ["Linux program", bytes("\x7fELF\x02\x01\x01"), "elf"],
  ["Mac program", bytes("\xcf\xfa\xed\xfe\x07"), "macho"],
  ["Java class", bytes("\xca\xfe\xba\xbe\0\0"), "jar"],
  ["script", text("#!/bin/sh\nrm -rf x\n"), "script"],
  ["page", text("<!DOCTYPE html><p>x"), "html"],
  ["page behind space", text("\ufeff\n  <HTML><script>x</script>"), "html"],
  ["page in UTF-16", Buffer.from("\ufeff<html><body>x", "utf16le"), "html"],
  ["page behind a comment", text("<!-- x --><html><body>x"), "html"],
  ["svg", text('<svg xmlns="http://www.w3.org/2000/svg"/>'), "svg"],
  ["svg behind a prologue", text('<?xml version="1.0"?>\n<!-- x -->\n<svg onload="x"/>'), "svg"],
  ["contact", text("BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nEND:VCARD"), "vcf"],
  ["text", text("Hello, Žluťoučký 😀\n"), "txt"],
  ["text that begins as a Windows program does", text("MZ is a code"), "txt"],
  ["text that begins as a zip does", text("PK is a code"), "txt"],
  ["three bytes of nothing", Buffer.from([0, 1, 2]), undefined],
  ["noise", bytes("\x01\x02\x03\x04"), undefined],
  ["nothing", Buffer.alloc(0), undefined],
];

describe("the type of bytes", () => {
  it.each(FILES)("is found for %s", (_, content, type) => {
    expect(sniff(content)).toBe(type);
  });

  it.each(FILES)("is what others find too, where they know one: %s", (_, content, type) => {
    const theirs = filetypemime(content).flatMap((mime) => (isOurs(mime) ? [mime] : []));
    const ours: readonly string[] = type ? FILE_TYPES[type].contentTypes : [];
    const container: readonly string[] = ["application/zip", "video/mp4", "application/java-archive"];
    if (theirs.length > 0) expect(theirs.some((mime) => ours.includes(mime) || container.includes(mime))).toBe(true);
  });

  it("does not depend on where the bytes lie in memory", () => {
    const around = Buffer.concat([Buffer.from("MZ\0"), bytes("\x89PNG\r\n\x1a\n")]);
    expect(sniff(around.subarray(3))).toBe("png");
  });
});

const OURS: readonly string[] = Object.values(FILE_TYPES).flatMap(({ contentTypes }) => [...contentTypes]);
const isOurs = (mime: string) => OURS.includes(mime);

const PNG = bytes("\x89PNG\r\n\x1a\n");

/** Bytes, what they are declared as, and the answer. */
const VERDICTS: readonly (readonly [string, Buffer, string, string])[] = [
  ["an honest picture", PNG, "image/png", "image/png"],
  ["a picture of another kind", PNG, "image/jpeg", "type_differs"],
  ["a picture of unknown kind", PNG, "application/octet-stream", "image/png"],
  ["another word for the same type", bytes("\xff\xd8\xff\xe0"), "image/jpg", "image/jpg"],
  ["a page as a picture", text("<html><script>x"), "image/png", "active_content"],
  ["a page as a page", text("<html><script>x"), "text/html", "active_content"],
  ["a drawing", text("<svg/>"), "image/svg+xml", "active_content"],
  ["a program as a picture", bytes("MZ\x90\0\x03"), "image/png", "program"],
  ["a program as itself", bytes("\x7fELF\x02"), "application/x-executable", "program"],
  ["an Android program as a zip", zip("classes.dex"), "application/zip", "program"],
  [
    "an office file whose names are out of reach",
    zip("[Content_Types].xml"),
    FILE_TYPES.docx.contentTypes[0],
    FILE_TYPES.docx.contentTypes[0],
  ],
  [
    "an old office file",
    bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "application/vnd.ms-excel",
    "application/vnd.ms-excel",
  ],
  ["a film as a sound", box("isom"), "audio/mp4", "audio/mp4"],
  ["a voice message", bytes("OggS"), "audio/ogg; codecs=opus", "audio/ogg"],
  ["text as a picture", text("hello, this is text"), "image/png", "type_differs"],
  ["noise as a picture", bytes("\x01\x02\x03"), "image/png", "type_differs"],
  ["noise as noise", bytes("\x01\x02\x03"), "application/x-unknown", "application/octet-stream"],
  ["a picture cut off", Buffer.from([0x89, 0x50]), "image/png", "too_short"],
  ["a short text", text("ok"), "text/plain", "text/plain"],
  ["nothing", Buffer.alloc(0), "text/plain", "empty_file"],
];

it.each(VERDICTS)("%s is judged by its bytes", (_, content, declared, answer) => {
  const verdict = sniffVerdict(content, declared);
  expect(verdict.ok ? verdict.contentType : verdict.reason).toBe(answer);
});

it.each(ALL_TYPES)("a file that tests send as %s is one by its bytes", (type) => {
  // An installer is an office container of before 2007, as far as its first bytes tell.
  expect(sniff(realFile(type).content)).toBe(type === "msi" ? "ole" : type);
});
