import type { Channel } from "../../../src/channels/channel";
import { render } from "../../../src/channels/rich-text/render";
import { splitMessage } from "../../../src/channels/rich-text/write-rendered";

const parts = (channel: Channel, markdown: string, limit: number) =>
  splitMessage(render(channel, markdown), limit).map(({ text }) => text);

describe("a text that is too long", () => {
  it.each([
    [
      "between paragraphs",
      "First things come first.\nYes.\n\nThen all the rest of them.",
      ["First things come first.\nYes.", "Then all the rest of them."],
    ],
    [
      "between lines",
      "First things come first\nThen all the rest of them",
      ["First things come first", "Then all the rest of them"],
    ],
    [
      "between sentences",
      "First things come first. Then all the rest of them.",
      ["First things come first.", "Then all the rest of them."],
    ],
    [
      "between words",
      "First things come first then all the rest of them",
      ["First things come first then all", "the rest of them"],
    ],
  ])("is cut %s", (_, text, expected) => {
    expect(parts("sms", text, 32)).toEqual(expected);
  });

  it("never tears a URL that fits", () => {
    const url = "https://example.com/a/b?c=d";
    expect(parts("sms", `Please have a look at this (${url}) today`, 32)).toEqual([
      "Please have a look at this",
      `(${url})`,
      "today",
    ]);
  });

  it("tears a URL that alone is too long, and loses nothing of it", () => {
    const url = `https://example.com/${"a".repeat(60)}`;
    expect(parts("sms", url, 32).join("")).toBe(url);
  });

  it("never tears what a reader sees as one character", () => {
    const family = "👩‍👩‍👧";
    for (const part of parts("sms", family.repeat(12), 36)) expect(part).toMatch(new RegExp(`^(${family})+$`, "u"));
  });

  it("closes marks at the end of a part and opens them again", () => {
    expect(parts("whatsapp", "**First things come first then all the rest of them**", 34)).toEqual([
      "*First things come first then all*",
      "*the rest of them*",
    ]);
    expect(parts("whatsapp", `\`\`\`\n${"let a = 1;\n".repeat(4)}\`\`\``, 40)).toEqual([
      "```let a = 1;\nlet a = 1;\nlet a = 1;```",
      "```let a = 1;```",
    ]);
  });

  it("is quoted in every part", () => {
    expect(parts("viber", "> First things come first then all the rest of them", 34)).toEqual([
      "> First things come first then all",
      "> the rest of them",
    ]);
  });

  it("keeps its looks on Telegram, each counted within its own part", () => {
    expect(splitMessage(render("telegram", "First things **come first then all the** rest of them"), 32)).toEqual([
      { text: "First things come first then all", entities: [{ type: "bold", offset: 13, length: 19 }] },
      { text: "the rest of them", entities: [{ type: "bold", offset: 0, length: 3 }] },
    ]);
  });

  it("is measured in bytes where the limit is", () => {
    for (const part of parts("chat", "世界 ".repeat(30), 40)) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(40);
  });

  it("fits the channel unless told otherwise", () => {
    const lengths = (channel: Channel) =>
      splitMessage(render(channel, "word ".repeat(2000))).map(({ text }) => text.length);
    expect([lengths("sms")[0], lengths("telegram")[0], lengths("viber")[0]]).toEqual([1599, 4094, 6999]);
  });
});
