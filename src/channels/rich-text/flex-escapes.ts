import type { StyledText } from "./styled-text";
import { urlsIn } from "./urls";

/** A line that would make a heading of the one above, a rule, or a table. */
const RULER = /^\s*[-=_*|: ]*[-=|][-=_*|: ]*$/;
const CHARACTER_CODE = /&(?=[a-z0-9]{1,32};|#[0-9a-fx]{1,8};)/gi;

/** Readers take a backslash behind a URL for part of it, so that it escapes nothing: a space keeps it off. */
const BEHIND_URL = /(?:https?:\/\/|www\.)[^\s<]*</gi;

/**
 * What goes before which places of a text, mostly a backslash, lest Flex UI takes them for markup. It follows what markdown-to-jsx reads,
 * https://github.com/quantizor/markdown-to-jsx, which takes more for markup than CommonMark does: emphasis within words,
 * a heading without a space. What cannot be markup is left alone, so that most texts stay as they were typed.
 */
export function escapesIn({ text, spans }: StyledText): ReadonlyMap<number, string> {
  const places = new Set<number>();
  const marked = spans.some(({ style }) => style !== "quote");
  const add = (pattern: RegExp) => {
    for (const { index } of text.matchAll(pattern)) places.add(index);
  };
  add(marked ? /\\/g : /\\(?=[!-/:-@[-`{-~])/g);
  add(text.includes(">") ? /<(?=\S)/g : /<(?=[a-z/!?])/gi);
  add(/\][ \n]?[([:]/.test(text) ? /\[/g : /\[(?=\^|[x ]\])/gi);
  add(CHARACTER_CODE);
  for (const place of [...emphasis(text, marked), ...lineStarts(text)]) places.add(place);
  const escapes = new Map([...places].map((place) => [place, "\\"]));
  for (const { 0: url, index } of text.matchAll(BEHIND_URL)) {
    const place = index + url.length - 1;
    if (places.has(place)) escapes.set(place, " \\");
  }
  return escapes;
}

/** Asterisks and their like do nothing alone. Those of URLs are no markup, and a backslash would break the link. */
function emphasis(text: string, marked: boolean): number[] {
  const urls = urlsIn(text);
  let url = 0;
  const isInUrl = (place: number) => {
    while ((urls[url]?.reach ?? Number.POSITIVE_INFINITY) <= place) url += 1;
    return (urls[url]?.start ?? Number.POSITIVE_INFINITY) <= place;
  };
  return [/\*/g, /_/g, /`/g, /~(?=~)|(?<=~)~/g, /=(?==)|(?<==)=/g].flatMap((mark) => {
    const found = [...text.matchAll(mark)].map(({ index }) => index);
    url = 0;
    return found.length > 1 || marked ? found.filter((place) => !isInUrl(place)) : [];
  });
}

function lineStarts(text: string): number[] {
  const places: number[] = [];
  let start = 0;
  let number = 0;
  for (const line of text.split("\n")) {
    const ink = start + line.length - line.trimStart().length;
    const [, digits = ""] = /^\s{0,32}(\d{1,9})[.)] /.exec(line) ?? [];
    if (/^\s*([#>|]|[*+] )/.test(line) || isRuler(line)) places.push(ink);
    // A list counts on from one: a number that does not is no list.
    else if (digits && digits !== String(number + 1)) places.push(ink + digits.length);
    else number = Number(digits);
    start += line.length + 1;
  }
  return places;
}

const isRuler = (line: string) => line.length < 200 && RULER.test(line) && line.trim().length > 1;
