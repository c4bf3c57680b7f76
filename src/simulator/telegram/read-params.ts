import type { PlatformRequest } from "../platforms/platform";
import { isMultipart, readMultipart } from "../server/read-multipart";
import type { UploadedFile } from "../server/routes";
import { badRequest } from "./bot-error";

/** Parameters of a method, which may come in the query, as JSON, as a form, or with files: https://core.telegram.org/bots/api#making-requests */
export class BotParams {
  constructor(
    private readonly values: Record<string, unknown>,
    private readonly files: Record<string, UploadedFile> = {},
  ) {}

  has(name: string): boolean {
    return this.values[name] !== undefined && this.values[name] !== null;
  }

  text(name: string): string {
    const value = this.values[name];
    if (value === undefined || value === null) return "";
    return typeof value === "string" ? value : JSON.stringify(value);
  }

  integer(name: string): number | undefined {
    if (!this.has(name)) return undefined;
    const text = this.text(name);
    if (!/^-?\d{1,16}$/.test(text)) throw badRequest(`parameter "${name}" must be an integer`);
    return Number(text);
  }

  number(name: string): number | undefined {
    return this.text(name).trim() === "" || Number.isNaN(Number(this.text(name))) ? undefined : Number(this.text(name));
  }

  flag(name: string): boolean {
    return ["true", "1", "yes"].includes(this.text(name).toLowerCase());
  }

  /** A value that is an array or an object; in forms, as JSON. */
  json(name: string): unknown {
    const value = this.values[name];
    if (typeof value !== "string") return value ?? undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw badRequest(`can't parse ${name} JSON object`);
    }
  }

  /** The part of that name, or the one it points to by `attach://`. */
  file(name: string): UploadedFile | undefined {
    return this.files[name] ?? this.files[/^attach:\/\/(.+)$/.exec(this.text(name))?.[1] ?? ""];
  }
}

export async function readParams({ url, headers, body }: Pick<PlatformRequest, "url" | "headers" | "body">) {
  const query = Object.fromEntries(url.searchParams);
  const type = headers["content-type"] ?? "";
  if (isMultipart(type)) {
    const { texts, files } = await readMultipart(body, type).catch(() => {
      throw badRequest("can't parse multipart form");
    });
    return new BotParams({ ...query, ...Object.fromEntries(texts) }, files);
  }
  if (body.length === 0) return new BotParams(query);
  if (!type.includes("application/json")) {
    return new BotParams({ ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) });
  }
  return new BotParams({ ...query, ...parseObject(body.toString()) });
}

export function parseObject(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    // Said below.
  }
  throw badRequest("can't parse JSON object");
}
