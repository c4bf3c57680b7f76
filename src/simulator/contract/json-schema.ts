import { type OpenApiDocument, resolve, type Schema } from "./documents";

export type JsonSchema = Record<string, unknown>;

interface Options {
  /** Twilio's answers hold every key of a resource and no other, `null` where there is nothing to say. */
  exact?: boolean;
}

const PLAIN_KEYWORDS = ["pattern", "minLength", "maxLength", "minimum", "maximum"] as const;

/** Formats with a checkable meaning; Twilio also uses names of its own (`phone-number`, `uri-map`), which say nothing. */
const FORMATS = ["date-time", "date-time-rfc-2822", "date", "uri"];

/** A schema of OpenAPI 3.0 as JSON Schema: references followed, `nullable` spelled out, Twilio's annotations left behind. */
export function toJsonSchema(schema: Schema, document: OpenApiDocument, options: Options = {}): JsonSchema {
  const source = resolve(schema, document);
  const convert = (part: Schema) => toJsonSchema(part, document, options);
  const target: JsonSchema = {};
  for (const keyword of PLAIN_KEYWORDS) if (source[keyword] !== undefined) target[keyword] = source[keyword];
  if (source.type) target.type = source.nullable ? [source.type, "null"] : source.type;
  if (source.enum) target.enum = source.nullable ? [...source.enum, null] : source.enum;
  if (source.format && FORMATS.includes(source.format)) target.format = source.format;
  if (source.items) target.items = convert(source.items);
  if (source.properties) {
    target.properties = Object.fromEntries(
      Object.entries(source.properties).map(([key, part]) => [key, convert(part)]),
    );
  }
  const exact = options.exact && Object.keys(source.properties ?? {}).length > 0;
  if (exact) Object.assign(target, { required: Object.keys(source.properties ?? {}), additionalProperties: false });
  else if (source.required) target.required = source.required;
  return target;
}
