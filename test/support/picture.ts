import { request } from "node:http";
import type { LogEntry } from "../../src/simulator/event-log";
import type { Simulator } from "../../src/simulator/simulator";

const LISTS = [
  "api.twilio.com/2010-04-01/Accounts.json",
  "api.twilio.com/2010-04-01/Accounts/{AC}/Messages.json",
  "api.twilio.com/2010-04-01/Accounts/{AC}/IncomingPhoneNumbers.json",
  "api.twilio.com/2010-04-01/Accounts/{AC}/Keys.json",
  "conversations.twilio.com/v1/Configuration",
  "conversations.twilio.com/v1/Configuration/Webhooks",
  "conversations.twilio.com/v1/Configuration/Addresses",
  "conversations.twilio.com/v1/Conversations",
  "conversations.twilio.com/v1/Services",
  "conversations.twilio.com/v1/Users",
  "conversations.twilio.com/v1/Roles",
  "content.twilio.com/v1/Content",
  "messaging.twilio.com/v1/Services",
  "flex-api.twilio.com/v1/Configuration",
  "flex-api.twilio.com/v1/Instances/{GO}/InteractionWebhooks",
  "studio.twilio.com/v2/Flows",
  "sync.twilio.com/v1/Services",
  "sync.twilio.com/v1/Services/default/Documents",
  "taskrouter.twilio.com/v1/Workspaces",
  "taskrouter.twilio.com/v1/Workspaces/{WS}/Activities",
  "taskrouter.twilio.com/v1/Workspaces/{WS}/TaskChannels",
  "taskrouter.twilio.com/v1/Workspaces/{WS}/TaskQueues",
  "taskrouter.twilio.com/v1/Workspaces/{WS}/Tasks",
  "taskrouter.twilio.com/v1/Workspaces/{WS}/Workers",
  "taskrouter.twilio.com/v1/Workspaces/{WS}/Workflows",
];

/** All that can be seen of a world at rest, but for how long things took on this machine. */
export async function pictureOf(simulator: Simulator) {
  const { log, ...rest } = await simulator.snapshot();
  const state = simulator.state();
  const lists: Record<string, unknown> = {};
  for (const url of LISTS) lists[url] = await get(simulator, url);
  return { ...rest, state: withoutMs(state), lists, log: withoutDurations(log.entries as LogEntry[]) };
}

/** Entries as they are again in another run, also in the lines that Functions print. */
export function withoutDurations(entries: readonly LogEntry[]) {
  return entries.map(({ ms: _, span: __, ...entry }) => ({ ...entry, name: entry.name.replace(/"ms":\d+/, '"ms":0') }));
}

/** How many calls ran beside each other depends on the machine. */
function withoutMs({ calls, ...state }: ReturnType<Simulator["state"]>) {
  return { ...state, functions: Object.keys(calls) };
}

async function get({ port, account, world }: Simulator, url: string): Promise<unknown> {
  const [host = "", ...path] = url
    .replace("{AC}", account.sid)
    .replace("{GO}", account.flexInstanceSid)
    .replace("{WS}", world().taskrouter.workspace.sid)
    .split("/");
  const authorization = `Basic ${Buffer.from(`${account.sid}:${account.authToken}`).toString("base64")}`;
  // By its port: Twilio's hosts are redirected to whichever simulator started last.
  const response = await requestAt(port, host, `/${path.join("/")}`, authorization);
  expect({ url, status: response.status }).toEqual({ url, status: 200 });
  return response.body;
}

function requestAt(port: number, host: string, path: string, authorization: string) {
  return new Promise<{ status: number | undefined; body: unknown }>((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, path, headers: { host, authorization } }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, body: JSON.parse(text) });
    });
    outgoing.on("error", reject).end();
  });
}
