import * as z from "zod/mini";
import type { WebhookAnswer } from "../webhooks/send-webhook";
import type { World } from "../world";
import { sidsOf } from "./announce";
import type { ReservationRow, TaskRow } from "./rows";
import type { Tables } from "./tables";

/** What an answer may make of the Reservation. */
interface Deeds {
  accept(reservation: ReservationRow): void;
  reject(reservation: ReservationRow, activitySid: string | undefined): void;
}

/** https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks */
const TIMEOUT_MS = 5_000;
const VOICE = ["dequeue", "call", "redirect", "conference", "supervise"];

const answered = z.object({ instruction: z.optional(z.string()), activity_sid: z.optional(z.string()) });

/** Tells the owner of a Task's Workflow of each offer, and does what they answer. */
export function assignmentCallback(world: World, tables: Tables, deeds: Deeds) {
  async function call(url: string, task: TaskRow, reservation: ReservationRow, params: Record<string, string>) {
    const about = sidsOf(task);
    const answer = await world.sendWebhook({
      name: "TaskRouter assignment callback",
      ...{ url, params, about, timeoutMs: TIMEOUT_MS },
    });
    if (answer.status !== 200) return false;
    // Whoever decides later answers 200 and nothing else.
    if (answer.body.trim() === "") return true;
    if (!isJson(answer)) {
      warn(reservation, "40000: the answer to the assignment callback is not application/json");
      return false;
    }
    follow(answer.body, reservation);
    return true;
  }

  function follow(body: string, reservation: ReservationRow) {
    const instructions = read(body);
    if (!instructions) return warn(reservation, "40001: the assignment instruction is not a JSON object");
    const { instruction, activity_sid: activitySid } = instructions;
    if (!instruction) return warn(reservation, "40005: the answer to the assignment callback has no instruction");
    if (VOICE.includes(instruction)) {
      return warn(
        reservation,
        `The simulator has no calls: the assignment instruction ${instruction} was not followed`,
      );
    }
    if (instruction !== "accept" && instruction !== "reject") {
      return warn(reservation, `55555: ${instruction} is no assignment instruction`);
    }
    if (reservation.status !== "pending") {
      return warn(reservation, `The Reservation is ${reservation.status}: ${instruction} came too late`);
    }
    if (instruction === "accept") return deeds.accept(reservation);
    // Without one the Worker stays as they are.
    if (activitySid && !tables.activities.has(activitySid)) {
      return warn(reservation, "40100: the reject instruction names an unknown Activity");
    }
    deeds.reject(reservation, activitySid);
  }

  function warn({ sid: reservationSid, taskSid }: ReservationRow, name: string): void {
    world.log.add({ kind: "warning", name, taskSid, reservationSid });
  }

  return (task: TaskRow, reservation: ReservationRow): void => {
    const workflow = task.workflowSid ? tables.workflows.get(task.workflowSid) : undefined;
    const urls = [workflow?.assignmentCallbackUrl, workflow?.fallbackAssignmentCallbackUrl];
    if (!workflow?.assignmentCallbackUrl) return;
    const params = assignmentForm(world, tables, task, reservation);
    world.work.later(async () => {
      for (const url of urls) if (url && (await call(url, task, reservation, params))) return;
    });
  };
}

function assignmentForm(world: World, tables: Tables, task: TaskRow, { sid, workerSid }: ReservationRow) {
  return {
    Timestamp: String(Math.floor(world.clock.ms() / 1000)),
    AccountSid: world.account.sid,
    WorkspaceSid: tables.workspace.sid,
    WorkflowSid: task.workflowSid ?? "",
    TaskQueueSid: task.queueSid ?? "",
    WorkerSid: workerSid,
    WorkerAttributes: tables.workers.get(workerSid)?.attributes ?? "{}",
    TaskSid: task.sid,
    TaskAttributes: task.attributes,
    TaskAge: String(Math.floor((world.clock.ms() - task.createdAt.getTime()) / 1000)),
    TaskPriority: String(task.priority),
    ReservationSid: sid,
  };
}

function isJson({ headers }: WebhookAnswer): boolean {
  return (headers["content-type"] ?? "").toLowerCase().startsWith("application/json");
}

function read(body: string): z.infer<typeof answered> | undefined {
  try {
    return answered.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
