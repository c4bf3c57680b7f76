import type { Json } from "../../../simulator/studio/json";

/** Every string of a value, with its JSON pointer. */
export function stringsIn(value: Json, path: string): { path: string; text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, item]) => stringsIn(item, `${path}/${key}`));
}
