import type { ReservationRow, TaskRow } from "../../../src/simulator/taskrouter/rows";
import { type Bench, taskRouterBench, workspacePath } from "./taskrouter-bench";

let bench: Bench;
let task: TaskRow;
let reservation: ReservationRow;
beforeEach(async () => {
  bench = taskRouterBench();
  task = await bench.newTask();
  reservation = [...bench.taskrouter.reservations.values()][0] as ReservationRow;
});

describe.each([
  ["its Task", () => `${workspacePath}/Tasks/${task.sid}/Reservations`],
  ["its Worker", () => `${workspacePath}/Workers/${reservation.workerSid}/Reservations`],
])("a Reservation under %s", (_, path) => {
  it("is listed and found", async () => {
    const shown = { sid: reservation.sid, reservation_status: "pending", worker_name: "ada", task_sid: task.sid };
    expect((await bench.call(`GET ${path()}`)).body).toMatchObject({ reservations: [shown] });
    expect((await bench.call(`GET ${path()}/${reservation.sid}`)).body).toMatchObject(shown);
  });

  it("is listed by status", async () => {
    const query = { ReservationStatus: "accepted" };
    expect((await bench.call(`GET ${path()}`, { query })).body).toMatchObject({ reservations: [] });
  });

  it("moves its Task from acceptance to completion", async () => {
    const seen = [];
    for (const ReservationStatus of ["accepted", "wrapping", "completed"]) {
      const { body } = await bench.call(`POST ${path()}/${reservation.sid}`, { form: { ReservationStatus } });
      seen.push([(body as { reservation_status: string }).reservation_status, task.status]);
    }
    expect(seen).toEqual([
      ["accepted", "assigned"],
      ["wrapping", "wrapping"],
      ["completed", "completed"],
    ]);
  });

  it("is rejected, and its Worker changes Activity with it", async () => {
    const away = [...bench.taskrouter.activities.values()].find(({ friendlyName }) => friendlyName === "Break");
    const form = { ReservationStatus: "rejected", WorkerActivitySid: String(away?.sid) };
    await bench.call(`POST ${path()}/${reservation.sid}`, { form });
    await bench.settled();
    expect(bench.offers(task)).toEqual(["ada rejected", "grace pending"]);
    expect(bench.taskrouter.worker("ada").activitySid).toBe(away?.sid);
  });

  it.each(["completed", "wrapping", "pending", "canceled"])(
    "cannot become %s before it is accepted",
    async (status) => {
      const reply = await bench.call(`POST ${path()}/${reservation.sid}`, { form: { ReservationStatus: status } });
      expect(reply).toMatchObject({ status: 400, body: { code: 20001 } });
      expect([reservation.status, task.status]).toEqual(["pending", "reserved"]);
    },
  );

  it("is not found once its Task is gone", async () => {
    const url = `${path()}/${reservation.sid}`;
    bench.taskrouter.deleteTask(task.sid);
    expect(await bench.call(`GET ${url}`)).toMatchObject({ status: 404, body: { code: 20404 } });
  });
});

it("cannot complete a Task that somebody else accepted after it was lost", async () => {
  await bench.reject(task);
  bench.accept(task);
  const url = `${workspacePath}/Tasks/${task.sid}/Reservations/${reservation.sid}`;
  const reply = await bench.call(`POST ${url}`, { form: { ReservationStatus: "completed" } });
  expect({ status: reply.status, task: task.status }).toEqual({ status: 400, task: "assigned" });
});
