import type { Switches } from "../switches";

/** What JSON can hold, with integers of 64 bits, and numbers that a server keeps as doubles. */
export type Json = string | number | boolean | bigint | null | Double | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** A coordinate: `37.0` where a server writes doubles as such. */
export class Double {
  constructor(readonly value: number) {}
}

interface Spelling {
  comma: string;
  colon: string;
  text(json: string): string;
  double(value: number): string;
}

const NOT_ASCII = /[\u0080-\uffff]/g;
const code = (unit: string) => unit.charCodeAt(0).toString(16).padStart(4, "0");
const withPoint = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

const SPELLINGS: Record<Switches["viberWritesJson"], Spelling> = {
  escaped: {
    ...{ comma: ",", colon: ":", double: withPoint },
    text: (json) => json.replace(NOT_ASCII, (unit) => `\\u${code(unit).toUpperCase()}`),
  },
  slashes: {
    ...{ comma: ",", colon: ":", double: withPoint },
    text: (json) => json.replace(NOT_ASCII, (unit) => `\\u${code(unit)}`).replaceAll("/", "\\/"),
  },
  spaced: {
    ...{ comma: ", ", colon: ": ", double: withPoint },
    text: (json) => json.replace(NOT_ASCII, (unit) => `\\u${code(unit)}`),
  },
  plain: { comma: ",", colon: ":", text: (json) => json, double: String },
};

/** Writes JSON as a server does that is not this program: the bytes are what is signed. */
export function writeJson(value: Json, as: Switches["viberWritesJson"]): string {
  return write(value, SPELLINGS[as]);
}

function write(value: Json, spelling: Spelling): string {
  if (typeof value === "string") return spelling.text(JSON.stringify(value));
  if (value instanceof Double) return spelling.double(value.value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isList(value)) return `[${value.map((one) => write(one, spelling)).join(spelling.comma)}]`;
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [`${spelling.text(JSON.stringify(name))}${spelling.colon}${write(member, spelling)}`],
  );
  return `{${members.join(spelling.comma)}}`;
}

const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value);
