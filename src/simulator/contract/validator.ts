import type { ErrorObject, ValidateFunction } from "ajv";
import type { JsonSchema } from "./json-schema";

/** Answers what is wrong with a value, one sentence each, and nothing of the value itself: it may be somebody's message. */
export type Validate = (value: unknown) => string[];

/** `noun` is what the schema's properties are to the reader: `parameter`, `header`, `key`. */
export type Compile = (schema: JsonSchema, noun: string) => Validate;

const RFC_2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/;

/** In the documents' own examples a URL that is not set is an empty text, and api.twilio.com writes paths. */
const URI = /^$|^\/2010-04-01\/\S*$|^[a-z][a-z0-9+.-]*:\S+$/i;

/**
 * Ajv takes longer to load than all else here together, so it is loaded for the first schema and not before. Operations
 * share many of their schemas: each is compiled once.
 */
export function schemaCompiler(): Compile {
  let ajv: ReturnType<typeof loadAjv> | undefined;
  const compiled = new Map<string, ValidateFunction>();
  return (schema, noun) => {
    ajv ??= loadAjv();
    const text = JSON.stringify(schema);
    const validate = compiled.get(text) ?? ajv.compile(schema);
    compiled.set(text, validate);
    return (value) => (validate(value) ? [] : (validate.errors ?? []).map((error) => inWords(error, noun)));
  };
}

function loadAjv() {
  const { Ajv } = require("ajv") as typeof import("ajv");
  const { default: addFormats } = require("ajv-formats") as typeof import("ajv-formats");
  const ajv = new Ajv({
    ...{ allErrors: true, strict: false, meta: false, validateSchema: false },
    // Tidying up what is compiled takes longer than what it saves.
    code: { optimize: false },
  });
  addFormats(ajv, ["date-time", "date"]);
  ajv.addFormat("date-time-rfc-2822", RFC_2822);
  ajv.addFormat("uri", URI);
  return ajv;
}

function inWords({ instancePath, keyword, params, message }: ErrorObject, noun: string): string {
  const at = (name = "") => [noun, dotted(instancePath, name)].filter(Boolean).join(" ");
  if (keyword === "required") return `${at(params.missingProperty)} is missing`;
  if (keyword === "additionalProperties") return `${at(params.additionalProperty)} is not documented`;
  if (keyword === "enum") return `${at()} must be one of ${params.allowedValues.join(", ")}`;
  if (keyword === "type") return `${at()} must be ${[params.type].flat().join(" or ")}`;
  return `${at()} ${message}`;
}

/** `/tasks/0/age` as `tasks[0].age`. */
function dotted(instancePath: string, name: string): string {
  const keys = instancePath
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return [...keys, name]
    .filter(Boolean)
    .reduce((path, key) => (/^\d+$/.test(key) ? `${path}[${key}]` : path ? `${path}.${key}` : key), "");
}
