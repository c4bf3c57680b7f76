import { EventEmitter } from "node:events";
import { createClock } from "../../../src/simulator/clock";
import { createEventLog } from "../../../src/simulator/event-log";
import { account } from "../../../src/simulator/seeds";
import { sidFor, sidGenerator } from "../../../src/simulator/sids";
import { createAlarms } from "../../../src/simulator/snapshot/alarms";
import { createMemory } from "../../../src/simulator/snapshot/memory";
import { switchboard } from "../../../src/simulator/switches";
import { taskRouterRoutes } from "../../../src/simulator/taskrouter/routes";
import type { NewTask, TaskRow } from "../../../src/simulator/taskrouter/rows";
import { createTaskRouter, type TaskRouter } from "../../../src/simulator/taskrouter/taskrouter";
import type { Webhook, WebhookAnswer } from "../../../src/simulator/webhooks/send-webhook";
import { createWork } from "../../../src/simulator/work";
import type { World, WorldEvents } from "../../../src/simulator/world";
import { callerOf } from "../contract/call-routes";

export const everyone = sidFor("WQ", "Everyone");
export const workspaceSid = sidFor("WS", "Flex Task Assignment");
export const workspacePath = `/v1/Workspaces/${workspaceSid}`;

/** TaskRouter on a world that holds nothing else. */
export function taskRouterBench() {
  const failures: unknown[] = [];
  const webhooks: Webhook[] = [];
  const told: string[] = [];
  /** What webhooks are answered, by URL. */
  const answers: Record<string, Partial<WebhookAnswer>> = {};
  const work = createWork((failure) => failures.push(failure));
  const clock = createClock(() => work.settled(), Date.parse("2026-03-02T10:00:00Z"));
  const log = createEventLog(() => clock.now());
  const bus = new EventEmitter<WorldEvents>();
  const memory = createMemory();
  const world = {
    account,
    ...switchboard(),
    clock,
    log,
    work,
    bus,
    memory,
    alarms: createAlarms({ clock, memory }),
    newSid: sidGenerator("taskrouter bench", memory.keep("sids", new Map())),
    async sendWebhook(webhook: Webhook) {
      webhooks.push(webhook);
      return { status: 204, headers: {}, body: "", ...answers[webhook.url] };
    },
  } as unknown as World & { taskrouter: TaskRouter };
  const taskrouter = createTaskRouter(world);
  Object.assign(world, { taskrouter });
  bus.on("task.updated", (task, event) => told.push(`${event}: task ${task.status}`));
  bus.on("reservation.updated", ({ status }, task) => told.push(`reservation ${status}: task ${task.status}`));

  async function settled() {
    await work.settled();
    expect(failures).toEqual([]);
  }

  return {
    world,
    taskrouter,
    clock,
    log,
    webhooks,
    told,
    answers,
    settled,
    call: callerOf("taskrouter.twilio.com", taskRouterRoutes(world)),
    async advance(seconds: number) {
      await clock.advance(seconds * 1000);
      await settled();
    },
    /** A chat Task, as far as it gets by itself. */
    async newTask(task: Partial<NewTask> = {}): Promise<TaskRow> {
      const row = taskrouter.createTask({ attributes: {}, taskChannel: "chat", ...task });
      await settled();
      return row;
    },
    /** Whom a Task was offered to and what came of it: `ada rejected`. */
    offers: ({ sid }: TaskRow) =>
      taskrouter
        .reservationsOf(sid)
        .map(({ workerSid, status }) => `${taskrouter.worker(workerSid).friendlyName} ${status}`),
    accept: (task: TaskRow) => taskrouter.acceptReservation(pending(taskrouter, task)),
    async reject(task: TaskRow) {
      taskrouter.rejectReservation(pending(taskrouter, task));
      await settled();
    },
    queue: (friendlyName: string, targetWorkers: string) => taskrouter.createQueue({ friendlyName, targetWorkers }).sid,
    workflow: (rules: object, taskReservationTimeout?: number) =>
      taskrouter.createWorkflow({
        friendlyName: taskrouter.workflows.size === 1 ? "Under test" : `Under test ${taskrouter.workflows.size}`,
        configuration: JSON.stringify({ task_routing: rules }),
        ...(taskReservationTimeout ? { taskReservationTimeout } : {}),
      }).sid,
    setLevels(levels: Record<string, Record<string, unknown>>) {
      for (const [name, attributes] of Object.entries(levels)) {
        taskrouter.setWorkerAttributes(taskrouter.worker(name).sid, attributes);
      }
    },
    async everyoneLeaves() {
      for (const { sid } of taskrouter.workers.values()) taskrouter.setActivity(sid, "Offline");
      await settled();
    },
  };
}

export type Bench = ReturnType<typeof taskRouterBench>;

function pending(taskrouter: TaskRouter, { sid }: TaskRow): string {
  const reservation = taskrouter.reservationsOf(sid).find(({ status }) => status === "pending");
  if (!reservation) throw new Error(`${sid} is offered to nobody`);
  return reservation.sid;
}
