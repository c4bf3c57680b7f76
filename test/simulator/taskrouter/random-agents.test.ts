import type { ReservationRow, TaskRow } from "../../../src/simulator/taskrouter/rows";
import { type Bench, everyone, taskRouterBench } from "./taskrouter-bench";

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const STEPS = 200;
const NAMES = ["ada", "grace", "sam"];
const CHANNELS = ["chat", "sms", "voice", "email"];

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, so that each seed is the same run each time. */
function drawing(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
  return { below, of: <One>(many: readonly One[]) => many[below(many.length)] };
}

it.each(SEEDS)("loses no Task, gives none to two, and nobody more than they can take (seed %i)", async (seed) => {
  const bench = taskRouterBench();
  const draw = drawing(seed);
  const workflowSid = prepare(bench, 1 + (seed % 3));
  const created: string[] = [];
  const wrong: string[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    await act(bench, draw, workflowSid, created);
    await bench.settled();
    wrong.push(...faults(bench, created).map((fault) => `step ${step}: ${fault}`));
  }
  await goHome(bench);
  expect([...wrong, ...faults(bench, created)]).toEqual([]);
  const ends = new Set(bench.told.filter((line) => /^task\.(completed|canceled)/.test(line)));
  expect(ends).toEqual(new Set(["task.completed: task completed", "task.canceled: task canceled"]));
  const left = new Set([...bench.taskrouter.tasks.values()].map(({ status }) => status));
  for (const status of ["completed", "canceled", "pending"] as const) left.delete(status);
  expect([...left]).toEqual([]);
});

/** A queue that offers to several, one for two of the agents, and a way from one to the other. */
function prepare(bench: Bench, maxReservedWorkers: number): string {
  const { sid } = bench.taskrouter.createQueue({ friendlyName: "Several", maxReservedWorkers, taskOrder: "LIFO" });
  const two = bench.queue("Two", "friendly_name IN ['ada', 'grace']");
  return bench.workflow({
    filters: [
      {
        expression: "urgent == true",
        targets: [
          { queue: two, timeout: 60, priority: 9, skip_if: "workers.available == 0" },
          { queue: sid, timeout: 600 },
        ],
      },
      {
        expression: "hard == true",
        targets: [{ queue: sid, timeout: 90, expression: "worker.friendly_name != 'sam'" }],
      },
    ],
    default_filter: { queue: everyone },
  });
}

async function act(bench: Bench, draw: ReturnType<typeof drawing>, workflowSid: string, created: string[]) {
  const { taskrouter } = bench;
  const some = (statuses: ReservationRow["status"][]) =>
    draw.of([...taskrouter.reservations.values()].filter(({ status }) => statuses.includes(status)));
  const deeds: (() => unknown)[] = [
    () => {
      const attributes = { urgent: draw.below(3) === 0, hard: draw.below(3) === 0 };
      const taskChannel = draw.of(CHANNELS);
      const target =
        draw.below(8) === 0 ? { routingTarget: taskrouter.worker(draw.of(NAMES) ?? "").sid } : { workflowSid };
      const ignoreCapacity = false;
      created.push(taskrouter.createTask({ attributes, taskChannel, ignoreCapacity, ...target }).sid);
    },
    () => taskrouter.acceptReservation(some(["pending"])?.sid ?? ""),
    () => taskrouter.rejectReservation(some(["pending"])?.sid ?? ""),
    () => taskrouter.wrapTask(some(["accepted"])?.taskSid ?? "", "wrap"),
    () => taskrouter.completeTask(some(["accepted", "wrapping"])?.taskSid ?? "", "done"),
    () => taskrouter.cancelTask(draw.of([...taskrouter.tasks.keys()]) ?? "", "left"),
    () => taskrouter.setActivity(draw.of(NAMES) ?? "", draw.of(["Available", "Available", "Offline", "Break"]) ?? ""),
    () => bench.advance(draw.below(150)),
    () => taskrouter.updateWorkflow(workflowSid, {}, true),
  ];
  // Every third step brings a Task; what is impossible now is refused and changes nothing.
  const deed = draw.below(3) === 0 ? deeds[0] : draw.of(deeds);
  await Promise.resolve()
    .then(deed)
    .catch((refusal) => expect([400, 404]).toContain(refusal.status));
}

/** Everybody ends what they have, and nobody takes anything new. */
async function goHome(bench: Bench) {
  await bench.everyoneLeaves();
  await bench.advance(130);
  for (const { status, sid } of [...bench.taskrouter.tasks.values()]) {
    if (status === "assigned" || status === "wrapping") bench.taskrouter.completeTask(sid, "home");
  }
  await bench.settled();
}

function faults(bench: Bench, created: string[]): string[] {
  const { taskrouter } = bench;
  const gone = created.filter((sid) => !taskrouter.tasks.has(sid)).length;
  const removed = bench.told.filter((line) => /^task\.system-deleted: task (completed|canceled)$/.test(line)).length;
  const crowded = [...taskrouter.workers.values()].flatMap((worker) =>
    [...taskrouter.taskChannels.values()]
      .filter(({ sid, uniqueName }) => taskrouter.occupied(worker.sid, sid) > (worker.capacity[uniqueName] ?? 1))
      .map(({ uniqueName }) => `${worker.friendlyName} has too much of ${uniqueName}`),
  );
  return [
    ...(gone === removed ? [] : [`${gone - removed} Tasks are lost`]),
    ...crowded,
    ...[...taskrouter.tasks.values()].flatMap((task) => faultsOf(bench, task)),
  ];
}

const OPEN: Record<TaskRow["status"], string> = {
  pending: "",
  reserved: "pending",
  assigned: "accepted",
  wrapping: "wrapping",
  completed: "",
  canceled: "",
};

function faultsOf({ taskrouter }: Bench, task: TaskRow): string[] {
  const open = taskrouter.reservationsOf(task.sid).filter(({ status }) => /^(pending|accepted|wrapping)$/.test(status));
  const statuses = [...new Set(open.map(({ status }) => status))].join(" and ");
  const workers = new Set(open.map(({ workerSid }) => workerSid));
  const isWaiting = task.status === "pending" || task.status === "reserved";
  return [
    ...(statuses === OPEN[task.status]
      ? []
      : [`a ${task.status} Task has Reservations that are ${statuses || "over"}`]),
    ...(open.length > 1 && task.status !== "reserved" ? ["a Task is with two Workers"] : []),
    ...(workers.size < open.length ? ["a Task is offered to a Worker twice"] : []),
    ...(isWaiting && !task.queueSid && !task.routingTarget ? ["a waiting Task is in no queue"] : []),
  ];
}
