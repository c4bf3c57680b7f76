import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod/mini";
import type { LogEntry } from "../event-log";
import { faultOrder } from "../faults/read-fault";
import { ApiError, notFound } from "../server/api-error";
import { readBody, sendContent, sendJson, sendText } from "../server/http";
import type { Snapshot } from "../snapshot/snapshot";
import { SnapshotError } from "../snapshot/snapshot-error";
import { telegramLevers } from "../telegram/levers";
import { viberLevers } from "../viber/levers";
import type { World } from "../world";
import { agentLevers } from "./agents";
import { customerLevers } from "./customer-levers";
import { type Lever, type LeverTable, message, read, readContent } from "./lever";
import { transcript, worldState } from "./world-state";

const seconds = z.object({ seconds: z.coerce.number().check(z.positive(), z.maximum(366 * 86_400)) });
const task = z.object({ task: z.optional(z.string()) });
const reply = z.extend(task, message);
const transfer = z.extend(task, { to: z.string().check(z.minLength(1)) });
const activity = z.object({ activity: z.string() });
const latency = z.object({
  operation: z._default(z.string(), "*"),
  ms: z.coerce.number().check(z.gte(0), z.maximum(60_000)),
});
const tries = z.optional(z.coerce.number().check(z.int(), z.gte(0), z.maximum(10)));
const webhookSettings = z.object({
  preRetryCount: tries,
  postRetryCount: tries,
  timeoutMs: z.optional(z.coerce.number().check(z.int(), z.positive(), z.maximum(60_000))),
});
const since = z.object({ after: z._default(z.coerce.number(), 0) });

export interface Levers {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface Options {
  world(): World;
  reset(): Promise<void>;
  snapshot(): Promise<Snapshot>;
  restore(snapshot: unknown): Promise<void>;
}

/** JSON for people to read, and to save as a file. */
class Download {
  constructor(
    private readonly filename: string,
    private readonly json: unknown,
  ) {}

