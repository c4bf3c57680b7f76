import * as z from "zod/mini";
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

/** Bytes: https://www.twilio.com/docs/taskrouter/limits */
const LARGEST = 1_038_576;

// Both quoted and bare numbers are met in published Workflows.
const quantity = z.optional(
  z.pipe(
    z.transform((value) => (value === "" ? undefined : typeof value === "string" ? Number(value) : value)),
    z.optional(z.int().check(z.minimum(0))),
  ),
);

const target = z.object({
  queue: z.optional(z.string()),
  expression: z.optional(z.string()),
  timeout: quantity,
  priority: quantity,
  order_by: z.optional(z.string()),
  skip_if: z.optional(z.string()),
  known_worker_sid: z.optional(z.string()),
  known_worker_friendly_name: z.optional(z.string()),
});

const configuration = z.object({
  task_routing: z.object({
    filters: z._default(
      z.array(
        z.object({
          filter_friendly_name: z.optional(z.string()),
          friendly_name: z.optional(z.string()),
          expression: z.string(),
          targets: z.array(target),
        }),
      ),
      [],
    ),
    default_filter: z.optional(target),
  }),
});

/** Refuses what is not a configuration; whether its queues exist is another question. */
export function readWorkflowRules(text: string): WorkflowRules {
  if (Buffer.byteLength(text) > LARGEST) throw refused(`it has more than ${LARGEST} bytes`);
  const parsed = configuration.safeParse(readJson(text));
  if (!parsed.success) throw refused(z.prettifyError(parsed.error));
  const { filters, default_filter: fallback } = parsed.data.task_routing;
  try {
    return {
      filters: filters.map((filter) => ({
        name: filter.filter_friendly_name ?? filter.friendly_name ?? null,
        expression: parseExpression(filter.expression),
        targets: readTargets(filter.targets),
      })),
      fallback: fallback ? (readTargets([fallback])[0] ?? null) : null,
    };
  } catch (failure) {
    if (failure instanceof ExpressionError) throw refused(failure.message);
    throw failure;
  }
}

export function stepsOf({ filters, fallback }: WorkflowRules): Step[] {
  return [...filters.flatMap(({ targets }) => targets), ...(fallback ? [fallback] : [])];
}

export function requireQueues(rules: WorkflowRules, hasQueue: (sid: string) => boolean): void {
  for (const { queueSid } of stepsOf(rules)) {
    if (queueSid && !hasQueue(queueSid)) throw refused(`a target names the unknown queue ${queueSid}`);
  }
}

/** A target without a queue stays in the queue of the one before it. */
function readTargets(targets: z.infer<typeof target>[]): Step[] {
  let queueSid: string | undefined;
  return targets.map((one) => {
    queueSid = one.queue ?? queueSid;
    if (!queueSid) throw refused("a target names the unknown queue (none)");
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
