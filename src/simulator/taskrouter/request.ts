import { ApiError, notFound } from "../server/api-error";
import { page } from "../server/page";
import type { Params } from "../server/params";
import type { ApiReply, ApiRequest, Routes } from "../server/routes";
import type { World } from "../world";

const HOST = "taskrouter.twilio.com";
/** Attributes of Workers and Tasks: https://www.twilio.com/docs/taskrouter/api/task */
const LONGEST_ATTRIBUTES = 4096;

type Handler = Routes[string];

/** Flex has exactly one workspace; below any other nothing is found. */
export function inWorkspace(world: World, handler: Handler): Handler {
  return (request) => {
    const { workspace } = request.params;
    if (workspace !== undefined && workspace !== world.taskrouter.workspace.sid) throw notFound(pathOf(request));
    return handler(request);
  };
}

/** A list, which TaskRouter pages by token alone: https://www.twilio.com/docs/api/errors/40153 */
export function listOf<Row>(request: ApiRequest, rows: Row[], key: string, render: (row: Row) => unknown): ApiReply {
  const { form } = request;
  if ((form.int("Page") ?? 0) > 0 && !form.has("PageToken")) {
    throw new ApiError(400, 40153, "Page is not supported: use the PageToken of next_page_url");
  }
  return page(request, rows, { host: HOST, key, render });
}

/** The whole of a resource that has an ETag: https://www.twilio.com/docs/taskrouter/api/task */
export function withEtag(
  reply: (body: unknown, headers: Record<string, string>) => ApiReply,
  row: { revision: number },
  body: unknown,
): ApiReply {
  return reply(body, { ETag: etag(row) });
}

/** Whoever sends an ETag gets the change only if the row is still as they read it. */
export function refuseOutdated({ headers }: ApiRequest, row: { revision: number }): void {
  const wanted = headers["if-match"];
  if (wanted === undefined || wanted === "*" || wanted === etag(row)) return;
  throw new ApiError(412, 20412, "The resource has changed: the If-Match header does not match its ETag");
}

function etag({ revision }: { revision: number }): string {
  return `"${revision}"`;
}

/** `Priority:desc,DateCreated:asc` */
export function inOrder<Row>(rows: Row[], text: string, keys: Record<string, (row: Row) => number>): Row[] {
  const orders = text.split(",").map((pair) => {
    const [name = "", direction = "asc"] = pair.trim().split(":");
    const key = keys[name];
    if (!key || !["asc", "desc"].includes(direction.toLowerCase())) {
      throw new ApiError(400, 20001, `Ordering "${text}" is not understood`);
    }
    const sign = direction.toLowerCase() === "desc" ? -1 : 1;
    return (a: Row, b: Row) => sign * (key(a) - key(b));
  });
  return rows.sort((a, b) => orders.reduce((difference, order) => difference || order(a, b), 0));
}

/** Whether a row is as the filter wants it, when it wants anything. */
export function is(wanted: string | undefined, value: string | null | undefined): boolean {
  return wanted === undefined || wanted === value;
}

/** A URL of one's own; an empty one ends the callbacks. */
export function readUrl(form: Params, name: string): string | null | undefined {
  const text = form.get(name);
  if (text === undefined || text === "") return text === "" ? null : undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new ApiError(400, 20001, `${name} must be an absolute http or https URL`);
  }
  return text;
}

/** The `Attributes` parameter: a JSON object. */
export function readAttributes(form: Params): Record<string, unknown> | undefined {
  const value = form.json("Attributes");
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ApiError(400, 20001, "Attributes must hold a JSON object");
  }
  if (String(form.get("Attributes")).length > LONGEST_ATTRIBUTES) {
    throw new ApiError(400, 20001, `Attributes must not exceed ${LONGEST_ATTRIBUTES} characters`);
  }
  return { ...value };
}

/** A whole number within bounds. */
export function readNumber(form: Params, name: string, least: number, most: number): number | undefined {
  const value = form.int(name);
  if (value !== undefined && (value < least || value > most)) {
    throw new ApiError(400, 20001, `Parameter ${name} must lie between ${least} and ${most}`);
  }
  return value;
}

/** How Twilio reads its yes-or-no strings, as in `IgnoreCapacity`. */
export function isYes(text: string): boolean {
  return ["true", "1", "yes"].includes(text.toLowerCase());
}

export function pathOf(request: ApiRequest): string {
  return String(request.url.split("?")[0]).replace(/^\/v1/, "");
}
