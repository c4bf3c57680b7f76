import { readConversationName } from "../../src/channels/custom-identity";
import type { LogEntry } from "../../src/simulator/event-log";
import { unattended } from "../../src/simulator/levers/who-is-responsible";
import type { Centre, Stage } from "./custom-stories";

/** Where exactly-once honestly ends: each is known by what it leaves behind, and by the fault that made it. */
export type Residual =
  | "a call died after its post, and the message came again within two seconds"
  | "an answer was lost after the post, and the message came again within two seconds"
  | "a call died between sending and marking, and the sweep sent again"
  | "the platform's answer was unclear: marked as possibly arrived"
  | "the platform refused: marked as failed"
  | "Twilio refused what the customer wrote: words stand in its place"
  | "a customer's file could not be had: words stand in its place";

export interface Outcome {
  wrongs: string[];
  residuals: Residual[];
}

/** Platforms deliver again after longer than this, or the post is not looked for. */
const FRESH_MS = 2_000;

interface Attributes {
  platformId?: string;
  platformTime?: string;
  copiedFrom?: string;
  file?: { words: string };
  relay?: { ids: string[]; of: number };
  delivery?: { status: string; words?: string };
}

/** All that was written and said in a story, beside what the customer's phone shows. */
function look(centre: Centre, { customer }: Stage) {
  const state = centre.state();
  const conversations = state.conversations.filter(
    ({ uniqueName, participants }) =>
      readConversationName(uniqueName ?? "")?.identity === customer ||
      participants.some(({ identity }) => identity === customer),
  );
  const messages = conversations
    .flatMap(({ messages }) => messages)
    .map((message) => ({ ...message, told: JSON.parse(message.attributes) as Attributes }));
  const phone = centre.simulator.world().phones.messages(customer);
  const sids = conversations.map(({ sid }) => sid);
  const tasks = centre
    .tasks()
    .filter(
      ({ status, attributes }) =>
        ["pending", "reserved", "assigned"].includes(status) && sids.includes(String(attributes.conversationSid)),
    );
  const channels = state.channels.filter(
    ({ status, conversationSid }) => status === "active" && sids.includes(conversationSid),
  );
  return {
    ...{ conversations, tasks, channels, documents: state.documents },
    fault: centre.simulator.log.entries.find(({ kind }) => kind === "fault"),
    calls: centre.simulator.log.entries.filter(({ kind, name }) => kind === "function" && name.startsWith("/inbound/")),
    written: phone.filter(({ direction }) => direction === "out"),
    heard: phone.filter(({ direction }) => direction === "in"),
    fromCustomer: messages.filter(({ author }) => author === customer),
    said: messages.filter(({ author }) => author !== customer),
  };
}

type Look = ReturnType<typeof look>;

/** What a story left, judged by what has to hold after every one of them. */
export function outcomeOf(centre: Centre, stage: Stage): Outcome {
  const seen = look(centre, stage);
  const nobody = unattended(centre.simulator.world()).map(({ who, detail }) => `${who}: ${detail}`);
  const parts = [ofWhole(seen), ofWritten(seen), ofSaid(seen)];
  return {
    wrongs: [...nobody, ...parts.flatMap(({ wrongs }) => wrongs)],
    residuals: parts.flatMap(({ residuals }) => residuals),
  };
}

/** One live Conversation, one Interaction, one Task, one hook of each kind. */
function ofWhole({ conversations, tasks, channels }: Look): Outcome {
  const live = conversations.filter(({ state }) => state !== "closed");
  const hooks = live.flatMap(({ webhooks }) => webhooks.map(({ target, url }) => `${target} ${url ?? ""}`));
  const counts = { "live Conversations": live.length, "open Tasks": tasks.length, "live channels": channels.length };
  return {
    wrongs: [
      ...Object.entries(counts).flatMap(([what, count]) => (count === 1 ? [] : [`${count} ${what}`])),
      ...(new Set(hooks).size === hooks.length ? [] : ["two hooks do the same"]),
    ],
    residuals: [],
  };
}

const NOT_TAKEN = /^\[A message was sent\. Twilio did not take it\.\]$/;

