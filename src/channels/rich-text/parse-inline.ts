import { type Span, type Style, type StyledText, tidy } from "./styled-text";
import { type FoundUrl, isWord, safeUrl, urlAt } from "./urls";

type Mark = "*" | "_" | "~";

interface Opener {
  piece: number;
  count: number;
}

const PUNCTUATION = /[!-/:-@[-`{-~]/;
const AUTOLINK = /^<((?:https?:\/\/|mailto:|tel:)[^\s<>]{1,2000})>/i;
const LONGEST_DESTINATION = 2100;

/**
 * Reads what stands inside a block: emphasis, code, links. One walk from left to right; what closes looks for what
 * opened on a stack of its own kind, so hostile nesting costs no more than plain text. It follows
 * https://spec.commonmark.org but for one thing: a single asterisk within a word (2*3*4) is an asterisk.
 */
export function parseInline(source: string): StyledText {
  const pieces: string[] = [];
  const found: { style: Style; from: number; to: number; url?: string }[] = [];
  const openers: Record<Mark, Opener[]> = { "*": [], _: [], "~": [] };
  let brackets: { piece: number; image: boolean }[] = [];
  const codeEnds = backtickRuns(source);
  let at = 0;
  let urlReach = 0;

  const forget = (piece: number) => {
    for (const stack of Object.values(openers)) while ((stack.at(-1)?.piece ?? -1) > piece) stack.pop();
  };

  function delimiter(mark: Mark): number {
    const count = runLength(source, at);
    const before = source[at - 1];
    const after = source[at + count];
    const within = isWord(before) && isWord(after) && (mark === "_" || count === 1);
    let left = count;
    if (mark === "~" ? count === 2 : !within) {
      const closes = isInk(before) && (mark !== "_" || !isWord(after));
      for (let opener = closes ? openers[mark].at(-1) : undefined; opener && left > 0; opener = openers[mark].at(-1)) {
        const used = Math.min(left, opener.count, 2);
        if (mark === "~" && used !== 2) break;
        found.push({ style: styleOf(mark, used), from: opener.piece + 1, to: pieces.length });
        forget(opener.piece);
        opener.count -= used;
        left -= used;
        pieces[opener.piece] = mark.repeat(opener.count);
        if (opener.count === 0) openers[mark].pop();
      }
      // What stands right behind a URL may close, but begins nothing.
      const opens = at >= urlReach && isInk(after) && (mark !== "_" || !isWord(before));
      if (left > 0 && opens) openers[mark].push({ piece: pieces.length, count: left });
    }
    pieces.push(mark.repeat(left));
    return count;
  }

  function code(): number {
    const count = runLength(source, at);
    const end = codeEnds(count, at + count);
    if (end === undefined) {
      pieces.push("`".repeat(count));
      return count;
    }
    const text = source.slice(at + count, end).replaceAll("\n", " ");
    const padded = text.startsWith(" ") && text.endsWith(" ") && text.trim() !== "";
    found.push({ style: "code", from: pieces.length, to: pieces.length + 1 });
    pieces.push(padded ? text.slice(1, -1) : text);
    return end + count - at;
  }

  function closeBracket(): number {
    const bracket = brackets.pop();
    const target = bracket && destination(source, at + 1);
    const url = target && safeUrl(target.url);
    if (!bracket || !target || !url) {
      pieces.push("]");
      return 1;
    }
    pieces[bracket.piece] = "";
    if (pieces.length === bracket.piece + 1) pieces.push(url);
    found.push({ style: "link", from: bracket.piece + 1, to: pieces.length, url });
    forget(bracket.piece);
    if (!bracket.image) brackets = [];
    return target.end - at;
  }

  function bareLink(url: string, length: number): number {
    found.push({ style: "link", from: pieces.length, to: pieces.length + 1, url });
    pieces.push(url);
    return length;
  }

  /** One that is too long to follow is no link, but no markup either. */
  function writtenOut({ end, reach }: FoundUrl): number {
    const text = source.slice(at, end);
    urlReach = reach;
    return safeUrl(text) ? bareLink(text, text.length) : pieces.push(text) && text.length;
  }

  function step(): number {
    const character = source[at] ?? "";
    const next = source[at + 1] ?? "";
    if (character === "\\" && PUNCTUATION.test(next)) return pieces.push(next) && 2;
    if (character === "*" || character === "_" || character === "~") return delimiter(character);
    if (character === "`") return code();
    if (character === "[" || (character === "!" && next === "[")) {
      brackets.push({ piece: pieces.length, image: character === "!" });
      pieces.push(character === "!" ? "![" : "[");
      return character === "!" ? 2 : 1;
    }
    if (character === "]") return closeBracket();
    const autolink = character === "<" ? AUTOLINK.exec(source.slice(at, at + LONGEST_DESTINATION))?.[1] : undefined;
    if (autolink && safeUrl(autolink)) return bareLink(autolink, autolink.length + 2);
    const address = character === "h" || character === "H" ? urlAt(source, at) : undefined;
    if (address) return writtenOut(address);
    return pieces.push(character) && 1;
  }

  while (at < source.length) at += step();
  return placed(pieces, found);
}

const styleOf = (mark: Mark, count: number): Style => (mark === "~" ? "strike" : count === 2 ? "bold" : "italic");

const isInk = (character: string | undefined) => character !== undefined && /\S/.test(character);

function runLength(source: string, at: number): number {
  let end = at;
  while (source[end] === source[at]) end += 1;
  return end - at;
}

/** Where the next run of exactly so many backticks begins; asked from left to right. */
function backtickRuns(source: string): (count: number, from: number) => number | undefined {
  const runs = new Map<number, number[]>();
  for (const { 0: run, index } of source.matchAll(/`+/g)) {
    const known = runs.get(run.length);
    if (known) known.push(index);
    else runs.set(run.length, [index]);
  }
  for (const starts of runs.values()) starts.reverse();
  return (count, from) => {
    const starts = runs.get(count);
    while ((starts?.at(-1) ?? from) < from) starts?.pop();
    return starts?.at(-1);
  };
}

/** `(https://example.com "title")`; brackets inside may nest. */
function destination(source: string, at: number): { url: string; end: number } | undefined {
  if (source[at] !== "(") return undefined;
  const inside = source.slice(at + 1, at + LONGEST_DESTINATION);
  let open = 1;
  let end = 0;
  for (; end < inside.length && open > 0; end += 1) {
    if (inside[end] === "\n") return undefined;
    open += inside[end] === "(" ? 1 : inside[end] === ")" ? -1 : 0;
  }
  if (open > 0) return undefined;
  const [, url] = /^\s*<?([^\s<>]+)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*$/.exec(inside.slice(0, end - 1)) ?? [];
  return url ? { url, end: at + 1 + end } : undefined;
}

function placed(pieces: readonly string[], found: readonly { style: Style; from: number; to: number; url?: string }[]) {
  const offsets = [0];
  for (const piece of pieces) offsets.push((offsets.at(-1) ?? 0) + piece.length);
  const spans = found.map(
    ({ style, from, to, url }): Span => ({
      style,
      start: offsets[from] ?? 0,
      end: offsets[to] ?? 0,
      ...(url && { url }),
    }),
  );
  return tidy({ text: pieces.join(""), spans });
}
