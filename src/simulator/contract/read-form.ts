import type { Schema } from "./documents";

interface Form {
  read: Record<string, unknown>;
  /** What a schema cannot say of texts. */
  violations: string[];
}

/** What a form's texts mean under their schemas. A text that means nothing stays as it is, for the schema to refuse. */
export function readForm(values: URLSearchParams, schemas: ReadonlyMap<string, Schema>, noun: string): Form {
  const form: Form = { read: {}, violations: [] };
  for (const name of new Set(values.keys())) {
    const schema = schemas.get(name) ?? { type: "string" };
    const texts = values.getAll(name);
    const read = texts.map((text) => readText(text, schema.type === "array" ? (schema.items ?? {}) : schema));
    form.read[name] = schema.type === "array" ? read : read[0];
    if (texts.length > 1 && schema.type !== "array") form.violations.push(`${noun} ${name} is given more than once`);
    if (read.includes(NOT_JSON)) form.violations.push(`${noun} ${name} must hold JSON`);
  }
  return form;
}

const NOT_JSON = Symbol("not JSON");

function readText(text: string, { type, enum: values }: Schema): unknown {
  if (type === "integer" || type === "number") return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type === "string" || values) return text;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}
