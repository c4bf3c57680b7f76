import * as z from "zod/mini";
import { ApiError, missingParameter } from "../server/api-error";
import type { NewRouting } from "./rows";

const text = z.optional(z.nullable(z.string()));

/** `type` is TaskRouter, in either of the spellings that Twilio's own clients send. */
const type = z.optional(z.string().check(z.regex(/^taskrouter$/i, "must be TaskRouter")));

const routing = z.object({
  type,
  properties: z.looseObject({
    workspace_sid: z.optional(z.string()),
    workflow_sid: text,
    queue_sid: text,
    worker_sid: text,
    task_channel_sid: text,
    task_channel_unique_name: text,
    priority: z.optional(z.nullable(z.int())),
    timeout: z.optional(z.nullable(z.int())),
    attributes: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  }),
});

export function readRouting(json: unknown): NewRouting {
  if (json === undefined) throw missingParameter("Routing");
  const { properties } = parse("Routing", routing, json);
  return {
    workspaceSid: properties.workspace_sid,
    workflowSid: properties.workflow_sid ?? undefined,
    queueSid: properties.queue_sid ?? undefined,
    workerSid: properties.worker_sid ?? undefined,
    taskChannel: properties.task_channel_sid ?? properties.task_channel_unique_name ?? undefined,
    priority: properties.priority ?? undefined,
    timeout: properties.timeout ?? undefined,
    attributes: properties.attributes ?? undefined,
  };
}

const endRouting = z.optional(z.looseObject({ status: z.optional(z.enum(["closed", "wrapup"])) }));

/** What is to become of the Tasks of a channel that ends. */
export function readRoutingStatus(json: unknown): "closed" | "wrapup" | undefined {
  return parse("Routing", endRouting, json)?.status;
}

const inviteAnswer = z.object({
  action: z.enum(["accept", "decline"]),
  routing: z.object({ type, reservation: z.object({ sid: z.string() }) }),
});

/** How Flex's client answers an offer: https://www.npmjs.com/package/@twilio/flex-sdk */
export function readInviteAnswer(json: unknown) {
  const { action, routing } = parse("The body", inviteAnswer, json);
  return { action, reservationSid: routing.reservation.sid };
}

export function parse<Schema extends z.ZodMiniType>(what: string, schema: Schema, json: unknown): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ");
  throw new ApiError(400, 20001, `${what} is not valid: ${problems}`);
}
