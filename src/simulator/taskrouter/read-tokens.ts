/** The text is no expression of TaskRouter's; the message says where it stops being one. */
export class ExpressionError extends Error {}

export type Token = { at: number } & (
  | { kind: "sign"; sign: string }
  | { kind: "key"; path: (string | number)[] }
  | { kind: "constant"; value: string | number | boolean }
);

const KEYWORDS = ["AND", "OR", "NOT", "IN", "HAS", "CONTAINS"];

// No hyphen in keys: https://www.twilio.com/docs/taskrouter/expression-syntax says that they are not supported.
const TOKEN = new RegExp(
  [
    /(?<space>\s+)/,
    /(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/,
    /(?<number>-?(?:\d+(?:\.\d+)?|\.\d+))/,
    /(?<word>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\[\d+\])*)/,
    /(?<sign>[=!<>]=|[=<>()[\],])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "y",
);

export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) throw new ExpressionError(`Expression "${text}": cannot read ${text.slice(at, at + 12)}`);
    const token = readToken(match.groups ?? {}, at);
    if (token) tokens.push(token);
    at += match[0].length;
  }
  return tokens;
}

function readToken({ string, number, word, sign }: Record<string, string | undefined>, at: number): Token | undefined {
  if (string) return { at, kind: "constant", value: string.slice(1, -1).replace(/\\(.)/g, "$1") };
  if (number) return { at, kind: "constant", value: Number(number) };
  if (sign) return { at, kind: "sign", sign };
  if (!word) return undefined;
  const upper = word.toUpperCase();
  if (KEYWORDS.includes(upper)) return { at, kind: "sign", sign: upper };
  if (upper === "TRUE" || upper === "FALSE") return { at, kind: "constant", value: upper === "TRUE" };
  return { at, kind: "key", path: keyPath(word) };
}

/** `a.b[2]` as `["a", "b", 2]`. */
export function keyPath(key: string): (string | number)[] {
  return [...key.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
}
