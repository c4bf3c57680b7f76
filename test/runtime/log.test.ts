import { createLogger, newRequestId } from "../../src/runtime/log";

function logged(fields: Record<string, string | number | boolean | undefined>): Record<string, unknown> {
  const lines: string[] = [];
  createLogger({}, (line) => lines.push(line)).info("event", fields);
  return JSON.parse(lines.join("")) as Record<string, unknown>;
}

describe("a log line", () => {
  it.each([
    ["a SID", `CH${"a".repeat(32)}`],
    ["a number", 201],
    ["a truth", true],
    ["a word of ours", "message_added"],
    ["a request id", newRequestId()],
  ])("may say %s", (_, value) => {
    expect(logged({ value }).value).toBe(value);
  });

  it.each([
    ["a phone number", "+15550101234"],
    ["an address with a scheme", "whatsapp:+15550101234"],
    ["a sentence", "my lamp is broken"],
    ["a mail address", "ana@example.com"],
    ["a token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"],
    ["a secret of hex digits", "00000000000000000000000000000001"],
    ["a URL with a key in it", "https://example.com/?key=abc"],
    ["an emoji", "👋"],
  ])("never says %s, whatever field it is put in", (_, value) => {
    expect(logged({ value }).value).toBe("[redacted]");
  });

  it("leaves out what is not set", () => {
    expect(logged({ value: undefined })).toEqual({ level: "info", event: "event" });
  });
});
