import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { isJudged } from "../contract/allowances";
import type { Contract, Operation } from "../contract/contract";
import { INVOCATION_HEADER, SENT_HEADER, steadyMs } from "../redirect/invocation";
import type { World } from "../world";
import { ApiError, notFound, unserved } from "./api-error";
import { authenticate } from "./authenticate";
import { RESET, sufferOverHttp } from "./faulty-reply";
import { routeFinder } from "./find-route";
import { readBody, sendContent, sendJson, sendText } from "./http";
import { Params } from "./params";
import { isMultipart } from "./read-multipart";
import { readPayload } from "./read-payload";
import type { ApiReply, ApiRequest, Routes } from "./routes";

/** Serves Twilio's REST APIs by host name: authenticates, holds both sides to the contract, logs. */
export interface ApiServer {
  serves(host: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const LONGEST_BODY = 6 * 1024 * 1024;
/** An Asset may have 25 MB: https://www.twilio.com/docs/serverless/functions-assets/assets */
const LONGEST_UPLOAD = 26 * 1024 * 1024;
/** A Media file may have 150 MB, and a form around it: https://www.twilio.com/docs/conversations-classic/conversations-limits */
const LONGEST_FILE = 150 * 1024 * 1024 + 4096;

export function createApiServer(
  world: World,
  contract: Contract,
  hosts: Record<string, Routes>,
  findRoute = routeFinder(),
): ApiServer {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrivedAt = steadyMs();
    const host = hostOf(request);
    const method = request.method ?? "GET";
    const url = new URL(request.url ?? "/", `https://${host}`);
    const operation = contract.find(host, method, url.pathname);
    const name = operation?.id ?? `${method} ${url.pathname}`;
    const invocation = header(request, INVOCATION_HEADER);
    let reply: ApiReply;
    /** What Twilio made of the request keeps to the contract, whether or not the caller gets to see it. */
    const judged = (made: ApiReply): ApiReply => {
      if (operation) report(operation, contract.checkResponse(operation, made.status, made.body), "answer");
      return made;
    };
    let about: LogSids = {};
    try {
      const body = await readBody(request, longestBody(request, operation));
      about = sidsIn(url.pathname);
      const latency = world.latency.of(name);
      if (latency > 0) await sleep(latency);
      if (!operation?.open)
        authenticate(world, { authorization: header(request, "authorization"), host, path: url.pathname });
      const deed = () => answer({ request, url, method, body, operation }).catch(refusal).then(judged);
      reply = await sufferOverHttp(world, { name, invocation, about }, deed);
    } catch (error) {
      reply = judged(refusal(error));
    }
    about = { ...about, ...sidsOf(reply.body) };
    const endedAt = steadyMs();
    world.log.add({
      kind: "rest",
      name: `${method} ${name}`,
      status: reply.status,
      ms: Math.round(endedAt - arrivedAt),
      ...about,
      invocation,
      span: [Number(header(request, SENT_HEADER) ?? arrivedAt), endedAt],
      data: { host, path: url.pathname, ...(reply.status >= 400 ? { error: reply.body } : {}) },
    });
    sendReply(response, reply);
  }

  async function answer({ request, url, method, body, operation }: Answering): Promise<ApiReply> {
    const host = url.hostname;
    if (!operation) {
      report({ id: `${method} ${url.pathname}`, host }, ["Twilio documents no such operation"], "request");
      throw notFound(url.pathname);
    }
    const { headers } = request;
    const { params, ...payload } = await readPayload({
      method,
      url,
      type: typeOf(request),
      body,
      file: operation.file,
    });
    const { form, json } = payload;
    const violations = contract.checkRequest(operation, { query: url.searchParams, form, json, headers });
    report(operation, violations, "request");
    const refused = violations.filter((violation) => !isJudged(operation.id, violation));
    if (refused.length > 0) throw refusalOf(refused, url.pathname);
    const routes = hosts[host];
    const route = routes && findRoute(host, routes, method, url.pathname);
    if (!route) throw unserved(operation.id);
    const apiRequest: ApiRequest = {
      ...payload,
      params: route.params,
      form: new Params(params),
      headers,
      url: url.pathname + url.search,
    };
    world.rateLimits.admit(operation, apiRequest.form);
    return route.handler(apiRequest);
  }

  /** What leaves Twilio's contract is kept for whoever runs this: a test fails on it, the timeline shows it. */
  function report(
    { id, host }: Pick<Operation, "id" | "host">,
    violations: string[],
    side: "request" | "answer",
  ): void {
    for (const violation of violations) {
      world.log.add({ kind: "contract", name: `${side} of ${id}: ${violation}`, data: { host, side, violation } });
    }
  }

  return { serves: (host) => Object.hasOwn(hosts, host), handle };
}

export function sendReply(response: ServerResponse, { status, body, headers, text, content }: ApiReply): void {
  if (status === RESET.status) response.destroy();
  else if (content !== undefined) sendContent(response, status, content, headers);
  else if (text !== undefined) sendText(response, status, text, headers);
  else sendJson(response, status, body, headers);
}

interface Answering {
  request: IncomingMessage;
  url: URL;
  method: string;
  body: Buffer;
  operation: Operation | undefined;
}

/** An edge of region us1 leads to the same data: https://www.twilio.com/docs/global-infrastructure/edge-locations */
export function hostOf(request: IncomingMessage): string {
  const host = String(request.headers.host).replace(/:\d+$/, "");
  return host.replace(/^([\w-]+)\.[\w-]+\.us1\.twilio\.com$/, "$1.twilio.com");
}

function longestBody(request: IncomingMessage, operation: Operation | undefined): number {
  if (operation?.file) return LONGEST_FILE;
  return isMultipart(typeOf(request)) ? LONGEST_UPLOAD : LONGEST_BODY;
}

const typeOf = (request: IncomingMessage): string => header(request, "content-type") ?? "";

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}

