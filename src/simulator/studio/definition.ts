import { z } from "zod";
import { conditionTypes } from "./conditions";

/** The envelope of a Flow definition; keys are strict, as in https://www.twilio.com/docs/studio/rest-api/v2/schemas */
const condition = z.strictObject({
  friendly_name: z.string(),
  arguments: z.array(z.string()).min(1),
  type: z.enum(conditionTypes),
  value: z.string(),
});

const transition = z.strictObject({
  event: z.string(),
  // Absent, null and empty all end the branch.
  next: z.string().nullish(),
  conditions: z.array(condition).nullish(),
});

export const flowState = z.strictObject({
  name: z.string().min(1),
  type: z.string(),
  transitions: z.array(transition),
  properties: z.record(z.string(), z.unknown()),
});

export const flowDefinition = z.strictObject({
  $schema: z.literal("https://schemas.twilio.com/studio/draft/2019-09/flow-definition").optional(),
  description: z.string().optional(),
  states: z.array(flowState).min(1).max(1000),
  initial_state: z.string().min(1),
  flags: z.strictObject({ allow_concurrent_calls: z.boolean() }).optional(),
});

export type Condition = z.infer<typeof condition>;
export type Transition = z.infer<typeof transition>;
export type FlowState = z.infer<typeof flowState>;
export type FlowDefinition = z.infer<typeof flowDefinition>;
