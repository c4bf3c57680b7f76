import { FILE_TYPES, type FileTypeName } from "../../src/channels/file-types";
import type { SentFile } from "../../src/simulator/conversations/inbound-media";

/** How files of each type begin. */
const HEADS: Readonly<Record<FileTypeName, string>> = {
  jpeg: "\xff\xd8\xff\xe0\0\x10JFIF\0",
  png: "\x89PNG\r\n\x1a\n",
  gif: "GIF89a",
  webp: "RIFF\x24\0\0\0WEBPVP8 ",
  heic: "\0\0\0\x18ftypheic\0\0\0\0",
  avif: "\0\0\0\x18ftypavif\0\0\0\0",
  bmp: "BM\x46\0\0\0\0\0\0\0",
  tiff: "II*\0\x08",
  svg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
  amr: "#!AMR\n",
  mp3: "ID3\x04\0\0",
  ogg: `OggS${"\0".repeat(24)}OpusHead`,
  aac: "\xff\xf1\x50\x80",
  m4a: "\0\0\0\x18ftypM4A \0\0\0\0",
  wav: "RIFF\x24\0\0\0WAVEfmt ",
  mp4: "\0\0\0\x18ftypisom\0\0\0\0",
  mov: "\0\0\0\x14ftypqt  \0\0\0\0",
  "3gp": "\0\0\0\x18ftyp3gp4\0\0\0\0",
  webm: "\x1a\x45\xdf\xa3\x9fB\x86",
  avi: "RIFF\x24\0\0\0AVI LIST",
  pdf: "%PDF-1.7\n",
  txt: "The lamp does not shine.",
  html: "<!DOCTYPE html><p>lamp",
  vcf: "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nEND:VCARD\n",
  rtf: "{\\rtf1\\ansi}",
  docx: zipOf("word/document.xml"),
  xlsx: zipOf("xl/workbook.xml"),
  pptx: zipOf("ppt/presentation.xml"),
  odt: openDocument("text"),
  ods: openDocument("spreadsheet"),
  odp: openDocument("presentation"),
  ole: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
  zip: zipOf("holiday.jpg"),
  gzip: "\x1f\x8b\x08",
  "7z": "7z\xbc\xaf\x27\x1c",
  rar: "Rar!\x1a\x07\x01\0",
  exe: "MZ\x90\0\x03",
  elf: "\x7fELF\x02\x01\x01",
  macho: "\xcf\xfa\xed\xfe\x07",
  script: "#!/bin/sh\n",
  apk: zipOf("AndroidManifest.xml"),
  jar: zipOf("META-INF/MANIFEST.MF"),
  msi: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
};

/** Filled up with blanks, which no text is harmed by. */
const BLANK = 0x20;

export const ALL_TYPES = Object.keys(FILE_TYPES) as FileTypeName[];

/** A file of that type and size that begins as such files do, with a name and a type that say so. */
export function realFile(type: FileTypeName, size = 200): SentFile & { filename: string } {
  const { contentTypes, extensions } = FILE_TYPES[type];
  const text = /^[\s\x21-\x7e]*$/.test(HEADS[type]);
  const content = Buffer.alloc(size, text ? BLANK : 0);
  content.write(HEADS[type], "latin1");
  return { contentType: contentTypes[0], filename: `file.${extensions[0]}`, content };
}

/** A zip of one empty file, without the directory at its end. */
function zipOf(name: string): string {
  const header = Buffer.alloc(30);
  header.write("PK\x03\x04", "latin1");
  header.writeUInt16LE(name.length, 26);
  return header.toString("latin1") + name;
}

function openDocument(kind: string): string {
  return `${zipOf("mimetype")}application/vnd.oasis.opendocument.${kind}`;
}
