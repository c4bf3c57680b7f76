import { parseInline } from "./parse-inline";
import type { StyledText } from "./styled-text";

export type Block = { /** After an empty line. */ apart: boolean } & (
  | { type: "paragraph" | "heading"; content: StyledText }
  | { type: "quote"; blocks: Block[] }
  | { type: "list"; items: ListItem[] }
  | { type: "code"; text: string; language?: string }
);

export interface ListItem {
  level: number;
  /** A dash, or a number as it was written, but never counting backwards. */
  bullet: string;
  content: StyledText;
}

/** One word after it is a language; more is a text that happens to begin so. */
const FENCE = /^[ \t]*(`{3,}|~{3,})[ \t]*([\w+#.-]{0,32})[ \t]*$/;
const HEADING = /^ {0,3}#{1,6}[ \t]+(\S.*)$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const ITEM = /^([ \t]*)(?:[-*+]|(\d{1,9})([.)]))[ \t]+(\S.*)$/;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const DEEPEST_QUOTE = 8;

/**
 * The markdown that Flex UI shows in chat: paragraphs, headings, lists, quotes, blocks of code. Tables, HTML and
 * reference links stay the text they are. Every line is looked at once for each quote it is in.
 */
export function parseBlocks(markdown: string): Block[] {
  return blocksOf(markdown.replace(/\r\n?/g, "\n").split("\n"), 0);
}

function blocksOf(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  let apart = false;
  const take = (while_: (line: string) => boolean) => {
    const from = at;
    while (at < lines.length && while_(lines[at] ?? "")) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = HEADING.exec(line)?.[1];
    const fence = FENCE.exec(line);
    if (isBlank(line)) at += 1;
    else if (fence) {
      at += 1;
      const text = take((each) => !closes(each, fence[1] ?? "")).join("\n");
      at += 1;
      blocks.push({ type: "code", apart, text, ...(fence[2] && { language: fence[2] }) });
    } else if (heading) {
      at += 1;
      blocks.push({ type: "heading", apart, content: parseInline(withoutClosing(heading)) });
    } else if (depth < DEEPEST_QUOTE && QUOTE.test(line)) {
      const quoted = take((each) => QUOTE.test(each)).map((each) => QUOTE.exec(each)?.[1] ?? "");
      blocks.push({ type: "quote", apart, blocks: blocksOf(quoted, depth + 1) });
    } else if (isItem(line)) {
      blocks.push({ type: "list", apart, items: itemsOf(take((each) => isItem(each) || continues(each))) });
    } else {
      at += 1;
      const more = take((each) => continues(each) && !interrupts(each));
      blocks.push({
        type: "paragraph",
        apart,
        content: parseInline([line, ...more].map((each) => each.trimEnd()).join("\n")),
      });
    }
    apart = isBlank(line);
  }
  return blocks;
}

const isBlank = (line: string) => line.trim() === "";

const isItem = (line: string) => ITEM.test(line) && !RULE.test(line);

/** Only a list that starts with one interrupts a paragraph, lest a year at a line's start begins a list. */
const interrupts = (line: string) => isItem(line) && Number(ITEM.exec(line)?.[2] ?? 1) === 1;

/** A line that goes on with what stands above it. */
const continues = (line: string) =>
  !isBlank(line) && !FENCE.test(line) && !HEADING.test(line) && !QUOTE.test(line) && !RULE.test(line);

function closes(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed === (fence[0] ?? "").repeat(trimmed.length);
}

/** `## Heading ##` */
function withoutClosing(heading: string): string {
  const text = heading.trimEnd();
  let end = text.length;
  while (text[end - 1] === "#") end -= 1;
  return end < text.length && /\s/.test(text[end - 1] ?? "") ? text.slice(0, end).trimEnd() : text;
}

function itemsOf(lines: readonly string[]): ListItem[] {
  const indents: number[] = [];
  const numbers: (number | undefined)[] = [];
  const items: { level: number; bullet: string; lines: string[] }[] = [];
  for (const line of lines) {
    const [, indent = "", digits, point, text = ""] = (isItem(line) && ITEM.exec(line)) || [];
    if (!text) {
      items.at(-1)?.lines.push(line.trim());
      continue;
    }
    const level = levelOf(indents, indent.replaceAll("\t", "    ").length);
    const number = digits === undefined ? undefined : Math.max(Number(digits), (numbers[level] ?? -1) + 1);
    numbers.splice(level, numbers.length, number);
    items.push({ level, bullet: number === undefined ? "-" : `${number}${point}`, lines: [text.trimEnd()] });
  }
  return items.map(({ lines: own, ...item }) => ({ ...item, content: parseInline(own.join("\n")) }));
}

/** An item two columns further in than the last belongs to it. */
function levelOf(indents: number[], indent: number): number {
  while (indents.length > 0 && (indents.at(-1) ?? 0) > indent) indents.pop();
  const last = indents.at(-1);
  if (last === undefined || (indent >= last + 2 && indents.length < DEEPEST_QUOTE)) indents.push(indent);
  return indents.length - 1;
}
