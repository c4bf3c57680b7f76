import * as z from "zod/mini";
import { ApiError, missingParameter } from "../server/api-error";
import type { Params } from "../server/params";
import type { NewInteraction, NewRouting } from "./interactions";

const channel = z.object({
  type: z.string(),
  initiated_by: z.string(),
  properties: z.optional(z.nullable(z.looseObject({ media_channel_sid: z.optional(z.string()) }))),
  participants: z.optional(
    z.array(
      z.looseObject({
        address: z.optional(z.string()),
        proxy_address: z.optional(z.string()),
        identity: z.optional(z.string()),
      }),
    ),
  ),
});

const routing = z.object({
  properties: z.looseObject({
    workspace_sid: z.optional(z.string()),
    workflow_sid: z.optional(z.nullable(z.string())),
    queue_sid: z.optional(z.nullable(z.string())),
    worker_sid: z.optional(z.nullable(z.string())),
    task_channel_sid: z.optional(z.nullable(z.string())),
    task_channel_unique_name: z.optional(z.nullable(z.string())),
    priority: z.optional(z.nullable(z.int())),
    timeout: z.optional(z.nullable(z.int())),
    attributes: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  }),
});

const CHANNEL_TYPES = ["sms", "whatsapp", "web", "chat", "email", "messenger", "gbm", "voice"];

/** Reads `Channel` and `Routing` of a create; `initiated_by` in any case, since Twilio's own pages spell it both ways. */
export function readNewInteraction(form: Params): NewInteraction {
  if (!form.has("Channel")) throw missingParameter("Channel");
  const parsed = channel.safeParse(form.json("Channel"));
  if (!parsed.success) throw new ApiError(400, 20001, `Channel is not valid: ${problem(parsed.error)}`);
  const { type, initiated_by, properties, participants } = parsed.data;
  const initiatedBy = initiated_by.toLowerCase();
  if (initiatedBy !== "customer" && initiatedBy !== "api" && initiatedBy !== "agent") {
    throw new ApiError(400, 20001, "Channel.initiated_by must be customer, api or agent");
  }
  if (!CHANNEL_TYPES.includes(type))
    throw new ApiError(400, 20001, `Channel.type must be one of ${CHANNEL_TYPES.join(", ")}`);
  return {
    channel: {
      type,
      initiatedBy,
      mediaChannelSid: properties?.media_channel_sid,
      participants: participants?.map(({ address, proxy_address, identity }) => ({
        address,
        proxyAddress: proxy_address,
        identity,
      })),
    },
    routing: readRouting(form.json("Routing")),
    webhookTtid: form.get("WebhookTtid"),
  };
}

export function readRouting(json: unknown): NewRouting {
  if (json === undefined) throw missingParameter("Routing");
  const parsed = routing.safeParse(json);
  if (!parsed.success) throw new ApiError(400, 20001, `Routing is not valid: ${problem(parsed.error)}`);
  const { properties } = parsed.data;
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
  const parsed = endRouting.safeParse(json);
  if (!parsed.success) throw new ApiError(400, 20001, `Routing is not valid: ${problem(parsed.error)}`);
  return parsed.data?.status;
}

function problem(error: { issues: { path: PropertyKey[]; message: string }[] }): string {
  return error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ");
}
