import type { Twilio } from "twilio";
import { isJsonObject, type Json, type JsonObject } from "../../../simulator/studio/json";
import type { World } from "../../../simulator/world";
import { stringsIn } from "../lint/strings-in";

const SID = /\b[A-Z]{2}[0-9a-fA-F]{32}\b/g;

/** A Flow whose SIDs are all of the simulated account, and what stands for what. */
export interface AtHome {
  definition: Json;
  notes: string[];
}

/** Puts objects of the simulated account in the place of those that another account has. */
export async function makeAtHome(definition: Json, world: World, twilio: Twilio): Promise<AtHome> {
  const found = stringsIn(statesOf(definition), "#").flatMap(({ text }) => [...text.matchAll(SID)].map(([sid]) => sid));
  const sids = new Map<string, string>();
  const notes: string[] = [];
  for (const sid of new Set(found)) {
    const standIn = isHere(sid, world) ? undefined : await standInFor(sid, definition, world, twilio);
    if (!standIn) continue;
    sids.set(sid, standIn.sid);
    notes.push(`${sid} is of another account: ${standIn.what} stands in for it`);
  }
  return { definition: replaced(definition, sids), notes };
}

const statesOf = (definition: Json) => (isJsonObject(definition) ? (definition.states ?? null) : null);

function isHere(sid: string, { taskrouter, content, studio, account }: World): boolean {
  return (
    [account.sid, account.chatServiceSid, taskrouter.workspace.sid].includes(sid) ||
    taskrouter.workflows.has(sid) ||
    taskrouter.taskChannels.has(sid) ||
    taskrouter.queues.has(sid) ||
    content.contents.has(sid) ||
    studio.hasFlow(sid)
  );
}

/** Nothing for the kinds that Studio does not use while it runs, such as a Function's SIDs. */
async function standInFor(sid: string, definition: Json, world: World, twilio: Twilio) {
  const { taskrouter, account } = world;
  const first = (rows: Iterable<{ sid: string; friendlyName: string }>, kind: string) => {
    const [row] = rows;
    return row && { sid: row.sid, what: `${kind} "${row.friendlyName}"` };
  };
  switch (sid.slice(0, 2)) {
    case "AC":
      return { sid: account.sid, what: "the simulated account" };
    case "IS":
      return { sid: account.chatServiceSid, what: "the Flex Chat Service" };
    case "WS":
      return { sid: taskrouter.workspace.sid, what: "the Flex workspace" };
    case "WW":
      return first(taskrouter.workflows.values(), "Workflow");
    case "WQ":
      return first(taskrouter.queues.values(), "queue");
    case "TC":
      return first(
        [...taskrouter.taskChannels.values()].filter(({ uniqueName }) => uniqueName === "chat"),
        "Task Channel",
      );
    case "FW":
      return { sid: await emptyFlow(sid, twilio), what: "an empty Flow, which completes at once," };
    case "HX":
      return { sid: template(sid, definition, world), what: "a template of its variables" };
    default:
      return undefined;
  }
}

async function emptyFlow(sid: string, twilio: Twilio): Promise<string> {
  const trigger = { name: "Trigger", type: "trigger", transitions: [], properties: {} };
  const definition = { description: `In place of ${sid}`, states: [trigger], initial_state: "Trigger" };
  const flow = await twilio.studio.v2.flows.create({ friendlyName: sid, status: "published", definition });
  return flow.sid;
}

/** Its text shows the variables that the Flow gives it. */
function template(foreign: string, definition: Json, { content, clock, newSid }: World): string {
  const keys = variablesFor(foreign, definition);
  const body = [`Template ${foreign.slice(0, 8)}…`, ...keys.map((key) => `{{${key}}}`)].join(" ");
  const [sid, now] = [newSid("HX"), clock.now()];
  content.contents.set(sid, {
    ...{ sid, friendlyName: foreign, language: "en", approval: null, createdAt: now, updatedAt: now },
    variables: Object.fromEntries(keys.map((key) => [key, key])),
    types: { "twilio/text": { body } },
  });
  return sid;
}

function variablesFor(sid: string, definition: Json): string[] {
  const states = statesOf(definition);
  const given = (Array.isArray(states) ? states : []).flatMap((state) => {
    const properties = isJsonObject(state) && isJsonObject(state.properties) ? state.properties : {};
    const variables = properties.content_sid === sid ? properties.content_variables : [];
    return Array.isArray(variables) ? variables : [];
  });
  return [...new Set(given.flatMap((one) => (isJsonObject(one) ? [String(one.key).replace(/[{}\s]/g, "")] : [])))];
}

function replaced(value: Json, sids: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return value.replace(SID, (sid) => sids.get(sid) ?? sid);
  if (Array.isArray(value)) return value.map((item) => replaced(item, sids));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, replaced(item, sids)]);
  return Object.fromEntries(entries) as JsonObject;
}
