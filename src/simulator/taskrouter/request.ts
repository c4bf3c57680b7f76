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