/** A path with what cannot be a SID leads nowhere: https://www.twilio.com/docs/api/errors/20404 */
function refusalOf(violations: readonly string[], path: string): ApiError {
  if (violations.some((violation) => violation.startsWith("path parameter "))) return notFound(path);
  return new ApiError(400, 20001, violations.join("; "));
}

function refusal(error: unknown): ApiReply {
  if (error instanceof ApiError) return { status: error.status, body: error.body() };
  const { code, message, more_info, status } = new ApiError(
    500,
    20500,
    `The simulator failed: ${String(error)}`,
  ).body();
  return { status: 500, body: { code, message, more_info, status } };
}

interface LogSids {
  conversationSid?: string;
  interactionSid?: string;
  taskSid?: string;
  executionSid?: string;
}

/** The SIDs a path or an answer speaks of, so that a reader of the log can follow one Conversation. */
function sidsIn(path: string): LogSids {
  const find = (prefix: string) => new RegExp(`/(${prefix}[0-9a-f]{32})(?:/|$)`).exec(path)?.[1];
  return named(find("CH"), find("KD"), find("WT"), find("FN"));
}

function sidsOf(body: unknown): LogSids {
  if (typeof body !== "object" || body === null) return {};
  const { sid, conversation_sid: conversationSid, interaction_sid: interactionSid } = body as Record<string, unknown>;
  const own = (prefix: string) => (typeof sid === "string" && sid.startsWith(prefix) ? sid : undefined);
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  return named(own("CH") ?? text(conversationSid), own("KD") ?? text(interactionSid), own("WT"), own("FN"));
}

function named(conversationSid?: string, interactionSid?: string, taskSid?: string, executionSid?: string): LogSids {
  return {
    ...(conversationSid ? { conversationSid } : {}),
    ...(interactionSid ? { interactionSid } : {}),
    ...(taskSid ? { taskSid } : {}),
    ...(executionSid ? { executionSid } : {}),
  };
}
