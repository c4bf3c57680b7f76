import { z } from "zod";
import { ApiError } from "../server/api-error";
import { type Expression, parseExpression } from "./parse-expression";
import { ExpressionError, keyPath } from "./read-tokens";

/** A Workflow's configuration, read once: https://www.twilio.com/docs/taskrouter/workflow-configuration */
export interface WorkflowRules {
  filters: Filter[];
  /** Serves Tasks that no filter kept. */
  fallback: Step | null;
}

export interface Filter {
  name: string | null;
  expression: Expression;
  targets: Step[];
}

/** One stay of a Task in a queue, waiting for a Worker. */
export interface Step {
  queueSid: string | null;
  /** Which of the queue's Workers may have the Task. */
  expression?: Expression;
  /** Seconds. */
  timeout?: number;
  priority?: number;
  orderBy: OrderClause[];
  skipIf?: Expression;
  knownWorker?: KnownWorker;
}

export interface OrderClause {
  path: (string | number)[];
  descending: boolean;
}

export interface KnownWorker {
  by: "sid" | "friendlyName";
  /** A constant, or a key of the Task: `task.lastAgent`. */
  value: string;
}

// Both quoted and bare numbers are met in published Workflows.
const quantity = z.preprocess((value) => (value === "" ? undefined : value), z.coerce.number().int().min(0).optional());

const target = z.object({
  queue: z.string().optional(),
  expression: z.string().optional(),
  timeout: quantity,
  priority: quantity,
  order_by: z.string().optional(),
  skip_if: z.string().optional(),
  known_worker_sid: z.string().optional(),
  known_worker_friendly_name: z.string().optional(),
});

const configuration = z.object({
  task_routing: z.object({
    filters: z
      .array(
        z.object({
          filter_friendly_name: z.string().optional(),
          friendly_name: z.string().optional(),
          expression: z.string(),
          targets: z.array(target),
        }),
      )
      .default([]),
    default_filter: target.optional(),
  }),
});

/** Refuses what is not a configuration, or names a queue that does not exist. */
export function readWorkflowRules(text: string, hasQueue: (sid: string) => boolean): WorkflowRules {
  const parsed = configuration.safeParse(readJson(text));
  if (!parsed.success) throw refused(z.prettifyError(parsed.error));
  const { filters, default_filter: fallback } = parsed.data.task_routing;
  try {
    return {
      filters: filters.map((filter) => ({
        name: filter.filter_friendly_name ?? filter.friendly_name ?? null,
        expression: parseExpression(filter.expression),
        targets: readTargets(filter.targets, hasQueue),
      })),
      fallback: fallback ? (readTargets([fallback], hasQueue)[0] ?? null) : null,
    };
  } catch (failure) {
    if (failure instanceof ExpressionError) throw refused(failure.message);
    throw failure;
  }
}

/** A target without a queue stays in the queue of the one before it. */
function readTargets(targets: z.infer<typeof target>[], hasQueue: (sid: string) => boolean): Step[] {
  let queueSid: string | undefined;
  return targets.map((one) => {
    queueSid = one.queue ?? queueSid;
    if (!queueSid || !hasQueue(queueSid)) throw refused(`a target names the unknown queue ${queueSid ?? "(none)"}`);
    return {
      queueSid,
      orderBy: readOrder(one.order_by ?? ""),
      timeout: one.timeout,
      priority: one.priority,
      knownWorker: readKnownWorker(one),
      expression: one.expression ? parseExpression(one.expression) : undefined,
      skipIf: one.skip_if ? parseExpression(one.skip_if) : undefined,
    };
  });
}

/** `worker.level DESC, worker.tier`: https://www.twilio.com/docs/taskrouter/order-workers */
function readOrder(text: string): OrderClause[] {
  return text
    .split(",")
    .map((clause) => clause.trim().split(/\s+/))
    .flatMap(([key, direction]) =>
      key ? [{ path: keyPath(key), descending: direction?.toUpperCase() === "DESC" }] : [],
    );
}

/** https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing */
function readKnownWorker(one: z.infer<typeof target>): KnownWorker | undefined {
  if (one.known_worker_sid) return { by: "sid", value: one.known_worker_sid };
  if (one.known_worker_friendly_name) return { by: "friendlyName", value: one.known_worker_friendly_name };
  return undefined;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused("it is not JSON");
  }
}

function refused(why: string): ApiError {
  return new ApiError(400, 20001, `Invalid Workflow configuration: ${why}`);
}
