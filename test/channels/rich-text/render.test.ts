import { Lexer, type Token } from "marked";
import type { Channel } from "../../../src/channels/channel";
import { parseInline } from "../../../src/channels/rich-text/parse-inline";
import { render } from "../../../src/channels/rich-text/render";
import { writeRendered } from "../../../src/channels/rich-text/write-rendered";

const written = (channel: Channel, markdown: string) => writeRendered(render(channel, markdown)).text;

/** Markdown, then what SMS, WhatsApp, Viber and web chat get. */
const TABLE: readonly (readonly [string, string, string, string, string])[] = [
  ["**bold**", "bold", "*bold*", "*bold*", "**bold**"],
  ["*it* and _it_", "it and it", "_it_ and _it_", "_it_ and _it_", "*it* and _it_"],
  ["~~gone~~", "gone", "~gone~", "~gone~", "~~gone~~"],
  ["***both***", "both", "*_both_*", "*both*", "***both***"],
  ["`code_x`", "code_x", "`code_x`", "```code_x```", "`code_x`"],
  ["**Hi**, you", "Hi, you", "*Hi*, you", "Hi, you", "**Hi**, you"],
  ["un**believ**able", "unbelievable", "unbelievable", "unbelievable", "un**believ**able"],
  ["**a*b**", "a*b", "a*b", "a*b", "**a*b**"],
  ["# Title", "Title", "*Title*", "*Title*", "# Title"],
  ["* a\n* b", "- a\n- b", "- a\n- b", "- a\n- b", "* a\n* b"],
  ["1. a\n1. b", "1. a\n2. b", "1. a\n2. b", "1. a\n2. b", "1. a\n1. b"],
  ["3) a\n7) b", "3) a\n7) b", "3) a\n7) b", "3) a\n7) b", "3) a\n7) b"],
  ["> q\n> **r**", "> q\n> r", "> q\n> *r*", "> q\n> *r*", "> q\n> **r**"],
  ["```js\na\n b\n```", "a\n b", "```a\n b```", "```a\n b```", "```js\na\n b\n```"],
  [
    "[us](https://e.com/a_b)",
    "us (https://e.com/a_b)",
    "us (https://e.com/a_b)",
    "us (https://e.com/a_b)",
    "[us](https://e.com/a_b)",
  ],
  ["[e.com](https://e.com)", "e.com", "e.com", "e.com", "[e.com](https://e.com)"],
  [
    "[call](tel:+15550100100)",
    "call (+15550100100)",
    "call (+15550100100)",
    "call (+15550100100)",
    "[call](tel:+15550100100)",
  ],
  ["**https://e.com**", "https://e.com", "https://e.com", "https://e.com", "**https://e.com**"],
  [
    "![a](https://e.com/a.png)",
    "a (https://e.com/a.png)",
    "a (https://e.com/a.png)",
    "a (https://e.com/a.png)",
    "[a](https://e.com/a.png)",
  ],
  ["[x](javascript:y)", "[x](javascript:y)", "[x](javascript:y)", "[x](javascript:y)", "\\[x](javascript:y)"],
  ["a <b>c</b>", "a <b>c</b>", "a <b>c</b>", "a <b>c</b>", "a \\<b>c\\</b>"],
  ["2*3*4 snake_case_x", "2*3*4 snake_case_x", "2*3*4 snake_case_x", "2*3*4 snake_case_x", "2*3*4 snake_case_x"],
  ["5 \\* 3", "5 * 3", "5 * 3", "5 * 3", "5 \\* 3"],
  [
    "https://e.com/a_b_c.",
    "https://e.com/a_b_c.",
    "https://e.com/a_b_c.",
    "https://e.com/a_b_c.",
    "https://e.com/a_b_c.",
  ],
];

describe("an agent's markdown", () => {
  it.each(TABLE)("%j is written as each channel shows it", (markdown, ...expected) => {
    const channels: readonly Channel[] = ["sms", "whatsapp", "viber", "chat"];
    expect(channels.map((channel) => written(channel, markdown))).toEqual(expected);
    expect(written("messenger", markdown)).toBe(expected[0]);
  });

  it("travels to Telegram as text and what is where in it, counted in UTF-16", () => {
    expect(writeRendered(render("telegram", "😀 **b _i_** [us](https://e.com)\n\n> q\n\n```js\nx\n```"))).toEqual({
      text: "😀 b i us\n\nq\n\nx",
      entities: [
        { type: "bold", offset: 3, length: 3 },
        { type: "italic", offset: 5, length: 1 },
        { type: "text_link", offset: 7, length: 2, url: "https://e.com" },
        { type: "blockquote", offset: 11, length: 1 },
        { type: "pre", offset: 14, length: 1, language: "js" },
      ],
    });
  });

  it("is plain text when it is longer than a Message can be", () => {
    const long = `**bold** ${"a".repeat(32 * 1024)}`;
    expect(written("sms", long)).toBe(long);
    expect(written("sms", long.slice(0, 32 * 1024))).toMatch(/^bold a/);
  });
});

const textOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => ("tokens" in token && token.tokens ? textOf(token.tokens) : "text" in token ? token.text : ""))
    .join("");

describe("what emphasis, code and links are", () => {
  it.each([
    "**a** b",
    "*a* b",
    "***a*** b",
    "**a *b* c**",
    "*a **b** c*",
    "**a** and **b**",
    "* a *",
    "a ** b ** c",
    "`a` ``b ` c`` d",
    "`a **b** c`",
    "**`a`**",
    "~~a~~ b",
    "__a__ _b_",
    "snake_case_name",
    "\\*a\\*",
    "**a",
    "a**",
    "[a](https://e.com)",
    '[a](https://e.com "title")',
    "[a **b**](https://e.com/(x))",
    "[a](<https://e.com>)",
    "<https://e.com>",
    "see https://e.com/a_b_c.",
    "(https://e.com)",
    "**太字**です",
    "[a]",
    "a ] b [ c",
    "[a [b](https://e.com) c](https://f.com)",
  ])("is read in %j as marked reads it", (markdown) => {
    expect(parseInline(markdown).text).toBe(textOf(Lexer.lexInline(markdown)));
  });
});
