import type { IncomingHttpHeaders } from "node:http";
import { allowancesFor, pageParameters } from "./allowances";
import { type DocumentedOperation, resolve, type Schema } from "./documents";
import { toJsonSchema } from "./json-schema";
import { readForm } from "./read-form";
import type { Compile } from "./validator";

/** A request as it came in, its path aside. */
export interface CheckedRequest {
  query: URLSearchParams;
  /** The body, when it is a form. */
  form?: URLSearchParams;
  /** The body, when it is JSON. */
  json?: unknown;
  headers: IncomingHttpHeaders;
}

export type RequestCheck = (params: Readonly<Record<string, string>>, request: CheckedRequest) => string[];

const FORM = "application/x-www-form-urlencoded";

export function requestCheck(operation: DocumentedOperation, compile: Compile): RequestCheck {
  const path = partCheck(parametersIn("path", operation), operation, compile, "path parameter");
  const query = partCheck(queryOf(operation), operation, compile, "parameter");
  const header = partCheck(parametersIn("header", operation), operation, compile, "header");
  const body = bodyCheck(operation, compile);
  return (params, request) => [
    ...path(new URLSearchParams(params)),
    ...query(request.query),
    ...header(declaredHeaders(operation, request.headers)),
    ...body(request),
  ];
}

function bodyCheck(operation: DocumentedOperation, compile: Compile): (request: CheckedRequest) => string[] {
  const [content] = Object.entries(operation.definition.requestBody?.content ?? {});
  if (!content) return () => [];
  const [type, { schema }] = content;
  if (type !== FORM) {
    const validate = compile(toJsonSchema(schema, operation.document), "key");
    return ({ json }) => (json === undefined ? [`the body must be ${type}`] : validate(json));
  }
  const check = partCheck(withAllowedValues(schema, operation), operation, compile, "parameter");
  return ({ form, json }) => (json === undefined ? check(form ?? new URLSearchParams()) : [`the body must be ${type}`]);
}

/** One place that holds named texts: path, query, headers or form. */
function partCheck(part: Schema, { document }: DocumentedOperation, compile: Compile, noun: string) {
  const validate = compile({ ...toJsonSchema(part, document), additionalProperties: false }, noun);
  const properties = Object.entries(part.properties ?? {});
  const schemas = new Map(properties.map(([name, schema]) => [name, withItems(resolve(schema, document))]));
  function withItems(schema: Schema): Schema {
    return schema.items ? { ...schema, items: resolve(schema.items, document) } : schema;
  }
  return (values: URLSearchParams): string[] => {
    const { read, violations } = readForm(values, schemas, noun);
    return [...violations, ...validate(read)];
  };
}

function parametersIn(place: "query" | "path" | "header", { definition }: DocumentedOperation): Schema {
  const parameters = (definition.parameters ?? []).filter((parameter) => parameter.in === place);
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

function queryOf(operation: DocumentedOperation): Schema {
  const query = parametersIn("query", operation);
  if (!operation.definition.operationId.startsWith("List")) return query;
  return { ...query, properties: { ...query.properties, ...pageParameters } };
}

function withAllowedValues(schema: Schema, { definition, document }: DocumentedOperation): Schema {
  const form = resolve(schema, document);
  const properties = { ...form.properties };
  for (const { values = {}, ignored = [] } of allowancesFor(definition.operationId)) {
    for (const name of ignored) properties[name] = { type: "string" };
    for (const [name, allowed] of Object.entries(values)) {
      const documented = resolve(properties[name] ?? {}, document);
      properties[name] = { ...documented, enum: [...(documented.enum ?? []), ...allowed] };
    }
  }
  return { ...form, type: "object", properties };
}

/** Clients send many headers that are nobody's business; only the documented ones are looked at. */
function declaredHeaders({ definition }: DocumentedOperation, headers: IncomingHttpHeaders): URLSearchParams {
  const declared = new URLSearchParams();
  for (const { name, in: place } of definition.parameters ?? []) {
    const sent = headers[name.toLowerCase()];
    if (place === "header" && sent !== undefined) declared.set(name, String(sent));
  }
  return declared;
}
