import type { Alarm } from "../clock";
import type { World } from "../world";
import type { Announce } from "./announce";
import { aimedWorker, chooseWorker } from "./choose-worker";
import { filterDocument, skipDocument } from "./documents";
import { evaluate } from "./expression";
import { inTurn, type Journey, startJourney } from "./journey";
import { type LifeCycle, touch } from "./life-cycle";
import type { ReservationRow, TaskRow, WorkerRow } from "./rows";
import { reservationsOf, type Tables } from "./tables";
import { nextPlace } from "./workflow-path";
import type { Step } from "./workflow-rules";

/** Takes Tasks through their Workflow until a Worker accepts them or nobody can. */
export interface Router {
  /** Sends a new Task on its way: its queue is known at once, all else happens later. */
  admit(task: TaskRow): void;
  /** Something may have become possible: look at the waiting Tasks soon. */
  nudge(): void;
  /** A Reservation was lost, and its Task is pending again. */
  takeBack(task: TaskRow, reservation: ReservationRow): void;
  /** The Task needs no Worker any more: it has one, or it is over. */
  release(task: TaskRow): void;
  /** Takes the waiting Tasks of a Workflow through its rules from the start. */
  reEvaluate(workflowSid: string): void;
}

/** https://www.twilio.com/docs/taskrouter/lifecycle-task-state: how often a Task may become reserved. */
const MOST_RESERVATIONS = 1000;
const DEFAULT_RESERVATION_TIMEOUT = 120;

interface Parts {
  tables: Tables;
  announce: Announce;
  lifeCycle: LifeCycle;
  setActivity(worker: WorkerRow, activitySid: string): void;
}

