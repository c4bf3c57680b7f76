import * as z from "zod/mini";
import { ApiError, unserved } from "../server/api-error";
import type { ContentRow } from "./rows";

export interface RenderedContent {
  body: string;
  /** Addresses of files. */
  media?: string[];
  /** Whether WhatsApp takes it outside the 24 hours. */
  approved: boolean;
}

const variablesShape = z.record(z.string(), z.string());
const typeShape = z.object({ body: z.string(), media: z.optional(z.array(z.string())) });

/** Which of a template's types a channel shows; the richer ones only where buttons exist, and then as their text. */
const PLAIN_TYPES = ["twilio/text", "twilio/media"];

export function renderContent(
  content: ContentRow | undefined,
  variables: string | undefined,
  channel: string,
): RenderedContent {
  // 21655, https://www.twilio.com/docs/api/errors/21655
  if (!content) throw new ApiError(400, 21655, "The ContentSid is invalid");
  const values = { ...content.variables, ...readVariables(variables) };
  const { body, media } = typeFor(content, channel);
  const fill = (text: string) => text.replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => valueIn(values, name.trim()));
  return {
    body: fill(body),
    ...(media ? { media: media.map(fill) } : {}),
    approved: content.approval?.status === "approved",
  };
}

function typeFor({ friendlyName, types }: ContentRow, channel: string) {
  const offered = Object.keys(types).sort((a, b) => PLAIN_TYPES.indexOf(b) - PLAIN_TYPES.indexOf(a));
  const shown = channel === "sms" ? offered.filter((type) => PLAIN_TYPES.includes(type)) : offered;
  for (const type of shown) {
    const parsed = typeShape.safeParse(types[type]);
    if (parsed.success) return parsed.data;
  }
  throw unserved(`the template ${friendlyName} on ${channel}`);
}

/** 21656, https://www.twilio.com/docs/api/errors/21656 */
function readVariables(text: string | undefined): Record<string, string> {
  if (text === undefined || text === "") return {};
  const parsed = variablesShape.safeParse(parseJson(text));
  if (!parsed.success || Object.values(parsed.data).some(isUnfit)) throw invalidVariables();
  return parsed.data;
}

function valueIn(values: Readonly<Record<string, string>>, name: string): string {
  const value = values[name];
  if (!value) throw invalidVariables();
  return value;
}

const isUnfit = (value: string) => value === "" || /[\n\t]| {5}/.test(value);

const invalidVariables = () => new ApiError(400, 21656, "The ContentVariables parameter is invalid");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
