export type Style = "bold" | "italic" | "strike" | "code" | "pre" | "quote" | "link";

/** A stretch of text, by UTF-16 code units. */
export interface Span {
  style: Style;
  start: number;
  end: number;
  /** Of a link. */
  url?: string;
  /** Of a block of code. */
  language?: string;
}

/** What a person reads, and how it looks: no markup in it. */
export interface StyledText {
  text: string;
  spans: readonly Span[];
}

export const plainText = (text: string): StyledText => ({ text, spans: [] });

export function cut({ text, spans }: StyledText, start: number, end: number): StyledText {
  return {
    text: text.slice(start, end),
    spans: spans
      .filter((span) => span.end > start && span.start < end)
      .map((span) => ({ ...span, start: Math.max(span.start, start) - start, end: Math.min(span.end, end) - start })),
  };
}

/** Adds texts one after another. */
export function styledBuilder() {
  const pieces: string[] = [];
  const spans: Span[] = [];
  let length = 0;
  return {
    add({ text, spans: more }: StyledText, ...around: Pick<Span, "style" | "language">[]): void {
      for (const span of more) spans.push({ ...span, start: span.start + length, end: span.end + length });
      for (const style of around) spans.push({ ...style, start: length, end: length + text.length });
      pieces.push(text);
      length += text.length;
    },
    built: (): StyledText => ({ text: pieces.join(""), spans }),
  };
}

const CODES: readonly Style[] = ["code", "pre"];

/** Spans of one style never touch or overlap, a link or code holds no other, and code has no style besides its own. */
export function tidy({ text, spans }: StyledText): StyledText {
  const inOrder = spans
    .filter(({ start, end }) => start >= 0 && end <= text.length && start < end)
    .sort((one, other) => one.start - other.start || other.end - one.end);
  const codes = withoutOverlap(inOrder.filter(({ style }) => CODES.includes(style)));
  const links = withoutOverlap(inOrder.filter(({ style }) => style === "link"));
  const others = (["bold", "italic", "strike", "quote"] as const).flatMap((style) => {
    const merged = mergeTouching(inOrder.filter((span) => span.style === style));
    return style === "quote" ? merged : outside(merged, codes);
  });
  return { text, spans: [...others, ...outside(links, codes), ...codes].sort(outermostFirst) };
}

const outermostFirst = (one: Span, other: Span) => one.start - other.start || other.end - one.end;

function withoutOverlap(inOrder: readonly Span[]): Span[] {
  let end = 0;
  return inOrder.filter((span) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

function mergeTouching(inOrder: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of inOrder) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

/** What of the spans lies outside of the holes; both lists in order and without overlap. */
function outside(spans: readonly Span[], holes: readonly Span[]): Span[] {
  const left: Span[] = [];
  let hole = 0;
  for (const span of spans) {
    let start = span.start;
    while ((holes[hole]?.end ?? Number.POSITIVE_INFINITY) <= start) hole += 1;
    for (let at = hole; at < holes.length; at += 1) {
      const { start: from, end: to } = holes[at] ?? span;
      if (from >= span.end) break;
      if (from > start) left.push({ ...span, start, end: from });
      start = Math.max(start, to);
    }
    if (start < span.end) left.push({ ...span, start });
  }
  return left;
}
