import * as z from "zod/mini";
import { conditionTypes } from "./conditions";
import { MOST_WIDGETS } from "./limits";

/** The envelope of a Flow definition; keys are strict, as in https://www.twilio.com/docs/studio/rest-api/v2/schemas */
const condition = z.strictObject({
  friendly_name: z.string(),
  arguments: z.array(z.string()).check(z.minLength(1)),
  type: z.enum(conditionTypes),
  value: z.string(),
});

const transition = z.strictObject({
  event: z.string(),
  // Absent, null and empty all end the branch.
  next: z.nullish(z.string()),
  conditions: z.nullish(z.array(condition)),
});

/** What Liquid paths can name: https://www.twilio.com/docs/studio/user-guide/get-started */
const widgetName = /^[A-Za-z][^\s.]*$/;

export const flowState = z.strictObject({
  name: z.string().check(z.regex(widgetName)),
  type: z.string(),
  transitions: z.array(transition),
  properties: z.record(z.string(), z.unknown()),
});

export const flowDefinition = z.strictObject({
  $schema: z.optional(z.literal("https://schemas.twilio.com/studio/draft/2019-09/flow-definition")),
  description: z.optional(z.string()),
  // The schema page still says 1,000, the limit before Studio's FAQ had 2,000.
  states: z.array(flowState).check(z.minLength(1), z.maxLength(MOST_WIDGETS)),
  initial_state: z.string().check(z.minLength(1)),
  flags: z.optional(z.strictObject({ allow_concurrent_calls: z.boolean() })),
});

export type Condition = z.infer<typeof condition>;
export type Transition = z.infer<typeof transition>;
export type FlowState = z.infer<typeof flowState>;
export type FlowDefinition = z.infer<typeof flowDefinition>;
