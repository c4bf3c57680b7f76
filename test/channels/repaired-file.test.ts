import { repairedFile } from "../../src/channels/repaired-file";

const bytes = (latin: string) => Buffer.from(latin.padEnd(40, "\0"), "latin1");
const JPEG = bytes("\xff\xd8\xff\xe0\0\x10JFIF");
const PNG = bytes("\x89PNG\r\n\x1a\n");
const TEXT = Buffer.from("Just some words of a customer");
const UNKNOWN = bytes("\x01\x02\x03\x04");

const repaired = (head: Buffer, contentType: string, filename?: string, size = 1000) =>
  repairedFile(
    head,
    { contentType, size, ...(filename === undefined ? {} : { filename }) },
    { channel: "telegram", direction: "fromCustomer" },
  );

it.each([
  ["stays as it is", JPEG, "image/jpeg", "lamp.jpg", "image/jpeg", "lamp.jpg"],
  ["is what its bytes show, not what its sender says", PNG, "image/jpeg", "lamp.jpg", "image/png", "lamp.png"],
  ["is given a type where its sender knows none", JPEG, "application/octet-stream", "lamp", "image/jpeg", "lamp.jpg"],
  [
    "is just bytes when it shows nothing of what was said",
    UNKNOWN,
    "image/jpeg",
    "a.bin",
    "application/octet-stream",
    "a.bin",
  ],
  ["keeps another ending of the same type", JPEG, "image/jpeg", "lamp.JPEG", "image/jpeg", "lamp.jpeg"],
  ["keeps the type that only its sender can know", TEXT, "text/vcard", "ana.vcf", "text/vcard", "ana.vcf"],
  ["has no path in its name", JPEG, "image/jpeg", "../../etc/lamp.jpg", "image/jpeg", "lamp.jpg"],
  ["has no path of Windows in its name", JPEG, "image/jpeg", "C:\\x\\lamp.jpg", "image/jpeg", "lamp.jpg"],
  ["has one line as its name", JPEG, "image/jpeg", "la\r\nmp\u202e.jpg", "image/jpeg", "lamp.jpg"],
  ["has a name", JPEG, "image/jpeg", ".jpg", "image/jpeg", "file.jpg"],
])("a file %s", (_, head, declared, name, contentType, filename) => {
  expect(repaired(head, declared, name)).toEqual({ ok: true, file: { contentType, filename, size: 1000 } });
});

it("a file without a name is given none", () => {
  expect(repaired(JPEG, "image/png")).toEqual({ ok: true, file: { contentType: "image/jpeg", size: 1000 } });
});

it("a name that does not end is cut, with its ending left", () => {
  const { file } = { file: undefined, ...repaired(JPEG, "image/jpeg", `${"a".repeat(500)}.jpg`) };
  expect(file?.filename).toBe(`${"a".repeat(100)}.jpg`);
});

it.each([
  ["a program, whatever it is called", bytes("MZ\x90\0\x03"), "image/jpeg", "lamp.jpg", "program"],
  ["a script that passes for text", Buffer.from("#!/bin/sh\nrm -rf /"), "text/plain", "a.txt", "program"],
  ["a page that passes for text", Buffer.from("<html><script>"), "text/plain", "a.txt", "active_content"],
  ["text that a computer would run by its name", TEXT, "text/plain", "run.js", "dangerous_type"],
  ["a picture that a computer would run by its name", JPEG, "image/jpeg", "lamp.exe", "dangerous_type"],
  ["nothing", Buffer.alloc(0), "image/jpeg", "lamp.jpg", "empty_file"],
])("%s is refused", (_, head, declared, name, reason) => {
  expect(repaired(head, declared, name)).toMatchObject({ ok: false, reason });
});

it("a file beyond what the channel takes is refused", () => {
  expect(repaired(JPEG, "image/jpeg", "lamp.jpg", 500 * 1024 * 1024)).toMatchObject({
    ok: false,
    reason: "file_too_big",
  });
});
