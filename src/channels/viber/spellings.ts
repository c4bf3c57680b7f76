import { isRounded } from "./exact-json";

/*
 * One value can be written as JSON in many ways, and a signature covers one of them. These are the ways of the libraries
 * that servers commonly use. Which of them is Viber's is not documented; seen are compact bodies with letters as they
 * are, and with escapes in capitals.
 */

/** How a server writes JSON. */
interface Spelling {
  comma: string;
  colon: string;
  /** What stands for characters that may, but need not, be escaped. */
  escapes: readonly (readonly [characters: RegExp, escaped: (character: string) => string])[];
  /** Coordinates without a fraction: `37`, or as a double `37.0`. */
  coordinate: (value: number) => string;
}

/** A body that may have been sent. Where JSON.parse rounded an integer, it stood between `before` and `after`. */
export interface WrittenBody {
  before: string;
  after: string;
  rounded?: number;
}

const code = (character: string) => character.charCodeAt(0).toString(16).padStart(4, "0");
const lower = (character: string) => `\\u${code(character)}`;
const upper = (character: string) => `\\u${code(character).toUpperCase()}`;

/** Compact: Jackson, Gson, Go, JSON.stringify. With spaces: Python's json.dumps. */
const SEPARATORS = [
  { comma: ",", colon: ":" },
  { comma: ", ", colon: ": " },
];

/** PHP and json-simple escape slashes, org.json those behind `<`. */
const SLASHES: readonly Spelling["escapes"][] = [[], [[/\//g, () => "\\/"]], [[/(?<=<)\//g, () => "\\/"]]];

const NOT_ASCII = /[\u0080-\uffff]/g;
/** JavaScript of old took these two for line ends. */
const LINE_ENDS = /[\u2028\u2029]/g;

const LETTERS: readonly Spelling["escapes"][] = [
  [],
  [[NOT_ASCII, upper]],
  // Python, PHP.
  [[NOT_ASCII, lower]],
  // Gson escapes what could be HTML; Go fewer of these; both keep letters.
  [[/[<>&='\u2028\u2029]/g, lower]],
  [[/[<>&\u2028\u2029]/g, lower]],
  [[LINE_ENDS, lower]],
  // org.json: typographic quotes, dashes and the like.
  [[/[\x80-\x9f\u2000-\u20ff]/g, lower]],
];

const plain = (value: number) => (Object.is(value, -0) ? "-0" : JSON.stringify(value));

const COORDINATES: readonly Spelling["coordinate"][] = [
  plain,
  (value) => (Number.isInteger(value) ? `${plain(value)}.0` : plain(value)),
];

const SPELLINGS: readonly Spelling[] = LETTERS.flatMap((letters) =>
  SEPARATORS.flatMap((separators) =>
    SLASHES.flatMap((slashes) =>
      COORDINATES.map((coordinate) => ({ ...separators, escapes: [...letters, ...slashes], coordinate })),
    ),
  ),
);

/** Stands for a rounded integer: JSON never holds this character, but escaped. */
const GAP = "\0";

/** Each different text that the body may have been, likely ones first. Bodies with two rounded integers are unknown. */
export function writtenBodies(body: Record<string, unknown>): WrittenBody[] {
  const texts = new Set(SPELLINGS.map((spelling) => write(body, spelling)));
  const rounded = findRounded(body);
  return [...texts].flatMap((text) => {
    const [before = "", after = "", ...more] = text.split(GAP);
    return more.length > 0 ? [] : [{ before, after, rounded }];
  });
}

function write(value: unknown, spelling: Spelling, isCoordinate = false): string {
  const { comma, colon } = spelling;
  if (Array.isArray(value)) return `[${value.map((item) => write(item, spelling)).join(comma)}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => `${writeText(name, spelling)}${colon}${write(member, spelling, isCoordinateName(name))}`,
    );
    return `{${members.join(comma)}}`;
  }
  if (typeof value === "string") return writeText(value, spelling);
  if (typeof value === "number" && isRounded(value)) return GAP;
  return isCoordinate && typeof value === "number" ? spelling.coordinate(value) : JSON.stringify(value);
}

const isCoordinateName = (name: string) => name === "lat" || name === "lon";

function writeText(text: string, { escapes }: Spelling): string {
  return escapes.reduce((json, [characters, escaped]) => json.replace(characters, escaped), JSON.stringify(text));
}

function findRounded(value: unknown): number | undefined {
  if (typeof value === "number") return isRounded(value) ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const member of Object.values(value)) {
    const found = findRounded(member);
    if (found !== undefined) return found;
  }
  return undefined;
}
