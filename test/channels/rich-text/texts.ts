import fc from "fast-check";
import { CHANNELS, type Channel } from "../../../src/channels/channel";

/** The same every time, and quick. */
export const RUNS = { seed: 20261122, numRuns: 200 } as const;

const WORDS = [
  "hello",
  "Žluťoučký",
  "世界",
  "snake_case",
  "2*3*4",
  "don't",
  "a.b",
  "😀",
  "👩‍👩‍👧",
  "é",
  "x",
  "~5",
  "#1",
  "1.",
];
const URLS = ["https://example.com/a_b_c?d=*e*", "http://x.org/a_(b)", "https://example.com"];

const word = fc.constantFrom(...WORDS);
const words = fc.array(word, { minLength: 1, maxLength: 8 }).map((each) => each.join(" "));
const styled = fc
  .tuple(fc.constantFrom("**", "_", "*", "~~", "`", "***"), words)
  .map(([mark, text]) => mark + text + mark);
const link = fc.tuple(words, fc.constantFrom(...URLS)).map(([text, url]) => `[${text}](${url})`);
const inline = fc.array(fc.oneof(words, styled, link, fc.constantFrom(...URLS)), { minLength: 1, maxLength: 5 });
const line = inline.map((each) => each.join(" "));
const prefixed = (prefixes: string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...prefixes), line), { minLength: 1, maxLength: 4 })
    .map((each) => each.map((pair) => pair.join("")).join("\n"));
const block = fc.oneof(
  line,
  prefixed(["- ", "  - ", "* "]),
  prefixed(["1. ", "2. "]),
  prefixed(["> "]),
  prefixed(["# ", "### "]),
  words.map((text) => `\`\`\`\n${text}\n\`\`\``),
);

/** What agents write. */
export const markdown = fc.array(block, { minLength: 1, maxLength: 6 }).map((each) => each.join("\n\n"));

/** Anything at all, with more markup than chance would give. */
export const anything = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc
    .array(
      fc.oneof(
        word,
        fc.constantFrom(..."*_~`[]()<>!#\\-=|&+. \n\t", "](", "![", "http://a", "javascript:", "<b>", "\n> ", "\n- "),
      ),
      {
        maxLength: 60,
      },
    )
    .map((each) => each.join("")),
  markdown,
);

export const channel: fc.Arbitrary<Channel> = fc.constantFrom(...CHANNELS);

/** Letters alone: whatever markup and layout do, these are what was said. */
export const lettersOf = (text: string) => text.replace(/[^\p{L}\p{Extended_Pictographic}]/gu, "");
