import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { Announce } from "./announce";
import { type Expression, parseExpression } from "./parse-expression";
import { ExpressionError } from "./read-tokens";
import type { Router } from "./router";
import type { WorkerRow } from "./rows";
import { activityOf, rowOf, type Tables } from "./tables";
import type { TaskRouter } from "./taskrouter";
import { readWorkflowRules } from "./workflow-rules";

type Management = Pick<TaskRouter, "updateWorkspace" | "createWorkflow" | "updateWorkflow" | "createQueue">;

/** What an administrator changes: rules, queues and the workspace itself. */
export function manageWorkspace(world: World, tables: Tables, router: Router): Management {
  const hasQueue = (sid: string) => tables.queues.has(sid);

  return {
    updateWorkspace(changes) {
      for (const sid of [changes.defaultActivitySid, changes.timeoutActivitySid]) {
        if (sid) rowOf(tables.activities, "Activities", sid);
      }
      Object.assign(tables.workspace, withoutGaps(changes), { updatedAt: world.clock.now() });
    },
    createWorkflow(workflow) {
      const rules = readWorkflowRules(workflow.configuration, hasQueue);
      const now = world.clock.now();
      const row = {
        sid: world.newSid("WW"),
        friendlyName: workflow.friendlyName,
        configuration: workflow.configuration,
        taskReservationTimeout: workflow.taskReservationTimeout ?? 120,
        assignmentCallbackUrl: workflow.assignmentCallbackUrl ?? null,
        fallbackAssignmentCallbackUrl: workflow.fallbackAssignmentCallbackUrl ?? null,
        createdAt: now,
        updatedAt: now,
      };
      tables.workflows.set(row.sid, row);
      tables.rules.set(row.sid, rules);
      return row;
    },
    updateWorkflow(sid, changes, reEvaluateTasks = false) {
      const row = rowOf(tables.workflows, "Workflows", sid);
      if (changes.configuration) tables.rules.set(sid, readWorkflowRules(changes.configuration, hasQueue));
      Object.assign(row, withoutGaps(changes), { updatedAt: world.clock.now() });
      if (reEvaluateTasks) router.reEvaluate(sid);
      return row;
    },
    createQueue({ friendlyName, targetWorkers = "1==1", maxReservedWorkers = 1, taskOrder = "FIFO" }) {
      const expression = readTargetWorkers(targetWorkers);
      const now = world.clock.now();
      const sid = world.newSid("WQ");
      const row = { sid, friendlyName, targetWorkers, maxReservedWorkers, taskOrder, createdAt: now, updatedAt: now };
      tables.queues.set(sid, row);
      tables.targetWorkers.set(sid, expression);
      return row;
    },
  };
}

export type SetActivity = (worker: WorkerRow, activitySid: string) => void;

/** A Worker who becomes available counts as idle from that moment. */
export function activitySetter(world: World, tables: Tables, announce: Announce): SetActivity {
  return (worker, activitySid) => {
    const previous = activityOf(tables, worker);
    if (previous.sid === activitySid) return;
    const now = world.clock.now();
    const msInPreviousActivity = now.getTime() - worker.activityChangedAt.getTime();
    Object.assign(worker, { activitySid, activityChangedAt: now, updatedAt: now });
    if (!previous.available) worker.idleSince = now;
    announce({ event: "worker.activity.update", worker, previousActivitySid: previous.sid, msInPreviousActivity });
  };
}

/** Without an expression a queue's Tasks wait until they move on: https://www.twilio.com/docs/taskrouter/api/task-queue */
function readTargetWorkers(text: string): Expression | null {
  return text.trim() === "" ? null : readExpression(text);
}

/** An expression from a request; one that cannot be read is refused. */
export function readExpression(text: string): Expression {
  try {
    return parseExpression(text);
  } catch (failure) {
    if (failure instanceof ExpressionError) throw new ApiError(400, 20001, failure.message);
    throw failure;
  }
}

function withoutGaps<Changes extends object>(changes: Changes): Partial<Changes> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Changes>;
}