  send(response: ServerResponse): void {
    const headers = { "content-disposition": `attachment; filename="${this.filename}"` };
    sendText(response, 200, JSON.stringify(this.json, null, 2), headers);
  }
}

/** A customer's file has up to 25 MB, a third more in base64. */
const LONGEST_BODY = 36 * 1024 * 1024;
/** All that a world holds, with its files; a text can hardly be longer in Node. */
const LONGEST_SNAPSHOT = 500 * 1024 * 1024;

/** The handles by which people and programs move the simulated world: HTTP under `/simulator`, JSON or form bodies. */
export function createLevers({ world: current, reset, snapshot, restore }: Options): Levers {
  const table: LeverTable = {
    ...customerLevers(current),
    ...telegramLevers(current),
    ...viberLevers(current),
    "GET state": () => worldState(current()),
    "GET events"({ input }) {
      const { after } = read(since, input);
      return current().log.entries.filter(({ seq }) => seq > after);
    },
    "GET conversations/:sid/transcript": ({ path }) => transcript(current(), String(path[1])),
    "GET files/:sha256"({ path }) {
      const content = current().media.files.read(String(path[1]));
      if (!content) throw notFound(path.join("/"));
      return content;
    },
    "POST agents/:name/accept": ({ path, input }) => agent(path).accept(read(task, input).task),
    "POST agents/:name/reject": ({ path, input }) => agent(path).reject(read(task, input).task),
    "POST agents/:name/reply"({ path, input }) {
      const { task: taskSid, ...written } = read(reply, input);
      const { body, files } = readContent(written);
      return agent(path).reply(body, taskSid, files);
    },
    "POST agents/:name/read": ({ path, input }) => ({ read: agent(path).read(read(task, input).task) }),
    "POST agents/:name/wrapup": ({ path, input }) => agent(path).wrapUp(read(task, input).task),
    "POST agents/:name/complete": ({ path, input }) => agent(path).complete(read(task, input).task),
    "POST agents/:name/leave": ({ path, input }) => agent(path).leave(read(task, input).task),
    "POST agents/:name/transfer"({ path, input }) {
      const { to, task: taskSid } = read(transfer, input);
      return agent(path).transfer(to, taskSid);
    },
    "POST agents/:name/finish": ({ path, input }) => agent(path).finish(read(task, input).task),
    "POST agents/:name/activity"({ path, input }) {
      agent(path).setActivity(read(activity, input).activity);
      return current().taskrouter.worker(String(path[1]));
    },
    "POST agents/:name/token": ({ path }) => ({ token: agent(path).token() }),
    async "POST clock/advance"({ input }) {
      const by = read(seconds, input);
      await current().clock.advance(by.seconds * 1000);
      current().log.add({ kind: "clock", name: "advanced", data: { ...by } });
      return { now: current().clock.now() };
    },
    "POST latency"({ input }) {
      const { operation, ms } = read(latency, input);
      current().latency.set(operation, ms);
      return { operation, ms };
    },
    "POST webhooks": ({ input }) => Object.assign(current().webhookSettings, read(webhookSettings, input)),
    "POST faults"({ input }) {
      const ordered = read(faultOrder, input);
      current().faults.add(ordered);
      return ordered;
    },
    async "POST reset"() {
      await reset();
      return { now: current().clock.now() };
    },
    "GET snapshot": async () => new Download("snapshot.json", await snapshot()),
    async "POST snapshot"({ input }) {
      await restore(input).catch((error: unknown) => {
        throw error instanceof SnapshotError ? new ApiError(400, 20001, error.message) : error;
      });
      return { now: current().clock.now() };
    },
  };

  const agent = (path: string[]) => agentLevers(current(), String(path[1]));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    const query = Object.fromEntries(url.searchParams);
    const path = url.pathname.split("/").slice(2).map(decodeURIComponent);
    try {
      refuseForeignPages(request);
      if (path.join("/") === "events/stream") {
        // A browser that lost the stream says where it was: https://html.spec.whatwg.org/multipage/server-sent-events.html
        const last = request.headers["last-event-id"];
        streamEvents(current(), read(since, last === undefined ? query : { after: last }).after, response);
        return;
      }
      const lever = find(table, String(request.method), path);
      if (!lever) throw notFound(url.pathname);
      const input = request.method === "GET" ? query : await readInput(request, path);
      const result = await lever({ path, input });
      // A lever answers when what it set off has come to rest, so that a script can go on at once.
      if (request.method === "POST") await current().work.settled();
      if (result instanceof Download) result.send(response);
      else if (Buffer.isBuffer(result))
        sendContent(response, 200, result, { "content-type": "application/octet-stream" });
      else sendJson(response, 200, result);
    } catch (error) {
      const refusal = error instanceof ApiError ? error : new ApiError(500, 20500, String(error));
      sendJson(response, refusal.status, refusal.body());
    }
  }

  return { handle };
}

/** The levers ask for no password, and a page of any site can post a form here: browsers say where it came from. */
function refuseForeignPages({ headers: { origin, host } }: IncomingMessage): void {
  if (origin === undefined || origin === `http://${host}`) return;
  throw new ApiError(403, 20403, "Levers can be moved from this machine's own pages and programs only");
}

function find(table: LeverTable, method: string, path: string[]): Lever | undefined {
  const key = Object.keys(table).find((candidate) => {
    const [verb, pattern] = candidate.split(" ");
    const parts = String(pattern).split("/");
    return (
      verb === method &&
      parts.length === path.length &&
      parts.every((part, i) => part.startsWith(":") || part === path[i])
    );
  });
  return key ? table[key] : undefined;
}

async function readInput(request: IncomingMessage, path: readonly string[]): Promise<unknown> {
  const isSnapshot = path.join("/") === "snapshot";
  const text = (await readBody(request, isSnapshot ? LONGEST_SNAPSHOT : LONGEST_BODY)).toString();
  if (text === "") return {};
  // Whatever type `curl --data-binary` says that a file has.
  const isJson = isSnapshot || String(request.headers["content-type"]).includes("json");
  if (!isJson) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 20001, "The body is not valid JSON");
  }
}

/** Server-sent events: first what was, then what comes. */
function streamEvents(world: World, after: number, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.flushHeaders();
  const send = (entry: LogEntry) => response.write(`id: ${entry.seq}\ndata: ${JSON.stringify(entry)}\n\n`);
  for (const entry of world.log.entries) if (entry.seq > after) send(entry);
  response.on("close", world.log.subscribe(send));
}
