import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The parts of an OpenAPI 3.0 document that the check reads. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, Schema> };
}

export interface Schema {
  $ref?: string;
  type?: "string" | "integer" | "number" | "boolean" | "array" | "object";
  nullable?: boolean;
  format?: string;
  enum?: unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
}

export interface Definition {
  operationId: string;
  parameters?: {
    name: string;
    in: "query" | "path" | "header";
    required?: boolean;
    schema: Schema;
  }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/** A schema means nothing without the document its references point into. */
export interface DocumentedOperation {
  definition: Definition;
  document: OpenApiDocument;
}

const namesByHost: Record<string, string[]> = {
  "api.twilio.com": ["api_v2010"],
  "content.twilio.com": ["content_v1", "content_v2"],
  "conversations.twilio.com": ["conversations_v1"],
  "flex-api.twilio.com": ["flex_v1", "flex_v2"],
  "iam.twilio.com": ["iam_v1"],
  "messaging.twilio.com": ["messaging_v1"],
  "serverless.twilio.com": ["serverless_v1"],
  "studio.twilio.com": ["studio_v1", "studio_v2"],
  "sync.twilio.com": ["sync_v1"],
  "taskrouter.twilio.com": ["taskrouter_v1"],
};

/** Twilio publishes them at https://github.com/twilio/twilio-oai, and in npm @twilio/cli-core, which is where these come from. */
export function readDocuments(host: string): OpenApiDocument[] {
  const folder = join(dirname(require.resolve("@twilio/cli-core/package.json")), "src/services/twilio-api");
  return (namesByHost[host] ?? []).map((name) => JSON.parse(readFileSync(join(folder, `twilio_${name}.json`), "utf8")));
}

export function resolve(schema: Schema, { components }: OpenApiDocument): Schema {
  if (!schema.$ref) return schema;
  const name = schema.$ref.slice("#/components/schemas/".length);
  const target = components.schemas[name];
  if (!target) throw new Error(`Twilio's document refers to ${schema.$ref}, which it does not hold`);
  return target;
}
