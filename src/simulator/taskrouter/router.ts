import type { World } from "../world";
import type { Announce } from "./announce";
import { aimedWorker } from "./choose-worker";
import { skipDocument } from "./documents";
import { evaluate } from "./expression";
import { inTurn, passOn, startJourney, stepOf, type Waiting } from "./journey";
import { tellOfKnownWorker } from "./known-worker";
import { type LifeCycle, touch } from "./life-cycle";
import { createOffers } from "./offers";
import type { JourneyRow, ReservationRow, TaskRow, WorkerRow } from "./rows";
import type { Tables } from "./tables";
import type { Step } from "./workflow-rules";

/** Takes Tasks through their Workflow until a Worker accepts them or nobody can. */
export interface Router {
  /** Sends a new Task on its way: its queue is known at once, all else happens later. */
  admit(task: TaskRow): void;
  /** Something may have become possible: look at the waiting Tasks soon. */
  nudge(): void;
  /** A Reservation was lost. */
  takeBack(task: TaskRow, reservation: ReservationRow): void;
  /** The Task needs no Worker any more: it has one, or it is over. */
  release(task: TaskRow): void;
  /** Takes the waiting Tasks of a Workflow through its rules from the start. */
  reEvaluate(workflowSid: string): void;
  /** Goes on with Tasks that were read back. */
  takeUp(): void;
}

/** https://www.twilio.com/docs/taskrouter/lifecycle-task-state: how often a Task may become reserved. */
const MOST_RESERVATIONS = 1000;

export interface RouterParts {
  tables: Tables;
  announce: Announce;
  lifeCycle: LifeCycle;
  setActivity(worker: WorkerRow, activitySid: string): void;
  /** Tells the Workflow's owner of an offer. */
  callBack(task: TaskRow, reservation: ReservationRow): void;
}

export function createRouter(world: World, parts: RouterParts): Router {
  const { tables, announce, lifeCycle } = parts;
  const offers = createOffers(world, { ...parts, nudge, takeBack });
  const stepEnd = world.alarms.bell("workflow step", nudge);
  const lifeEnd = world.alarms.bell("task lifetime", (sid) => {
    const task = tables.tasks.get(sid);
    if (task) cancel(task, "Task TTL Exceeded");
  });
  let nudged = false;

  function admit(task: TaskRow) {
    // It lives that long unless it is assigned before: https://www.twilio.com/docs/taskrouter/api/task
    start(task, task.createdAt.getTime() + task.timeout * 1000, task.createdAt);
  }

  function start(task: TaskRow, lifetimeEnd: number, now = world.clock.now()) {
    const journey = startJourney(tables, task, lifetimeEnd, now);
    tables.journeys.set(task.sid, journey);
    lifeEnd.set(task.sid, lifetimeEnd);
    const step = stepOf(tables, task, journey);
    if (step) settleIn(task, step, now);
    setOutLater(task, journey, now.getTime());
  }

  function setOutLater(task: TaskRow, journey: JourneyRow, from: number) {
    world.work.later(() => {
      if (tables.journeys.get(task.sid) !== journey || task.status !== "pending") return;
      if (journey.configuration !== null) announce({ event: "workflow.entered", task });
      enter(task, journey, from);
    });
  }

  /** Twilio counts the time-outs of steps from the Task's age: https://www.twilio.com/docs/taskrouter/task-evaluation */
  function enter(task: TaskRow, journey: JourneyRow, from: number) {
    const step = stepOf(tables, task, journey);
    if (!step) return giveUp(task);
    journey.entered = true;
    journey.deadline = step.timeout === undefined ? null : from + step.timeout * 1000;
    if (journey.deadline === null) stepEnd.cancel(task.sid);
    else stepEnd.set(task.sid, journey.deadline);
    if (journey.configuration !== null) announce({ event: "workflow.target-matched", task });
    if (task.queueSid) announce({ event: "task-queue.entered", task });
    tellOfKnownWorker(world, tables, task, step);
    offerAll();
    if (task.status !== "pending" || !isSkipped(task, step)) {
      journey.waited = true;
      return;
    }
    announce({ event: "workflow.skipped", task });
    advance(task, journey, world.clock.ms());
  }

  function advance(task: TaskRow, journey: JourneyRow, from: number) {
    if (task.status !== "pending") return;
    passOn(tables, task, journey, world.clock.now());
    const step = stepOf(tables, task, journey);
    // It tells of the queue that is left.
    if (step && step.queueSid !== task.queueSid) announce({ event: "task-queue.moved", task });
    if (step) settleIn(task, step, world.clock.now());
    enter(task, journey, from);
  }

  function isSkipped(task: TaskRow, { skipIf, queueSid }: Step): boolean {
    return Boolean(skipIf && evaluate(skipIf, skipDocument(tables, task, queueSid, world.clock.now())));
  }

  function settleIn(task: TaskRow, step: Step, now: Date) {
    const moved = task.queueSid !== step.queueSid || task.queueEnteredAt === null;
    task.priority = step.priority ?? task.priority;
    task.queueSid = step.queueSid;
    if (moved && step.queueSid) task.queueEnteredAt = now;
    touch(task, now);
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
    for (const { task, journey } of inTurn(tables, waiting())) {
      if (task.status === "pending") offers.make(task, journey);
    }
  }

  function waiting(): Waiting[] {
    return [...tables.journeys.values()].flatMap((journey) => {
      const task = tables.tasks.get(journey.taskSid);
      return task && journey.entered ? [{ task, journey }] : [];
    });
  }

  function takeBack(task: TaskRow, reservation: ReservationRow) {
    const journey = tables.journeys.get(task.sid);
    if (!journey) return;
    offers.forget(reservation);
    if (reservation.status === "rejected") journey.rejectedAt[reservation.workerSid] = world.clock.ms();
    if (task.status !== "pending") return nudge();
    // The wording of the first reason is unverified.
    if (aimedWorker(tables, task) && task.onward) return goOnward(task, journey);
    if (aimedWorker(tables, task)) return cancel(task, `Worker did not accept the Task: ${reservation.status}`);
    if (task.timesReserved >= MOST_RESERVATIONS) return cancel(task, "Max assignment count exceeded");
    nudge();
  }

  /** https://www.twilio.com/docs/flex/admin-guide/setup/conversations/messaging-transfers: the next agent of the Workflow. */
  function goOnward(task: TaskRow, { lifetimeEnd, rejectedAt }: JourneyRow) {
    task.routingTarget = null;
    task.ignoreCapacity = false;
    start(task, lifetimeEnd);
    Object.assign(tables.journeys.get(task.sid)?.rejectedAt ?? {}, rejectedAt);
  }

  function cancel(task: TaskRow, reason: string) {
    release(task);
    lifeCycle.cancel(task, reason);
    nudge();
  }

  function release(task: TaskRow) {
    if (!tables.journeys.delete(task.sid)) return;
    lifeEnd.cancel(task.sid);
    stepEnd.cancel(task.sid);
    offers.forgetAll(task);
  }

  function reEvaluate(workflowSid: string) {
    for (const { task, journey } of waiting()) {
      if (task.workflowSid !== workflowSid || task.status !== "pending" || journey.configuration === null) continue;
      offers.forgetAll(task);
      stepEnd.cancel(task.sid);
      start(task, journey.lifetimeEnd);
    }
  }

  function takeUp() {
    for (const journey of tables.journeys.values()) {
      const task = tables.tasks.get(journey.taskSid);
      if (task && !journey.entered) setOutLater(task, journey, task.createdAt.getTime());
    }
    nudge();
  }

  return { admit, nudge, takeBack, release, reEvaluate, takeUp };
}