/** What the customer wrote stands in their Conversations once. */
function ofWritten(seen: Look): Outcome {
  const { written, fromCustomer, fault } = seen;
  const all: Outcome = { wrongs: [], residuals: [] };
  for (const { platformId, body, media } of written) {
    const own = fromCustomer.filter(({ told }) => told.platformId === platformId && !told.copiedFrom);
    const copies = fromCustomer.filter(({ told }) => told.platformId === platformId && told.copiedFrom);
    const [first, ...more] = own;
    if (!first) all.wrongs.push(`"${body}" is lost`);
    else if (NOT_TAKEN.test(first.body ?? ""))
      all.residuals.push("Twilio refused what the customer wrote: words stand in its place");
    else if (first.told.file && media)
      all.residuals.push("a customer's file could not be had: words stand in its place");
    else if (!first.body?.startsWith(body)) all.wrongs.push(`"${body}" became "${first.body}"`);
    else if (media && first.media.length !== media.length) all.wrongs.push(`the file under "${body}" is lost`);
    if (new Set(copies.map(({ told }) => told.copiedFrom)).size < copies.length)
      all.wrongs.push(`"${body}" was copied ${copies.length} times`);
    for (const again of more) {
      const residual = cameFresh(seen, again) ? doublingOf(fault) : undefined;
      if (residual) all.residuals.push(residual);
      else all.wrongs.push(`"${body}" was posted twice`);
    }
  }
  return all;
}

/** Whether the call that posted a Message began when it was too young to be looked for. */
function cameFresh({ calls }: Look, { createdAt, told }: Look["fromCustomer"][number]): boolean {
  const postedAt = +new Date(createdAt);
  const begins = calls.map(({ at, ms = 0 }) => ({ from: Date.parse(at) - ms, to: Date.parse(at) }));
  const began = begins.find(({ from, to }) => from <= postedAt && postedAt <= to)?.from ?? postedAt;
  return began - Date.parse(String(told.platformTime)) < FRESH_MS;
}

function doublingOf(fault: LogEntry | undefined): Residual | undefined {
  const { kind, operation } = (fault?.data ?? {}) as { kind?: string; operation?: string };
  if (kind?.startsWith("crash")) return "a call died after its post, and the message came again within two seconds";
  if (!operation?.startsWith("webhook ") || kind === "refused" || kind === "reset before") return undefined;
  return "an answer was lost after the post, and the message came again within two seconds";
}

const MAY_HAVE_ARRIVED = /may have arrived/;

/** As it reads without marks, or a file by its name. */
const plain = (body: string, media: readonly { filename: string | null }[] = []) =>
  body ? body.replace(/[*_\\]/g, "") : `file ${media[0]?.filename}`;

function countOf(all: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

/** What agents and Functions said came to the customer once, or the Message tells that it did not. */
function ofSaid(seen: Look): Outcome {
  const all: Outcome = { wrongs: [], residuals: [] };
  const heard = countOf(seen.heard.map(({ body, media }) => plain(body, media)));
  const wordsOf = ({ body, media }: Look["said"][number]) => plain(body ?? "", media);
  const allSaid = new Set(seen.said.map(wordsOf));
  for (const words of allSaid) {
    const messages = seen.said.filter((message) => wordsOf(message) === words);
    const failed = messages.filter(({ told }) => told.delivery?.status === "failed");
    for (const { told } of failed) {
      const isUnclear = MAY_HAVE_ARRIVED.test(told.delivery?.words ?? "");
      all.residuals.push(
        isUnclear
          ? "the platform's answer was unclear: marked as possibly arrived"
          : "the platform refused: marked as failed",
      );
    }
    const came = heard.get(words) ?? 0;
    const sure = messages.length - failed.length;
    if (came < sure) all.wrongs.push(`"${words}" came ${came} times of ${sure}`);
    const unclear = failed.filter(({ told }) => MAY_HAVE_ARRIVED.test(told.delivery?.words ?? ""));
    const excess = came - sure - unclear.length;
    const resent = messages.filter(({ sid }) => wasResent(seen, sid));
    for (let i = 0; i < excess; i += 1) {
      if (i < resent.length && isCrash(seen.fault)) {
        all.residuals.push("a call died between sending and marking, and the sweep sent again");
      } else all.wrongs.push(`"${words}" came ${came} times of ${sure}`);
    }
    if (new Set(messages.map(({ conversationSid }) => conversationSid)).size < messages.length) {
      all.wrongs.push(`"${words}" was said twice in one Conversation`);
    }
  }
  for (const words of heard.keys()) if (!allSaid.has(words)) all.wrongs.push(`"${words}" came and was never said`);
  return all;
}

const isCrash = (fault: LogEntry | undefined) => String(fault?.data?.kind).startsWith("crash");

const wasResent = ({ documents }: Look, sid: string) =>
  documents.some(({ uniqueName, data }) => uniqueName === `relay.${sid}` && "resentAt" in (data as object));
