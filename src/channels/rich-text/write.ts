import type { Dialect } from "./dialects";
import type { Span, StyledText } from "./styled-text";
import { urlsIn } from "./urls";

interface Marked {
  start: number;
  end: number;
  open: string;
  close: string;
  isCode: boolean;
}

/** Writes a text with the marks of a dialect; a style that would not show there goes without. */
export function write(styled: StyledText, dialect: Dialect): string {
  const { text } = styled;
  const quoted = quotedLines(styled);
  const escapes = dialect.escapes(styled);
  const marked = marksOf(styled, dialect);
  const out: string[] = [];
  const open: Marked[] = [];
  let at = 0;
  const writeTo = (end: number) => {
    const inCode = open.at(-1)?.isCode ?? false;
    for (; at < end; at += 1) {
      if (quoted.delete(at)) out.push(dialect.quote);
      if (!inCode) out.push(escapes.get(at) ?? "");
      out.push(text[at] ?? "");
    }
  };
  const closeUntil = (place: number) => {
    for (let last = open.at(-1); last && last.end <= place; last = open.at(-1)) {
      writeTo(last.end);
      out.push(last.close);
      open.pop();
    }
  };
  for (const mark of marked) {
    closeUntil(mark.start);
    writeTo(mark.start);
    if (quoted.delete(at)) out.push(dialect.quote);
    out.push(mark.open);
    open.push(mark);
  }
  closeUntil(text.length);
  writeTo(text.length);
  return out.join("");
}

/** Where the lines of quotes begin. */
function quotedLines({ text, spans }: StyledText): Set<number> {
  const starts = new Set<number>();
  for (const { style, start, end } of spans) {
    if (style !== "quote") continue;
    for (let at = start; at < end; ) {
      starts.add(at);
      const next = text.indexOf("\n", at);
      at = next < 0 ? end : next + 1;
    }
  }
  return starts;
}

function marksOf({ text, spans }: StyledText, dialect: Dialect): Marked[] {
  const urlEnds = new Set(urlsIn(text).map(({ end }) => end));
  const marks = spans.flatMap((span) => candidates(text, span, dialect, urlEnds));
  const stack: Marked[] = [];
  return marks
    .sort((one, other) => one.start - other.start || other.end - one.end)
    .filter((mark) => {
      while ((stack.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= mark.start) stack.pop();
      const around = stack.at(-1);
      if (around && (!dialect.nests || around.isCode || around.end < mark.end)) return false;
      stack.push(mark);
      return true;
    });
}

function candidates(text: string, span: Span, dialect: Dialect, urlEnds: ReadonlySet<number>): Marked[] {
  if (span.style === "quote") return [];
  if (span.style === "link") return linkMark(text, span, dialect);
  const mark = dialect.marks[span.style];
  if (!mark) return [];
  if (span.style === "code" || span.style === "pre") return codeMark(text, span, mark, dialect);
  return linesOf(text, span)
    .filter(
      ({ start, end }) => dialect.opensAfter(text[start - 1]) && dialect.closesBefore(text[end]) && !urlEnds.has(end),
    )
    .filter(({ start, end }) => dialect.marksInside || !text.slice(start, end).includes(mark))
    .map(({ start, end }) => ({ start, end, open: mark, close: mark, isCode: false }));
}

/** Brackets of an address would end it. */
function linkMark(text: string, { start, end, url = "" }: Span, dialect: Dialect): Marked[] {
  if (!dialect.links({ style: "link", start, end, url }, text.slice(start, end))) return [];
  const target = url.replaceAll("(", "%28").replaceAll(")", "%29");
  return [{ start, end, open: "[", close: `](${target})`, isCode: false }];
}

function codeMark(text: string, { start, end, style, language }: Span, mark: string, dialect: Dialect): Marked[] {
  const code = text.slice(start, end);
  const ownLines = (start === 0 || text[start - 1] === "\n") && (end === text.length || text[end] === "\n");
  if (style === "pre" && dialect.fences && ownLines) {
    const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
    return [{ start, end, open: `${fence}${language ?? ""}\n`, close: `\n${fence}`, isCode: true }];
  }
  if (code.trim() === "" || (dialect.fences && code.includes("\n"))) return [];
  if (dialect.fences) {
    const ticks = "`".repeat(longestRun(code) + 1);
    const space = /^[` ]|[` ]$/.test(code) ? " " : "";
    return [{ start, end, open: ticks + space, close: space + ticks, isCode: true }];
  }
  if (!dialect.opensAfter(text[start - 1]) || !dialect.closesBefore(text[end])) return [];
  if (!code.includes("`")) return [{ start, end, open: mark, close: mark, isCode: true }];
  return code.includes("```") ? [] : [{ start, end, open: "```", close: "```", isCode: true }];
}

const longestRun = (code: string) => Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));

/** Marks do not reach over lines, nor stand next to a space on the inside. */
function linesOf(text: string, { start, end }: Span): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let at = start;
  for (const line of text.slice(start, end).split("\n")) {
    const ink = line.trim();
    const from = at + line.length - line.trimStart().length;
    if (ink) lines.push({ start: from, end: from + ink.length });
    at += line.length + 1;
  }
  return lines;
}
