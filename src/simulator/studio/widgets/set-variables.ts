import { z } from "zod";
import { isJsonObject, type Json, parseJson } from "../json";
import { defineWidget, type WidgetRun, widgetProperties } from "./widget";

const variable = z.object({
  key: z.string(),
  value: z.string(),
  type: z.string().optional(),
  /** Twilio's newer word for the type `json_object`. */
  parse_as_json: z.boolean().optional(),
  /** Written by older consoles. */
  index: z.string().optional(),
});

/**
 * https://www.twilio.com/docs/studio/widget-library/set-variables
 * Unverified: whether one variable sees another that the same widget sets. Here it does not.
 */
export const setVariables = defineWidget({
  type: "set-variables",
  events: ["next"],
  properties: widgetProperties({ variables: z.array(variable).optional() }),
  enter(run, { variables = [] }) {
    const values = Object.fromEntries(variables.map((one) => [one.key, variableOf(run, one)]));
    return { event: "next", outputs: values, variables: values };
  },
});

function variableOf(run: WidgetRun, { key, value, type, parse_as_json }: z.output<typeof variable>): Json {
  const text = run.render(value);
  if (type !== "json_object" && !parse_as_json) return text;
  const parsed = parseJson(text);
  if (isJsonObject(parsed)) return parsed;
  run.warn(81027, `variable ${key} is not a JSON object`);
  return "";
}
