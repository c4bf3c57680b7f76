import type { Twilio } from "twilio";
import { flexUserSid } from "../../../src/simulator/flex/users";
import type { Simulator } from "../../../src/simulator/simulator";

/** What a fact may build on. */
export interface Making {
  readonly client: Twilio;
  readonly simulator: Simulator;
  /** The path's values so far, outermost first. */
  readonly path: readonly string[];
  /** Another number each time. */
  readonly unique: number;
  /** An object that many tests share. */
  shared(collection: string, path?: readonly string[]): Promise<string>;
  /** An object of the test's own. */
  own(collection: string, path?: readonly string[]): Promise<string>;
}

export type Made<T> = (making: Making) => T | Promise<T>;

/**
 * How an object comes about that is not created at its collection, or only after something else; answers what stands in
 * its path. Without a word here it is created at its collection, or is the first one listed there. Under the name of an
 * operation: what only that one may have as its own.
 */
export const objects: Readonly<Record<string, Made<string>>> = {
  "api/2010-04-01/Accounts": ({ simulator }) => simulator.account.sid,
  "conversations/v1/Conversations/{}/Messages": (making) => received(inDefaultService(making)),
  "conversations/v1/ParticipantConversations": (making) => joined(inDefaultService(making), LISTED),
  "conversations/v1/Services/{}/Conversations/{}/Messages": received,
  "conversations/v1/Services/{}/ParticipantConversations": (making) => joined(making, LISTED),
  "conversations/v1/Services/{}/Users/{}/Conversations": joinedAsUser,
  "conversations/v1/Users/{}/Conversations": (making) => joinedAsUser(inDefaultService(making)),
  "flex-api/v2/Instances/{}/Users": ({ simulator }) => flexUserSid(simulator.world().taskrouter.worker("ada").sid),
  "flex-api/v2/Instances": ({ simulator }) => simulator.account.flexInstanceSid,
  "serverless/v1/Services/{}/Assets/{}/Versions": (making) => upload(making, "Assets"),
  "serverless/v1/Services/{}/Environments/{}/Logs": printed,
  "serverless/v1/Services/{}/Functions/{}/Versions": (making) => upload(making, "Functions"),
  "sync/v1/Services": ({ simulator }) => simulator.account.syncServiceSid,
  "taskrouter.DeleteWorker": async ({ client, unique, path: [workspace = ""] }) =>
    (await client.taskrouter.v1.workspaces(workspace).workers.create({ friendlyName: `worker ${unique}` })).sid,
  "taskrouter/v1/Workspaces/{}/TaskQueues/Statistics": ({ own, path }) =>
    own("taskrouter/v1/Workspaces/{}/TaskQueues", path),
  "taskrouter/v1/Workspaces": ({ simulator }) => simulator.world().taskrouter.workspace.sid,
  "taskrouter/v1/Workspaces/{}/Workers": ({ simulator }) => simulator.world().taskrouter.worker("ada").sid,
  async "taskrouter/v1/Workspaces/{}/Workers/{}/Reservations"({ own, simulator, path: [workspace = ""] }) {
    const task = await own("taskrouter/v1/Workspaces/{}/Tasks", [workspace]);
    await simulator.settled();
    const { reservations } = simulator.world().taskrouter;
    return String([...reservations.values()].find(({ taskSid }) => taskSid === task)?.sid);
  },
};

/** Who is asked after in lists of what one customer is in. */
export const LISTED = "telegram_listed";

/** The same with the service that paths without one mean. */
const inDefaultService = (making: Making): Making => ({
  ...making,
  path: [making.simulator.account.chatServiceSid, ...making.path],
});

/** A Message that somebody receives by SMS, so that it has receipts. */
async function received({ client, path: [service = "", conversation = ""], unique }: Making): Promise<string> {
  const { participants, messages } = client.conversations.v1.services(service).conversations(conversation);
  if ((await participants.list()).every(({ messagingBinding }) => !messagingBinding)) {
    const address = `+1555040${unique + 1000}`;
    await participants.create({ "messagingBinding.address": address, "messagingBinding.proxyAddress": "+15550100100" });
  }
  return (await messages.create({ body: "Hello" })).sid;
}

/** A Participant of a new Conversation. */
async function joined({ client, path: [service = ""] }: Making, identity: string): Promise<string> {
  const { conversations } = client.conversations.v1.services(service);
  const { sid } = await conversations.create();
  return (await conversations(sid).participants.create({ identity })).sid;
}

/** A new Conversation that a User is in. */
async function joinedAsUser({ client, path: [service = "", user = ""] }: Making): Promise<string> {
  const { conversations, users } = client.conversations.v1.services(service);
  const { identity } = await users(user).fetch();
  const { sid } = await conversations.create();
  await conversations(sid).participants.create({ identity });
  return sid;
}

/** Uploads have a host of their own, which the SDK does not know. */
async function upload({ simulator, path, unique }: Making, kind: "Functions" | "Assets"): Promise<string> {
  const { sid, authToken } = simulator.account;
  const body = new FormData();
  body.set("Path", `/path-${unique}`);
  body.set("Visibility", "public");
  body.set("Content", new Blob(["exports.handler = () => {};"], { type: "application/javascript" }), "it.js");
  const [service, resource] = path;
  const url = `https://serverless-upload.twilio.com/v1/Services/${service}/${kind}/${resource}/Versions`;
  const authorization = `Basic ${Buffer.from(`${sid}:${authToken}`).toString("base64")}`;
  const response = await fetch(url, { method: "POST", headers: { authorization }, body });
  return String(((await response.json()) as { sid: string }).sid);
}

/** A line of a Function's output, as if it had run: this simulator has no Functions. */
function printed({ simulator: { serverless, clock }, path: [serviceSid = "", environmentSid = ""] }: Making): string {
  const sid = serverless.newSid("NO");
  serverless.logs.set(sid, {
    ...{ sid, serviceSid, environmentSid },
    buildSid: serverless.newSid("ZB"),
    deploymentSid: serverless.newSid("ZD"),
    functionSid: serverless.newSid("ZH"),
    requestSid: serverless.newSid("RQ"),
    level: "info",
    message: "Hello",
    createdAt: clock.now(),
  });
  return sid;
}
