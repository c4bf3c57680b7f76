import { refusalOf } from "../../runtime/twilio-client";
import { addChatMember } from "../../twilio/conversations";
import { addMessageHook, addStudioHook, listHooks, removeHook, type ScopedWebhook } from "../../twilio/scoped-webhooks";
import { type Desk, MESSAGE_HOOK, RELAY_HOOK } from "../desk";
import { blank } from "../state";
import { createState, readState } from "../state-store";

/** What a Conversation needs before anything is said in it. */
export interface Furniture {
  conversationSid: string;
  identity: string;
  /** The Flow that meets the customer; agents do where there is none. */
  flowSid?: string | undefined;
}

/** Makes a Conversation that was just created complete: the customer, who hears them, and whose they are. */
export async function furnish(desk: Desk, wanted: Furniture): Promise<void> {
  await toTheirEnd([
    addChatMember(desk.twilio, wanted.conversationSid, wanted.identity),
    ...hooksFor(desk, wanted).map((hook) => hook.add()),
    giveToFlow(desk, wanted),
  ]);
}

/** The same for one whose maker may have died on the way, or may still be at it. */
export async function complete(desk: Desk, given: Furniture): Promise<void> {
  // Where an agent has the customer by now, a Flow that heard them would speak over somebody.
  const known = given.flowSid ? await readState(desk.twilio, given.conversationSid) : undefined;
  const isPast = known !== undefined && known.document.state !== "flow";
  const wanted = isPast ? { ...given, flowSid: undefined } : given;
  await toTheirEnd([
    addChatMember(desk.twilio, wanted.conversationSid, wanted.identity),
    completeHooks(desk, wanted),
    giveToFlow(desk, wanted),
  ]);
}

/** The Flow has the customer from the first Message on, so that whoever hears it does not route them. */
async function giveToFlow(desk: Desk, { conversationSid, flowSid }: Furniture): Promise<void> {
  if (flowSid) await createState(desk.twilio, conversationSid, { ...blank("flow"), flowSid });
}

interface WantedHook {
  /** Of hooks that do the same, all but one are too many. */
  key: string;
  add(): Promise<unknown>;
}

const keyOf = ({ target, url }: ScopedWebhook) => (target === "studio" ? target : url);

function hooksFor({ twilio, urlOf }: Desk, { conversationSid, flowSid }: Furniture): WantedHook[] {
  const ours = [RELAY_HOOK, MESSAGE_HOOK].map((path): WantedHook => {
    const key = urlOf(path);
    return { key, add: () => addMessageHook(twilio, conversationSid, key) };
  });
  if (!flowSid) return ours;
  return [...ours, { key: "studio", add: () => addStudioHook(twilio, conversationSid, flowSid) }];
}

/** Others may do the same at this moment, and five hooks are the most there may be. */
const ROUNDS = 6;

async function completeHooks(desk: Desk, wanted: Furniture): Promise<void> {
  const { conversationSid } = wanted;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const there = (await listHooks(desk.twilio, conversationSid)).sort(oldestFirst);
    const doubles = there.filter((hook, at) => there.findIndex((one) => keyOf(one) === keyOf(hook)) < at);
    const missing = hooksFor(desk, wanted).filter(({ key }) => !there.some((hook) => keyOf(hook) === key));
    if (doubles.length === 0 && missing.length === 0) return;
    await toTheirEnd(doubles.map(({ sid }) => removeHook(desk.twilio, conversationSid, sid)));
    await toTheirEnd(missing.map(({ add }) => unlessFull(add())));
  }
  throw new Error("The hooks of a Conversation changed at every try");
}

/** The same order for all who look: Twilio's dates have whole seconds. */
function oldestFirst(one: ScopedWebhook, other: ScopedWebhook): number {
  return +one.createdAt - +other.createdAt || one.sid.localeCompare(other.sid);
}

/** https://www.twilio.com/docs/api/errors/50361: those of others, who are at it too; in the next round they are fewer. */
async function unlessFull(adding: Promise<unknown>): Promise<void> {
  try {
    await adding;
  } catch (error) {
    if (refusalOf(error)?.code !== 50361) throw error;
  }
}

/** A reply stops what is under way: all of it to its end, then the first failure. */
async function toTheirEnd(works: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}
