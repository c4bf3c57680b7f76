import * as z from "zod/mini";
import { typedValue } from "./typed-value";
import { defineWidget, widgetProperties } from "./widget";

const variable = z.object({
  /** No Liquid: it stays as it is. */
  key: z.string(),
  value: z.string(),
  type: z.optional(z.string()),
  /** Twilio's newer word for the type `json_object`. */
  parse_as_json: z.optional(z.boolean()),
  /** Written by older consoles. */
  index: z.optional(z.string()),
});

/**
 * https://www.twilio.com/docs/studio/widget-library/set-variables
 * Unverified: whether one variable sees another that the same widget sets. Here it does not.
 */
export const setVariables = defineWidget({
  type: "set-variables",
  events: ["next"],
  properties: widgetProperties({ variables: z.optional(z.array(variable)) }),
  enter(run, { variables = [] }) {
    const values = Object.fromEntries(
      variables.map(({ parse_as_json, ...one }) => [
        one.key,
        typedValue(run, parse_as_json ? { ...one, type: "json_object" } : one),
      ]),
    );
    return { event: "next", outputs: values, variables: values };
  },
});
