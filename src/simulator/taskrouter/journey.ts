import { filterDocument } from "./documents";
import type { JourneyRow, TaskRow } from "./rows";
import type { Tables } from "./tables";
import { nextPlace, stepAt } from "./workflow-path";
import type { Step } from "./workflow-rules";

export function startJourney(tables: Tables, task: TaskRow, lifetimeEnd: number, now: Date): JourneyRow {
  const isAimed = task.routingTarget !== null && !task.routingTarget.startsWith("WW");
  const workflow = !isAimed && task.workflowSid ? tables.workflows.get(task.workflowSid) : undefined;
  const configuration = workflow?.configuration ?? null;
  return {
    taskSid: task.sid,
    configuration,
    place:
      configuration === null
        ? null
        : nextPlace(tables.parsed.rules(configuration), null, filterDocument(task, now), false),
    entered: false,
    deadline: null,
    waited: false,
    rejectedAt: {},
    lifetimeEnd,
  };
}

/** Where the Task waits: none when its rules are at their end. */
export function stepOf(tables: Tables, task: TaskRow, { configuration, place }: JourneyRow): Step | null {
  if (configuration === null) return { queueSid: task.queueSid, orderBy: [] };
  return place && stepAt(tables.parsed.rules(configuration), place);
}

export function passOn(tables: Tables, task: TaskRow, journey: JourneyRow, now: Date): void {
  const { configuration, place, waited } = journey;
  journey.entered = false;
  if (configuration !== null) {
    journey.place = nextPlace(tables.parsed.rules(configuration), place, filterDocument(task, now), waited);
  }
}

export interface Waiting {
  task: TaskRow;
  journey: JourneyRow;
}

/** By priority, then by age as the queue wants it: https://www.twilio.com/docs/taskrouter/queue-ordering-last-first-out-lifo */
export function inTurn(tables: Tables, waiting: Waiting[]): Waiting[] {
  const isLastInFirstOut = ({ queueSid }: TaskRow) =>
    queueSid !== null && tables.queues.get(queueSid)?.taskOrder === "LIFO";
  const lastFirst = tables.workspace.prioritizeQueueOrder === "LIFO";
  return waiting.sort(({ task: a }, { task: b }) => {
    const [aLast, bLast] = [isLastInFirstOut(a), isLastInFirstOut(b)];
    const age = a.virtualStartedAt.getTime() - b.virtualStartedAt.getTime();
    const queues = Number(aLast) - Number(bLast);
    return b.priority - a.priority || (lastFirst ? -queues : queues) || (aLast ? -age : age);
  });
}
