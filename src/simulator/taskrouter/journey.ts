import type { Alarm } from "../clock";
import { filterDocument } from "./documents";
import type { TaskRow } from "./rows";
import type { Tables } from "./tables";
import { nextPlace, type Place } from "./workflow-path";
import type { Step, WorkflowRules } from "./workflow-rules";

/** How far a Task has come. */
export interface Journey {
  /** None for a Task that is aimed at a Worker or a queue. */
  rules: WorkflowRules | null;
  place: Place | null;
  step: Step | null;
  /** False until the Task has been told to be in its step, and again between two steps. */
  entered: boolean;
  /** Simulated time at which the step is over. */
  deadline: number | null;
  /** Whether a step has kept the Task waiting, so that the default filter is not for it. */
  waited: boolean;
  rejectedAt: Map<string, number>;
  lifetime: Alarm;
  stepEnd?: Alarm;
  retry?: Alarm;
}

export function startJourney(tables: Tables, task: TaskRow, lifetime: Alarm, now: Date): Journey {
  const isAimed = task.routingTarget !== null && !task.routingTarget.startsWith("WW");
  const rules = (!isAimed && task.workflowSid && tables.rules.get(task.workflowSid)) || null;
  const place = rules && nextPlace(rules, null, filterDocument(task, now), false);
  return {
    rules,
    place,
    step: rules ? (place?.step ?? null) : { queueSid: task.queueSid, orderBy: [] },
    entered: false,
    deadline: null,
    waited: false,
    rejectedAt: new Map(),
    lifetime,
  };
}

interface Waiting {
  task: TaskRow;
  journey: Journey;
}

/** By priority, then by age as the queue wants it: https://www.twilio.com/docs/taskrouter/queue-ordering-last-first-out-lifo */
export function inTurn(tables: Tables, waiting: Waiting[]): Waiting[] {
  const isLastInFirstOut = ({ queueSid }: TaskRow) =>
    queueSid !== null && tables.queues.get(queueSid)?.taskOrder === "LIFO";
  return waiting.sort(({ task: a }, { task: b }) => {
    const [aLast, bLast] = [isLastInFirstOut(a), isLastInFirstOut(b)];
    const age = a.createdAt.getTime() - b.createdAt.getTime();
    return b.priority - a.priority || Number(aLast) - Number(bLast) || (aLast ? -age : age);
  });
}
