import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { INVOCATION_HEADER, SENT_HEADER, steadyMs } from "../redirect/invocation";
import { ApiError } from "../server/api-error";
import { sendReply } from "../server/api-server";
import { sufferOverHttp } from "../server/faulty-reply";
import { readBody } from "../server/http";
import type { ApiReply } from "../server/routes";
import type { World } from "../world";
import { KNOWN } from "./known";
import type { Platform, PlatformCall } from "./platform";

/** Telegram takes files of 50 MB, with a form around them: https://core.telegram.org/bots/api#sending-files */
const LONGEST_BODY = 51 * 1024 * 1024;

/** Serves the platforms' APIs by host: with the faults and the latency of Twilio's, but under no contract of Twilio's. */
export interface PlatformServer {
  serves(host: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export function createPlatformServer(world: World): PlatformServer {
  const platformAt = (host: string) =>
    world.platforms.all.find(({ name }) => `.${host}`.endsWith(`.${KNOWN[name].domain}`));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrivedAt = steadyMs();
    const host = String(request.headers.host).replace(/:\d+$/, "");
    const platform = platformAt(host);
    if (!platform) throw new ApiError(404, 20404, `Nothing is served for ${host}`);
    const url = new URL(request.url ?? "/", `https://${host}`);
    const invocation = single(request.headers[INVOCATION_HEADER]);
    const method = request.method ?? "GET";
    const body = await readBody(request, LONGEST_BODY).catch(() => undefined);
    const call = body && platform.call({ host, method, url, headers: request.headers, body });
    const reply = call ? await answer(platform, call, invocation) : platform.refusal({ status: 413 });
    const endedAt = steadyMs();
    world.log.add({
      kind: "platform",
      name: call?.name ?? `${platform.name} ${method}`,
      status: reply.status,
      ms: Math.round(endedAt - arrivedAt),
      ...(invocation === undefined ? {} : { invocation }),
      span: [Number(single(request.headers[SENT_HEADER]) ?? arrivedAt), endedAt],
      data: { host, path: call?.path ?? "", ...(reply.status >= 400 ? { error: reply.body } : {}) },
    });
    sendReply(response, reply);
  }

  async function answer(platform: Platform, call: PlatformCall, invocation?: string): Promise<ApiReply> {
    const latency = world.latency.of(call.name);
    if (latency > 0) await sleep(latency);
    const deed = async () => call.answer();
    const refusal = ({ status, code }: ApiError, headers: Record<string, string>) => {
      const retryAfter = headers["retry-after"];
      const failure = { status, code, ...(retryAfter === undefined ? {} : { retryAfter: Number(retryAfter) }) };
      return platform.refusal(failure);
    };
    try {
      return await sufferOverHttp(world, { name: call.name, invocation, about: {}, refusal }, deed);
    } catch (error) {
      world.log.add({ kind: "warning", name: `the simulator failed: ${String(error)}` });
      return platform.refusal({ status: 500 });
    }
  }

  return { serves: (host) => platformAt(host) !== undefined, handle };
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
