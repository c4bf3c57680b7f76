import findMyWay from "find-my-way";
import { ApiError } from "../../../src/simulator/server/api-error";
import { Params } from "../../../src/simulator/server/params";
import type { ApiReply, Routes } from "../../../src/simulator/server/routes";
import { operationOf, requestViolations, responseViolations, type Sent, texts } from "./requests";

export type Call = (request: string, sent?: Sent) => Promise<ApiReply>;

/** Calls routes as `POST /v1/Services` and holds both sides to the contract on the way. */
export function callerOf(host: string, routes: Routes): Call {
  const router = findMyWay();
  for (const [route, handler] of Object.entries(routes)) {
    const [method, path] = route.split(" ");
    router.on(method as findMyWay.HTTPMethod, String(path), () => undefined, { handler });
  }
  return async (request, sent = {}) => {
    const [method, path = ""] = request.split(" ");
    const full = `${method} https://${host}${path}`;
    expect({ operation: operationOf(full).id, violations: requestViolations(full, sent) }).toMatchObject({
      violations: [],
    });
    const route = router.find(method as findMyWay.HTTPMethod, path);
    if (!route) throw new Error(`No route for ${request}`);
    const { handler } = route.store as { handler: Routes[string] };
    const form = new Params(texts(method === "GET" ? sent.query : sent.form));
    const { json, headers = {} } = sent;
    const query = texts(sent.query).toString();
    const url = query ? `${path}?${query}` : path;
    const params = route.params as Record<string, string>;
    const reply = await answered(() => handler({ params, form, json, headers, url }));
    expect({ request, violations: responseViolations(full, reply.status, reply.body) }).toEqual({
      request,
      violations: [],
    });
    return reply;
  };
}

async function answered(handle: () => ApiReply | Promise<ApiReply>): Promise<ApiReply> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body() };
    throw error;
  }
}
