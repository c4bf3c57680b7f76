/** A link as people write it into a text: up to what would end it in any markup. */
const BARE = /https?:\/\/[^\s<>[\]`"\\]{1,4000}/gi;
const HERE = new RegExp(BARE, "iy");
const LONGEST = 2048;
const ENDS_SENTENCE = "?!.,:;*_~'";

export interface FoundUrl {
  start: number;
  end: number;
  /** The end of the punctuation behind it, which some readers take for part of it. */
  reach: number;
}

/** The URL that begins exactly here, without the punctuation that ends the sentence it stands in. */
export function urlAt(text: string, at: number): FoundUrl | undefined {
  HERE.lastIndex = at;
  const raw = HERE.exec(text)?.[0];
  return raw === undefined || isWord(text[at - 1]) ? undefined : foundAt(at, raw);
}

export function urlsIn(text: string): FoundUrl[] {
  return [...text.matchAll(BARE)]
    .filter(({ index }) => !isWord(text[index - 1]))
    .map(({ 0: raw, index }) => foundAt(index, raw));
}

const foundAt = (start: number, raw: string): FoundUrl => ({
  start,
  end: start + withoutSentence(raw).length,
  reach: start + raw.length,
});

/** A bracket belongs to the URL when it was opened in it: https://github.github.com/gfm/#autolinks-extension- */
function withoutSentence(raw: string): string {
  let open = 0;
  for (const character of raw) open += character === "(" ? 1 : character === ")" ? -1 : 0;
  let end = raw.length;
  for (; end > 0; end -= 1) {
    const last = raw[end - 1] ?? "";
    if (last === ")" && open < 0) open += 1;
    else if (!ENDS_SENTENCE.includes(last)) break;
  }
  return raw.slice(0, end);
}

/** Addresses that are safe to follow; a bare host is one of https. Anything else is no link. */
export function safeUrl(url: string): string | undefined {
  if (url.length > LONGEST || /[\s<>"`\\]/.test(url)) return undefined;
  if (/^(https?:\/\/[^/]|mailto:[^/]|tel:[+\d])/i.test(url)) return url;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}([/?#]|$)/i.test(url) ? `https://${url}` : undefined;
}

export const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
