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

/** What is not linear in its input would outlast the test's own time-out many times over. */
describe("100 KB of nothing but", () => {
  it.each(HOSTILE)("%j comes to an end, in parts that fit", (unit) => {
    const parts = [
      ...splitMessage(render("whatsapp", filled(unit, PARSED))),
      ...splitMessage(render("sms", filled(unit, SIZE))),
    ];
    expect(parts.filter(({ text }) => text.length > 1600)).toEqual([]);
    expect(escapeForFlex(filled(unit, PARSED)).length).toBeGreaterThanOrEqual(filled(unit, PARSED).trim().length);
  });

  it("entities comes to an end, with every word there", () => {
    const types = ["bold", "italic", "code", "pre"];
    const entities = Array.from({ length: 5000 }, (_, at) => ({
      type: types[at % 4] ?? "",
      offset: at,
      length: 9000 - at,
    }));
    expect(toFlexMarkdown("a ".repeat(8000), entities).match(/a/g)).toHaveLength(8000);
  });
});
