import { notFound } from "../server/api-error";
import type { Expression } from "./parse-expression";
import type {
  ActivityRow,
  ReservationRow,
  TaskChannelRow,
  TaskQueueRow,
  TaskRow,
  WorkerRow,
  WorkflowRow,
  WorkspaceRow,
} from "./rows";
import type { WorkflowRules } from "./workflow-rules";

/** The workspace's rows, and what was parsed out of them. */
export interface Tables {
  workspace: WorkspaceRow;
  activities: Map<string, ActivityRow>;
  workflows: Map<string, WorkflowRow>;
  queues: Map<string, TaskQueueRow>;
  taskChannels: Map<string, TaskChannelRow>;
  workers: Map<string, WorkerRow>;
  tasks: Map<string, TaskRow>;
  reservations: Map<string, ReservationRow>;
  /** By Workflow SID. */
  rules: Map<string, WorkflowRules>;
  /** By queue SID; null matches nobody. */
  targetWorkers: Map<string, Expression | null>;
}

/** A row by SID, or by the name given; throws 404 when there is none. `kind` is as in the URL: `Tasks`. */
export function rowOf<Row>(
  rows: ReadonlyMap<string, Row>,
  kind: string,
  key: string,
  nameOf?: (row: Row) => string,
): Row {
  const row = rows.get(key) ?? (nameOf && [...rows.values()].find((candidate) => nameOf(candidate) === key));
  if (!row) throw notFound(`/${kind}/${key}`);
  return row;
}

export function activityOf(tables: Tables, worker: WorkerRow): ActivityRow {
  return rowOf(tables.activities, "Activities", worker.activitySid);
}

export function reservationsOf(tables: Tables, taskSid: string): ReservationRow[] {
  return [...tables.reservations.values()].filter((reservation) => reservation.taskSid === taskSid);
}

/** The Reservation a Task currently rests on: pending, accepted or wrapping. */
export function openReservation(tables: Tables, taskSid: string): ReservationRow | undefined {
  return reservationsOf(tables, taskSid).find(isOpen);
}

export function isOpen({ status }: ReservationRow): boolean {
  return status === "pending" || status === "accepted" || status === "wrapping";
}
