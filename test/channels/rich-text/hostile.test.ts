import type { Channel } from "../../../src/channels/channel";
import { escapeForFlex, toFlexMarkdown } from "../../../src/channels/rich-text/for-flex";
import { render } from "../../../src/channels/rich-text/render";
import { splitMessage } from "../../../src/channels/rich-text/write-rendered";

const SIZE = 100 * 1024;
const PARSED = 32 * 1024;
const filled = (unit: string, size: number) => unit.repeat(size / unit.length);

const HOSTILE = [
  "[",
  "]",
  "](",
  "[](",
  "[a](",
  "![",
  "*",
  "**",
  "*a ",
  "**a ",
  "*a_b ",
  "_a*",
  "~~a ",
  "`",
  "`a``b",
  "<",
  "<a",
  "<http://",
  "http://",
  "https://a ",
  "((((",
  "> ",
  ">",
  "- ",
  "  - ",
  "1. ",
  "# ",
  "#",
  "\n",
  " ",
  "\\",
  "\\*",
  "```\n",
  "|-",
  "---\n",
  "&lt;",
  "a*b_c`d~~e",
  "[a](http://b) ",
  "**[a](http://b)** ",
  "\u0301",
  "👩‍",
  "\ud83d",
  ". ",
  "a\n\n",
];

/** Of the processor's time: what is linear takes a fifth of it, what is not takes minutes. */
const ENOUGH_MS = 2000;

/** One of each way to write. */
const WAYS: readonly Channel[] = ["sms", "whatsapp", "telegram", "chat"];

function effort(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe("100 KB of nothing but", () => {
  it.each(HOSTILE)("%j is little work", (unit) => {
    const spent = effort(() => {
      for (const channel of WAYS) splitMessage(render(channel, filled(unit, PARSED)));
      splitMessage(render("sms", filled(unit, SIZE)));
      escapeForFlex(filled(unit, SIZE));
    });
    expect(spent).toBeLessThan(ENOUGH_MS);
  });

  it("entities is little work either", () => {
    const types = ["bold", "italic", "code", "pre"];
    const entities = Array.from({ length: 5000 }, (_, at) => ({
      type: types[at % 4] ?? "",
      offset: at,
      length: 9000 - at,
    }));
    expect(effort(() => void toFlexMarkdown("a ".repeat(8000), entities))).toBeLessThan(ENOUGH_MS);
  });
});
