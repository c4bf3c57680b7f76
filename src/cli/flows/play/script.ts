import { InvalidArgumentError } from "commander";

/** What happens in a play, in its order. */
export type Act = { say: string } | { advance: number };

export function readSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw new InvalidArgumentError("seconds are a number, not below 0.");
}

/** `KEY=VALUE`, where a value that is JSON is taken as such. */
export function readAttribute(text: string, before: Record<string, unknown> = {}): Record<string, unknown> {
  const [, key, value = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (!key) throw new InvalidArgumentError("write it as key=value.");
  return { ...before, [key]: jsonOr(value) };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
