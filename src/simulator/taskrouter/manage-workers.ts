import type { World } from "../world";
import type { Announce } from "./announce";
import { capacityOf } from "./find-workers";
import { touch } from "./life-cycle";
import { type Office, refuseInUse, requireUnique } from "./management";
import type { NewWorker, WorkerChannelChanges, WorkerRow } from "./rows";
import { activityOf, rowOf, type Tables } from "./tables";

export interface WorkerManagement {
  createWorker(worker: NewWorker): WorkerRow;
  renameWorker(sid: string, friendlyName: string): void;
  deleteWorker(sid: string): void;
  /** By SID or friendly name, both. */
  setActivity(workerSidOrName: string, activitySidOrName: string): void;
  setWorkerAttributes(workerSid: string, attributes: Record<string, unknown>): void;
  updateWorkerChannel(workerSid: string, channelSid: string, changes: WorkerChannelChanges): void;
}

export function manageWorkers(office: Office, setActivity: SetActivity): WorkerManagement {
  const { world, tables, announce, router } = office;
  const { workers, activities, taskChannels, workspace } = tables;
  const worker = (sidOrName: string) => rowOf(workers, "Workers", sidOrName, ({ friendlyName }) => friendlyName);
  const nameOf = (sid: string) => workers.get(sid)?.friendlyName;

  return {
    createWorker({ friendlyName, attributes = {}, activitySid = workspace.defaultActivitySid }) {
      requireUnique(workers, friendlyName, nameOf);
      rowOf(activities, "Activities", activitySid);
      const now = world.clock.now();
      const row: WorkerRow = {
        sid: world.newSid("WK"),
        friendlyName,
        attributes: JSON.stringify(attributes),
        activitySid,
        capacity: {},
        unavailableChannels: [],
        idleSince: now,
        channelIdleSince: {},
        activityChangedAt: now,
        revision: 0,
        createdAt: now,
        updatedAt: now,
      };
      workers.set(row.sid, row);
      announce({ event: "worker.created", worker: row });
      router.nudge();
      return row;
    },
    renameWorker(sid, friendlyName) {
      const row = worker(sid);
      requireUnique(workers, friendlyName, nameOf, row.sid);
      row.friendlyName = friendlyName;
      touch(row, world.clock.now());
      router.nudge();
    },
    deleteWorker(sid) {
      const row = worker(sid);
      const aimedHere = [...tables.journeys.keys()].some((task) => tables.tasks.get(task)?.routingTarget === row.sid);
      refuseInUse(`worker ${row.sid}`, [
        [(tables.openByWorker.get(row.sid)?.size ?? 0) > 0, "it has Reservations that are not over"],
        [aimedHere, "Tasks are aimed at it"],
      ]);
      announce({ event: "worker.deleted", worker: row });
      workers.delete(row.sid);
    },
    setActivity(workerSidOrName, activitySidOrName) {
      const { sid } = rowOf(activities, "Activities", activitySidOrName, ({ friendlyName }) => friendlyName);
      setActivity(worker(workerSidOrName), sid);
      router.nudge();
    },
    setWorkerAttributes(workerSid, attributes) {
      const row = worker(workerSid);
      row.attributes = JSON.stringify(attributes);
      touch(row, world.clock.now());
      announce({ event: "worker.attributes.update", worker: row });
      router.nudge();
    },
    updateWorkerChannel(workerSid, channelSid, { capacity, available }) {
      const row = worker(workerSid);
      const channel = rowOf(taskChannels, "TaskChannels", channelSid);
      const { uniqueName } = channel;
      const previousCapacity = capacityOf(row, channel);
      const wasAvailable = !row.unavailableChannels.includes(uniqueName);
      if (capacity !== undefined) row.capacity[uniqueName] = capacity;
      if (available !== undefined) {
        const others = row.unavailableChannels.filter((name) => name !== uniqueName);
        row.unavailableChannels = available ? others : [...others, uniqueName];
      }
      touch(row, world.clock.now());
      const about = { worker: row, channel: { row: channel, previousCapacity } };
      if (capacityOf(row, channel) !== previousCapacity) announce({ event: "worker.capacity.update", ...about });
      if (available !== undefined && available !== wasAvailable) {
        announce({ event: "worker.channel.availability.update", ...about });
      }
      router.nudge();
    },
  };
}

export type SetActivity = (worker: WorkerRow, activitySid: string) => void;

/** A Worker who becomes available counts as idle from that moment. */
export function activitySetter(world: World, tables: Tables, announce: Announce): SetActivity {
  return (worker, activitySid) => {
    const previous = activityOf(tables, worker);
    if (previous.sid === activitySid) return;
    const now = world.clock.now();
    const previously = { activitySid: previous.sid, ms: now.getTime() - worker.activityChangedAt.getTime() };
    Object.assign(worker, { activitySid, activityChangedAt: now });
    if (!previous.available) worker.idleSince = now;
    touch(worker, now);
    announce({ event: "worker.activity.update", worker, previously });
  };
}