export function createRouter(world: World, { tables, announce, lifeCycle, setActivity }: Parts): Router {
  const journeys = new Map<string, Journey>();
  let nudged = false;

  function admit(task: TaskRow) {
    // It lives that long unless it is assigned before: https://www.twilio.com/docs/taskrouter/api/task
    const lifetime = world.clock.schedule(task.timeout * 1000, () => cancel(task, "Task TTL Exceeded"));
    start(task, lifetime);
  }

  function start(task: TaskRow, lifetime: Alarm) {
    const now = world.clock.now();
    const journey = startJourney(tables, task, lifetime, now);
    journeys.set(task.sid, journey);
    if (journey.step) settleIn(task, journey.step);
    world.work.later(() => {
      if (journeys.get(task.sid) !== journey || task.status !== "pending") return;
      if (journey.rules) announce({ event: "workflow.entered", task });
      enter(task, journey, now.getTime());
    });
  }

  /** Twilio counts the time-outs of steps from the Task's age: https://www.twilio.com/docs/taskrouter/task-evaluation */
  function enter(task: TaskRow, journey: Journey, from: number) {
    const { step, rules } = journey;
    if (!step) return giveUp(task);
    journey.entered = true;
    journey.deadline = step.timeout === undefined ? null : from + step.timeout * 1000;
    journey.stepEnd?.cancel();
    if (journey.deadline !== null) journey.stepEnd = world.clock.schedule(journey.deadline - world.clock.ms(), nudge);
    if (rules) announce({ event: "workflow.target-matched", task });
    if (task.queueSid) announce({ event: "task-queue.entered", task });
    offerAll();
    if (task.status !== "pending" || !isSkipped(task, step)) {
      journey.waited = true;
      return;
    }
    announce({ event: "workflow.skipped", task });
    advance(task, journey, world.clock.ms());
  }

  function advance(task: TaskRow, journey: Journey, from: number) {
    if (task.status !== "pending") return;
    journey.entered = false;
    journey.place =
      journey.rules && nextPlace(journey.rules, journey.place, filterDocument(task, world.clock.now()), journey.waited);
    journey.step = journey.place?.step ?? null;
    if (journey.step) settleIn(task, journey.step);
    enter(task, journey, from);
  }

  function isSkipped(task: TaskRow, { skipIf, queueSid }: Step): boolean {
    return Boolean(skipIf && evaluate(skipIf, skipDocument(tables, task, queueSid, world.clock.now())));
  }

  function settleIn(task: TaskRow, step: Step) {
    const moved = task.queueSid !== step.queueSid || task.queueEnteredAt === null;
    task.priority = step.priority ?? task.priority;
    task.queueSid = step.queueSid;
    if (moved && step.queueSid) task.queueEnteredAt = world.clock.now();
    touch(task, world.clock.now());
  }

  function giveUp(task: TaskRow) {
    announce({ event: "workflow.timeout", task });
    cancel(task, "Task canceled on Workflow timeout");
  }

  function nudge() {
    if (nudged) return;
    nudged = true;
    world.work.later(() => {
      nudged = false;
      leaveOverdueSteps();
      offerAll();
    });
  }

  /** A Reservation that outlasts its step is waited for; whether Twilio does is unverified. */
  function leaveOverdueSteps() {
    for (const { task, journey } of waiting()) {
      if (task.status !== "pending" || journey.deadline === null || journey.deadline > world.clock.ms()) continue;
      announce({ event: "task-queue.timeout", task });
      advance(task, journey, journey.deadline);
    }
  }

  function offerAll() {
    for (const { task, journey } of inTurn(tables, waiting())) if (task.status === "pending") offer(task, journey);
  }

  function waiting() {
    return [...journeys].flatMap(([sid, journey]) => {
      const task = tables.tasks.get(sid);
      return task && journey.entered ? [{ task, journey }] : [];
    });
  }

  function offer(task: TaskRow, journey: Journey) {
    const choice = chooseWorker(tables, task, journey, world.clock.now());
    if (!choice) return;
    const { worker, from } = choice;
    if (from > world.clock.ms()) {
      journey.retry?.cancel();
      journey.retry = world.clock.schedule(from - world.clock.ms(), nudge);
      return;
    }
    const reservation = lifeCycle.reserve(task, worker);
    if (reservation.status !== "pending") return;
    const seconds = task.workflowSid ? tables.workflows.get(task.workflowSid)?.taskReservationTimeout : undefined;
    world.clock.schedule((seconds ?? DEFAULT_RESERVATION_TIMEOUT) * 1000, () => timeOut(task, reservation, worker));
  }

  function timeOut(task: TaskRow, reservation: ReservationRow, worker: WorkerRow) {
    if (reservation.status !== "pending") return;
    lifeCycle.lose(reservation, "timeout");
    setActivity(worker, tables.workspace.timeoutActivitySid);
    takeBack(task, reservation);
  }

  function takeBack(task: TaskRow, reservation: ReservationRow) {
    const journey = journeys.get(task.sid);
    if (!journey || task.status !== "pending") return;
    if (reservation.status === "rejected") journey.rejectedAt.set(reservation.workerSid, world.clock.ms());
    // The wording of the first two reasons is unverified.
    if (aimedWorker(tables, task) && task.onward) return goOnward(task, journey);
    if (aimedWorker(tables, task)) return cancel(task, `Worker did not accept the Task: ${reservation.status}`);
    if (reservationsOf(tables, task.sid).length >= MOST_RESERVATIONS) {
      return cancel(task, "Max assignment count exceeded");
    }
    nudge();
  }

  /** https://www.twilio.com/docs/flex/admin-guide/setup/conversations/messaging-transfers: the next agent of the Workflow. */
  function goOnward(task: TaskRow, { lifetime, rejectedAt }: Journey) {
    task.routingTarget = null;
    task.ignoreCapacity = false;
    start(task, lifetime);
    const journey = journeys.get(task.sid);
    for (const [worker, at] of rejectedAt) journey?.rejectedAt.set(worker, at);
  }

  function cancel(task: TaskRow, reason: string) {
    release(task);
    lifeCycle.cancel(task, reason);
    nudge();
  }

  function release(task: TaskRow) {
    const journey = journeys.get(task.sid);
    journeys.delete(task.sid);
    for (const alarm of [journey?.lifetime, journey?.stepEnd, journey?.retry]) alarm?.cancel();
  }

  function reEvaluate(workflowSid: string) {
    for (const { task, journey } of waiting()) {
      if (task.workflowSid !== workflowSid || task.status !== "pending" || !journey.rules) continue;
      journey.stepEnd?.cancel();
      journey.retry?.cancel();
      start(task, journey.lifetime);
    }
  }

  return { admit, nudge, takeBack, release, reEvaluate };
}
