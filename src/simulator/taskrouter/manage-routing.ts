import { queueChange, workflowChange } from "./changes";
import {
  type Office,
  readExpression,
  refuseInUse,
  requireKnownOperators,
  requireUnique,
  withoutGaps,
} from "./management";
import type { NewTaskQueue, NewWorkflow, TaskQueueRow, TaskRow, WorkflowRow } from "./rows";
import { rowOf } from "./tables";
import { readWorkflowRules, requireQueues, stepsOf } from "./workflow-rules";

export interface RoutingManagement {
  createWorkflow(workflow: NewWorkflow): WorkflowRow;
  /** Tasks on their way keep the old rules unless they are to be evaluated again. */
  updateWorkflow(sid: string, changes: Partial<NewWorkflow>, reEvaluateTasks?: boolean): WorkflowRow;
  deleteWorkflow(sid: string): void;
  createQueue(queue: NewTaskQueue): TaskQueueRow;
  updateQueue(sid: string, changes: Partial<NewTaskQueue>): TaskQueueRow;
  deleteQueue(sid: string): void;
}

/** Workflows and TaskQueues. */
export function manageRouting({ world, tables, announce, router }: Office): RoutingManagement {
  const { workflows, queues, activities, journeys } = tables;
  const dates = () => ({ createdAt: world.clock.now(), updatedAt: world.clock.now() });
  const workflow = (sid: string) => rowOf(workflows, "Workflows", sid);
  const queue = (sid: string) => rowOf(queues, "TaskQueues", sid);
  const openTasks = () => [...tables.tasks.values()].filter(({ endedAt }) => endedAt === null);

  function check(configuration: string) {
    const rules = readWorkflowRules(configuration);
    requireQueues(rules, (sid) => queues.has(sid));
    requireKnownOperators(world, [
      ...rules.filters.map(({ expression }) => expression),
      ...stepsOf(rules).flatMap(({ expression, skipIf }) => [expression, skipIf]),
    ]);
  }

  function checkQueue({ targetWorkers, reservationActivitySid, assignmentActivitySid }: Partial<NewTaskQueue>) {
    // Without an expression a queue's Tasks wait until they move on: https://www.twilio.com/docs/taskrouter/api/task-queue
    if (targetWorkers?.trim()) readExpression(world, targetWorkers);
    for (const sid of [reservationActivitySid, assignmentActivitySid]) if (sid) rowOf(activities, "Activities", sid);
  }

  /** Rules that Tasks on their way still keep count too. */
  function isInRules(sid: string): boolean {
    const texts = new Set([...workflows.values(), ...journeys.values()].map(({ configuration }) => configuration));
    return [...texts].some(
      (text) => text !== null && stepsOf(tables.parsed.rules(text)).some(({ queueSid }) => queueSid === sid),
    );
  }

  // What the account is seeded with is held to the same.
  for (const row of queues.values()) checkQueue(row);
  for (const row of workflows.values()) check(row.configuration);

  return {
    createWorkflow(given) {
      requireUnique(workflows, given.friendlyName, (sid) => workflows.get(sid)?.friendlyName);
      check(given.configuration);
      const row = {
        sid: world.newSid("WW"),
        friendlyName: given.friendlyName,
        configuration: given.configuration,
        taskReservationTimeout: given.taskReservationTimeout ?? 120,
        assignmentCallbackUrl: given.assignmentCallbackUrl ?? null,
        fallbackAssignmentCallbackUrl: given.fallbackAssignmentCallbackUrl ?? null,
        ...dates(),
      };
      workflows.set(row.sid, row);
      announce(workflowChange("created", row));
      return row;
    },
    updateWorkflow(sid, changes, reEvaluateTasks = false) {
      const row = workflow(sid);
      requireUnique(workflows, changes.friendlyName, (other) => workflows.get(other)?.friendlyName, sid);
      if (changes.configuration) check(changes.configuration);
      Object.assign(row, withoutGaps(changes), { updatedAt: world.clock.now() });
      announce(workflowChange("updated", row));
      if (reEvaluateTasks) router.reEvaluate(sid);
      return row;
    },
    deleteWorkflow(sid) {
      const row = workflow(sid);
      const isOn = ({ workflowSid }: TaskRow) => workflowSid === sid;
      refuseInUse(`workflow ${sid}`, [[openTasks().some(isOn), "Tasks are on their way through it"]]);
      workflows.delete(sid);
      announce(workflowChange("deleted", row));
    },
    createQueue(given) {
      requireUnique(queues, given.friendlyName, (sid) => queues.get(sid)?.friendlyName);
      checkQueue(given);
      const row: TaskQueueRow = {
        sid: world.newSid("WQ"),
        friendlyName: given.friendlyName,
        targetWorkers: given.targetWorkers ?? "1==1",
        maxReservedWorkers: given.maxReservedWorkers ?? 1,
        taskOrder: given.taskOrder ?? "FIFO",
        reservationActivitySid: given.reservationActivitySid ?? null,
        assignmentActivitySid: given.assignmentActivitySid ?? null,
        ...dates(),
      };
      queues.set(row.sid, row);
      announce(queueChange("created", row));
      return row;
    },
    updateQueue(sid, changes) {
      const row = queue(sid);
      requireUnique(queues, changes.friendlyName, (other) => queues.get(other)?.friendlyName, sid);
      checkQueue(changes);
      Object.assign(row, withoutGaps(changes), { updatedAt: world.clock.now() });
      if (changes.targetWorkers !== undefined) announce(queueChange("expression.updated", row));
      router.nudge();
      return row;
    },
    deleteQueue(sid) {
      const row = queue(sid);
      refuseInUse(`task queue ${sid}`, [
        [isInRules(sid), "a Workflow sends Tasks to it"],
        [openTasks().some(({ queueSid }) => queueSid === sid), "Tasks are in it"],
      ]);
      queues.delete(sid);
      announce(queueChange("deleted", row));
    },
  };
}
