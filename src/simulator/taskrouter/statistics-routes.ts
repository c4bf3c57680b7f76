import type { Params } from "../server/params";
import { type ApiRequest, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { cumulativeStatistics } from "./cumulative-statistics";
import { refused } from "./management";
import { readSpan } from "./read-span";
import { realTimeStatistics } from "./real-time-statistics";
import { is, listOf, pathOf } from "./request";
import type { WorkerRow } from "./rows";
import { rowOf } from "./tables";

const MOST_QUEUES = 50;
const HOST = "https://taskrouter.twilio.com/v1";

/** Statistics of the workspace, its queues, Workflows and Workers: https://www.twilio.com/docs/taskrouter/statistics */
export function statisticsRoutes(world: World): Routes {
  const { taskrouter, account } = world;
  const owner = () => ({ account_sid: account.sid, workspace_sid: taskrouter.workspace.sid });
  const realtime = ({ form }: ApiRequest) => realTimeStatistics(world, form.get("TaskChannel"));
  const cumulative = ({ form }: ApiRequest) => cumulativeStatistics(world, readQuestion(world, form));
  const queueOf = ({ params }: ApiRequest) => rowOf(taskrouter.queues, "TaskQueues", String(params.queue));
  const workflowOf = ({ params }: ApiRequest) => rowOf(taskrouter.workflows, "Workflows", String(params.workflow)).sid;

  /** The three that each resource has: the moment, the past, and both. */
  function three(
    path: string,
    about: (request: ApiRequest) => object,
    ofMoment: (request: ApiRequest) => object,
    ofPast: (request: ApiRequest) => object,
  ): Routes {
    const shown = (request: ApiRequest, statistics: object) =>
      ok({ ...owner(), ...about(request), url: HOST + pathOf(request), ...statistics });
    return {
      [`GET ${path}/RealTimeStatistics`]: (request) => shown(request, ofMoment(request)),
      [`GET ${path}/CumulativeStatistics`]: (request) => shown(request, ofPast(request)),
      [`GET ${path}/Statistics`]: (request) =>
        shown(request, {
          realtime: { ...owner(), ...about(request), ...ofMoment(request) },
          cumulative: { ...owner(), ...about(request), ...ofPast(request) },
        }),
    };
  }

  return {
    ...three(
      "/v1/Workspaces/:workspace",
      () => ({}),
      (request) => realtime(request).workspace(),
      (request) => cumulative(request).workspace(),
    ),
    ...three(
      "/v1/Workspaces/:workspace/Workflows/:workflow",
      (request) => ({ workflow_sid: workflowOf(request) }),
      (request) => realtime(request).workflow(workflowOf(request)),
      (request) => cumulative(request).workflow(workflowOf(request)),
    ),
    ...three(
      "/v1/Workspaces/:workspace/TaskQueues/:queue",
      (request) => ({ task_queue_sid: queueOf(request).sid }),
      (request) => realtime(request).queue(queueOf(request).sid),
      (request) => cumulative(request).queue(queueOf(request).sid),
    ),
    ...three(
      "/v1/Workspaces/:workspace/Workers",
      () => ({}),
      (request) => realtime(request).workers(workersMeant(world, request.form)),
      (request) => cumulative(request).workers(workersMeant(world, request.form)),
    ),
    "GET /v1/Workspaces/:workspace/Workers/:worker/Statistics"(request) {
      const worker = rowOf(taskrouter.workers, "Workers", String(request.params.worker));
      const about = { ...owner(), worker_sid: worker.sid };
      const past = { ...about, ...cumulative(request).workers([worker]) };
      return ok({ ...about, url: HOST + pathOf(request), cumulative: past });
    },
    "GET /v1/Workspaces/:workspace/TaskQueues/Statistics"(request) {
      const rows = [...taskrouter.queues.values()].filter((row) =>
        is(request.form.get("FriendlyName"), row.friendlyName),
      );
      return listOf(request, rows, "task_queues_statistics", (row) => ({
        ...owner(),
        task_queue_sid: row.sid,
        realtime: { ...owner(), task_queue_sid: row.sid, ...realtime(request).queue(row.sid) },
        cumulative: { ...owner(), task_queue_sid: row.sid, ...cumulative(request).queue(row.sid) },
      }));
    },
    "POST /v1/Workspaces/:workspace/TaskQueues/RealTimeStatistics"(request) {
      // A queue of somebody else's is shown with nothing in it.
      const data = queuesAskedFor(request).map((sid) => ({ task_queue_sid: sid, ...realtime(request).queue(sid) }));
      const url = HOST + pathOf(request);
      return ok({ ...owner(), task_queue_data: data, task_queue_response_count: data.length, url });
    },
  };
}

function readQuestion(world: World, form: Params) {
  const thresholds = (form.get("SplitByWaitTime") ?? "").split(",").filter(Boolean).map(Number);
  if (!thresholds.every((seconds) => Number.isInteger(seconds) && seconds >= 0)) {
    throw refused("SplitByWaitTime must hold whole numbers of seconds, with commas between them");
  }
  const channel = form.get("TaskChannel");
  return { span: readSpan(world, form), ...(channel ? { channel } : {}), thresholds };
}

function workersMeant({ taskrouter }: World, form: Params): WorkerRow[] {
  const queueName = form.get("TaskQueueName");
  const queueSid =
    form.get("TaskQueueSid") ?? [...taskrouter.queues.values()].find((row) => row.friendlyName === queueName)?.sid;
  return [...taskrouter.workers.values()].filter(
    (row) =>
      is(form.get("FriendlyName"), row.friendlyName) &&
      (queueSid ? taskrouter.serves(row.sid, queueSid) : queueName === undefined),
  );
}

/** `QueueSids`: 1 to 50 of them, in a JSON body or repeated in a form. */
function queuesAskedFor({ form, json }: ApiRequest): string[] {
  const given =
    typeof json === "object" && json !== null ? (json as { QueueSids?: unknown }).QueueSids : form.all("QueueSids");
  const sids = (Array.isArray(given) ? given : []).map(String);
  if (sids.length < 1 || sids.length > MOST_QUEUES || !sids.every((sid) => /^WQ[0-9a-f]{32}$/i.test(sid))) {
    throw refused(`QueueSids must hold 1 to ${MOST_QUEUES} SIDs of TaskQueues`);
  }
  return sids;
}
