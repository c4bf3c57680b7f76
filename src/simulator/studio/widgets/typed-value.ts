import { isJsonObject, type Json, parseJson } from "../json";
import type { WidgetRun } from "./widget";

/** A rendered value, parsed where its type says so; null becomes empty. 81027: https://www.twilio.com/docs/api/errors/81027 */
export function typedValue(run: WidgetRun, { key, value, type }: { key: string; value: string; type?: string }): Json {
  const text = run.render(value);
  if (type !== "json_object") return text;
  const parsed = parseJson(text);
  if (isJsonObject(parsed)) return parsed;
  if (parsed !== null) run.warn(81027, `${key} is not a JSON object`);
  return "";
}
