import { notFound } from "../server/api-error";
import { createParsed, type Parsed } from "./parsed";
import type {
  ActivityRow,
  EventRow,
  JourneyRow,
  ReservationRow,
  TaskChannelRow,
  TaskQueueRow,
  TaskRow,
  WorkerRow,
  WorkflowRow,
  WorkspaceRow,
} from "./rows";

/** All that the workspace is: plain data, by SID. Journeys go by the SID of their Task. */
export interface TaskRouterRows {
  workspace: WorkspaceRow;
  activities: Map<string, ActivityRow>;
  workflows: Map<string, WorkflowRow>;
  queues: Map<string, TaskQueueRow>;
  taskChannels: Map<string, TaskChannelRow>;
  workers: Map<string, WorkerRow>;
  tasks: Map<string, TaskRow>;
  reservations: Map<string, ReservationRow>;
  journeys: Map<string, JourneyRow>;
  /** Oldest first. */
  events: Map<string, EventRow>;
}

/** The rows, and what follows from them. */
export interface Tables extends TaskRouterRows {
  readonly parsed: Parsed;
  readonly byTask: Map<string, Set<ReservationRow>>;
  readonly byWorker: Map<string, Set<ReservationRow>>;
  /** What a Worker is offered, works on or wraps up. */
  readonly openByWorker: Map<string, Set<ReservationRow>>;
}

export function tablesOf(rows: TaskRouterRows): Tables {
  const tables = {
    ...rows,
    parsed: createParsed(),
    byTask: new Map(),
    byWorker: new Map(),
    openByWorker: new Map(),
  };
  indexAll(tables);
  return tables;
}

export function indexAll(tables: Tables): void {
  for (const index of [tables.byTask, tables.byWorker, tables.openByWorker]) index.clear();
  for (const reservation of tables.reservations.values()) indexReservation(tables, reservation);
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

/** Oldest first. */
export function reservationsOf(tables: Tables, taskSid: string): ReservationRow[] {
  return [...(tables.byTask.get(taskSid) ?? [])];
}

export function openReservationsOf(tables: Tables, taskSid: string): ReservationRow[] {
  return reservationsOf(tables, taskSid).filter(isOpen);
}

export function isOpen({ status }: ReservationRow): boolean {
  return status === "pending" || status === "accepted" || status === "wrapping";
}

/** The one way in for Reservations, and after each change of their status. */
export function indexReservation(tables: Tables, reservation: ReservationRow): void {
  tables.reservations.set(reservation.sid, reservation);
  add(tables.byTask, reservation.taskSid, reservation);
  add(tables.byWorker, reservation.workerSid, reservation);
  if (isOpen(reservation)) add(tables.openByWorker, reservation.workerSid, reservation);
  else tables.openByWorker.get(reservation.workerSid)?.delete(reservation);
}

export function dropReservationsOf(tables: Tables, taskSid: string): void {
  for (const reservation of reservationsOf(tables, taskSid)) {
    tables.reservations.delete(reservation.sid);
    tables.byWorker.get(reservation.workerSid)?.delete(reservation);
    tables.openByWorker.get(reservation.workerSid)?.delete(reservation);
  }
  tables.byTask.delete(taskSid);
}

function add(index: Map<string, Set<ReservationRow>>, key: string, reservation: ReservationRow): void {
  const set = index.get(key);
  if (set) set.add(reservation);
  else index.set(key, new Set([reservation]));
}
