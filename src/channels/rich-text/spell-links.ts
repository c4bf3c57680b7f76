import { type Span, type StyledText, tidy } from "./styled-text";

/**
 * Writes the addresses of links out, "our site (https://example.com)", where a channel has no links behind words. A link
 * whose words are its address already stays as it is.
 */
export function spellLinks({ text, spans }: StyledText, spelled: (link: Span, label: string) => boolean): StyledText {
  const insertions = spans.flatMap((span) => {
    const label = text.slice(span.start, span.end);
    if (span.style !== "link" || !span.url || isItsOwn(label, span.url) || !spelled(span, label)) return [];
    return [{ at: span.end, words: ` (${span.url.replace(/^(mailto|tel):/i, "")})`, link: span }];
  });
  if (insertions.length === 0) return { text, spans };
  const gone = new Set(insertions.map(({ link }) => link));
  const move = mover(insertions);
  const kept = spans.filter((span) => !gone.has(span));
  const pieces = insertions.map(({ at, words }, index) => text.slice(insertions[index - 1]?.at ?? 0, at) + words);
  return tidy({
    text: pieces.join("") + text.slice(insertions.at(-1)?.at ?? 0),
    spans: kept.map((span) => ({ ...span, start: move(span.start, true), end: move(span.end, false) })),
  });
}

/** The words say the address: there is nothing to add, and nothing to be deceived by. */
function isItsOwn(label: string, url: string): boolean {
  const bare = (address: string) => address.replace(/^(https?:\/\/|mailto:|tel:)/i, "").replace(/\/$/, "");
  return bare(label.trim()) === bare(url);
}

/** Where a place of the old text is in the new one; a start moves behind what is inserted at it, an end does not. */
function mover(insertions: readonly { at: number; words: string }[]) {
  const sums = [0];
  for (const { words } of insertions) sums.push((sums.at(-1) ?? 0) + words.length);
  return (place: number, isStart: boolean) => {
    let low = 0;
    let high = insertions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = insertions[middle]?.at ?? 0;
      if (at < place || (isStart && at === place)) low = middle + 1;
      else high = middle;
    }
    return place + (sums[low] ?? 0);
  };
}
