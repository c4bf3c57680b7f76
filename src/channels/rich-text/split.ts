import { cut, plainText, type StyledText } from "./styled-text";
import { urlsIn } from "./urls";

/** Far enough past the room to see what a cut there would tear apart. */
const AHEAD = 2100;
/** The best places first; what they match goes, but for the mark that ends a sentence. */
const PLACES = [/\n[ \t]*\n\s*/g, /\n\s*/g, /[.!?…。！？]["')\]]*\s+/g];

interface Place {
  end: number;
  /** Where the next part begins. */
  next: number;
}

/**
 * Cuts a text into parts whose written form fits: between paragraphs, lines or sentences where one ends in the second
 * half of the room, else between words. A URL or what a reader sees as one character is torn only if it alone is too
 * long. `size` is that of a part with its marks.
 */
export function split(styled: StyledText, limit: number, size: (part: StyledText) => number): StyledText[] {
  const parts: StyledText[] = [];
  let rest = trimmed(styled);
  while (rest.text !== "") {
    const { part, next } = firstPart(rest, limit, size);
    if (part.text !== "") parts.push(part);
    rest = cut(rest, next, rest.text.length);
  }
  return parts;
}

function firstPart(rest: StyledText, limit: number, size: (part: StyledText) => number) {
  const bare = plainText(rest.text);
  return fitting(rest, limit, size, false) ?? fitting(bare, limit, size, true) ?? oneCharacter(bare);
}

function oneCharacter(rest: StyledText) {
  const end = codePointEnd(rest.text, 1);
  return { part: cut(rest, 0, end), next: end };
}

/** As much as fits with its marks; nothing when not one character does. */
function fitting(rest: StyledText, limit: number, size: (part: StyledText) => number, mayTear: boolean) {
  const { length } = rest.text;
  for (let room = limit; room > 0; ) {
    const place = length <= room ? { end: length, next: length } : placeIn(rest.text, room, mayTear);
    if (!place) return undefined;
    const part = trimmed(cut(rest, 0, place.end));
    const written = size(part);
    if (written <= limit) return { part, next: place.next };
    room = Math.min(place.end - 1, Math.floor((place.end * limit) / written));
  }
  return undefined;
}

function placeIn(text: string, room: number, mayTear: boolean): Place | undefined {
  const near = text.slice(0, room + AHEAD);
  for (const pattern of PLACES) {
    const found = lastPlace(near, pattern, room / 2, room);
    if (found) return found;
  }
  const end = hardEnd(near, room) || (mayTear ? codePointEnd(text, room) : 0);
  return lastPlace(near, /\s+/g, 1, room) ?? (end > 0 ? { end, next: end } : undefined);
}

function lastPlace(text: string, pattern: RegExp, from: number, to: number): Place | undefined {
  let last: Place | undefined;
  for (const { 0: gap, index } of text.matchAll(pattern)) {
    const end = index + gap.trimEnd().length;
    if (end > to) break;
    if (end >= from) last = { end, next: index + gap.length };
  }
  return last;
}

/** Where to cut within a word. */
function hardEnd(near: string, room: number): number {
  const url = urlsIn(near).find(({ start, end }) => start < room && end > room);
  return url && url.start > 0 ? url.start : characterEnd(near, room);
}

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The last end of what a reader sees as one character, at or before a place. */
const characterEnd = (text: string, room: number) => characters.segment(text).containing(room)?.index ?? text.length;

/** Both halves of a surrogate pair stay together. */
function codePointEnd(text: string, room: number): number {
  const tears = (text.codePointAt(room - 1) ?? 0) > 0xffff;
  return tears ? (room > 1 ? room - 1 : room + 1) : Math.min(room, text.length);
}

/** Without empty lines before, or space after; what a first line is indented by stays. */
function trimmed(styled: StyledText): StyledText {
  const { text } = styled;
  const start = /^(?:[ \t]*\n)*/.exec(text)?.[0].length ?? 0;
  return cut(styled, start, Math.max(start, text.trimEnd().length));
}
