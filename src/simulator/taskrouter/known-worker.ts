import type { World } from "../world";
import { attributesOf, serves } from "./documents";
import { valueAt } from "./expression";
import { wantedWorker } from "./find-workers";
import { keyPath } from "./read-tokens";
import type { TaskRow } from "./rows";
import type { Tables } from "./tables";
import type { Step } from "./workflow-rules";

/**
 * What Twilio's debugger says of a target whose known Worker cannot have the Task. A null where the Worker's name would be
 * keeps it silent: https://www.twilio.com/docs/taskrouter/workflow-configuration/known-agent-routing
 */
export function tellOfKnownWorker(world: World, tables: Tables, task: TaskRow, { knownWorker, queueSid }: Step): void {
  if (!knownWorker) return;
  const document = { task: attributesOf(task) };
  const wanted = wantedWorker(knownWorker, document);
  if (wanted === null && isGiven(document, keyPath(knownWorker.value))) return;
  const worker = [...tables.workers.values()].find((one) => one[knownWorker.by] === wanted);
  if (worker && serves(tables, worker, queueSid)) return;
  const name = worker ? "40152: the known Worker is not in the target's queue" : "40154: the known Worker is unknown";
  world.log.add({ kind: "warning", name, taskSid: task.sid });
}

function isGiven(document: object, path: (string | number)[]): boolean {
  const [key] = path.slice(-1);
  const holder = valueAt(document, path.slice(0, -1));
  return key !== undefined && typeof holder === "object" && holder !== null && Object.hasOwn(holder, key);
}
