import { ApiError } from "../../../src/simulator/server/api-error";
import type { TaskRow } from "../../../src/simulator/taskrouter/rows";
import { type Bench, taskRouterBench } from "./taskrouter-bench";

let bench: Bench;
beforeEach(() => {
  bench = taskRouterBench();
});

it("takes a Task and its Reservation from pending to completed", async () => {
  const task = await bench.newTask();
  const states = [[task.status, ...bench.offers(task)]];
  const note = () => states.push([task.status, ...bench.offers(task)]);
  bench.accept(task);
  note();
  bench.taskrouter.wrapTask(task.sid, "hung up");
  note();
  bench.taskrouter.completeTask(task.sid, "solved");
  note();
  expect(states).toEqual([
    ["reserved", "ada pending"],
    ["assigned", "ada accepted"],
    ["wrapping", "ada wrapping"],
    ["completed", "ada completed"],
  ]);
  expect(task.reason).toBe("solved");
});

it("completes an assigned Task without wrapping it up", async () => {
  const task = await bench.newTask();
  bench.accept(task);
  bench.taskrouter.completeTask(task.sid, "solved");
  expect([task.status, ...bench.offers(task)]).toEqual(["completed", "ada completed"]);
});

const states = ["pending", "reserved", "assigned", "wrapping", "completed", "canceled"] as const;
const transitions = {
  accept: ["reserved"],
  reject: ["reserved"],
  wrap: ["assigned"],
  complete: ["assigned", "wrapping"],
  cancel: ["pending", "reserved", "assigned", "wrapping"],
} satisfies Record<string, (typeof states)[number][]>;

const refusals = Object.entries(transitions).flatMap(([name, from]) =>
  states
    .filter((state) => !(from as string[]).includes(state) && isPossible(name, state))
    .map((state) => ({ name, state })),
);

it.each(refusals)("refuses to $name a $state Task and leaves it as it was", async ({ name, state }) => {
  const task = await taskIn(state);
  const before = [{ ...task }, bench.offers(task)];
  const [reservation] = bench.taskrouter.reservationsOf(task.sid);
  const attempt = () => apply(name, task, String(reservation?.sid));
  expect(attempt).toThrow(expect.objectContaining({ status: 400, code: 20001 }));
  expect([{ ...task }, bench.offers(task)]).toEqual(before);
});

it.each(transitions.cancel)("cancels a %s Task with whatever Reservation it has", async (state) => {
  const task = await taskIn(state);
  bench.taskrouter.cancelTask(task.sid, "customer left");
  expect(task).toMatchObject({ status: "canceled", reason: "customer left" });
  expect(bench.offers(task)).toEqual(state === "pending" ? [] : ["ada canceled"]);
});

it.each(states)("forgets a %s Task that is deleted", async (state) => {
  const task = await taskIn(state);
  bench.taskrouter.deleteTask(task.sid);
  expect(() => bench.taskrouter.task(task.sid)).toThrow(ApiError);
  expect([...bench.taskrouter.reservations.keys()]).toEqual([]);
});

it("offers a deleted Task to nobody any more", async () => {
  await bench.everyoneLeaves();
  const task = await bench.newTask();
  bench.taskrouter.deleteTask(task.sid);
  bench.taskrouter.setActivity("ada", "Available");
  await bench.advance(86_400);
  expect(bench.taskrouter.reservations.size).toBe(0);
});

it("raises a Task's revision with every change", async () => {
  const task = await bench.newTask();
  const revisions = [task.revision];
  bench.taskrouter.setTaskAttributes(task.sid, { language: "en" });
  revisions.push(task.revision);
  bench.accept(task);
  revisions.push(task.revision);
  expect(new Set(revisions).size).toBe(3);
  expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
});

it.each(["task", "reservation", "worker", "taskChannel"] as const)("answers 404 for an unknown %s", (what) => {
  expect(() => bench.taskrouter[what]("nobody")).toThrow(expect.objectContaining({ status: 404, code: 20404 }));
});

function isPossible(name: string, state: string): boolean {
  return !((name === "accept" || name === "reject") && state === "pending");
}

function apply(name: string, task: TaskRow, reservationSid: string): void {
  const { taskrouter } = bench;
  if (name === "accept") taskrouter.acceptReservation(reservationSid);
  else if (name === "reject") taskrouter.rejectReservation(reservationSid);
  else if (name === "wrap") taskrouter.wrapTask(task.sid, "test");
  else if (name === "complete") taskrouter.completeTask(task.sid, "test");
  else taskrouter.cancelTask(task.sid, "test");
}

async function taskIn(state: (typeof states)[number]): Promise<TaskRow> {
  if (state === "pending") await bench.everyoneLeaves();
  const task = await bench.newTask();
  if (["assigned", "wrapping", "completed"].includes(state)) bench.accept(task);
  if (state === "wrapping") bench.taskrouter.wrapTask(task.sid, "test");
  if (state === "completed") bench.taskrouter.completeTask(task.sid, "test");
  if (state === "canceled") bench.taskrouter.cancelTask(task.sid, "test");
  expect(task.status).toBe(state);
  return task;
}
