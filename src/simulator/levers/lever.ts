import * as z from "zod/mini";
import { ApiError } from "../server/api-error";

export interface LeverCall {
  path: string[];
  input: unknown;
}

export type Lever = (call: LeverCall) => unknown;

/** By `METHOD path/:parameter`, below `/simulator`. */
export type LeverTable = Record<string, Lever>;

/** A file as levers take it. */
export const leverFile = z.object({
  contentType: z.string().check(z.minLength(1)),
  filename: z.optional(z.string()),
  content: z.base64(),
});

export function fileOf({ content, ...file }: z.output<typeof leverFile>) {
  return { ...file, content: Buffer.from(content, "base64") };
}

export function read<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
  throw new ApiError(400, 20001, problems.join("; "));
}

const written = z.object({ body: z._default(z.string(), ""), media: z._default(z.array(leverFile), []) });

/** What somebody writes: text, files, or both. */
export const message = written.shape;

export function readContent({ body, media }: z.output<typeof written>) {
  if (!body && media.length === 0) throw new ApiError(400, 20001, "body: a message has text, media, or both");
  return { body, files: media.map(fileOf) };
}
