import type { World } from "../world";
import { attributesOf, serves } from "./documents";
import { wantedWorker } from "./find-workers";
import type { TaskRow } from "./rows";
import type { Tables } from "./tables";
import type { Step } from "./workflow-rules";

/** What Twilio's debugger says of a target whose known Worker cannot have the Task: https://www.twilio.com/docs/api/errors/40154 */
export function tellOfKnownWorker(world: World, tables: Tables, task: TaskRow, { knownWorker, queueSid }: Step): void {
  if (!knownWorker) return;
  const wanted = wantedWorker(knownWorker, { task: attributesOf(task) });
  const worker = [...tables.workers.values()].find((one) => one[knownWorker.by] === wanted);
  if (worker && serves(tables, worker, queueSid)) return;
  const name = worker ? "40152: the known Worker is not in the target's queue" : "40154: the known Worker is unknown";
  world.log.add({ kind: "warning", name, taskSid: task.sid });
}
