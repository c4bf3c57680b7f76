import { channelOfAddress } from "../channels/addresses";
import { customerOf, readConversationName } from "../channels/custom-identity";
import { keywordIn } from "../channels/keywords";
import { isGuest } from "../channels/webchat/identity";
import { isOnBlockList } from "../config/block-list";
import { textsOn } from "../config/settings";
import type { Texts } from "../config/texts";
import { fetchConversation, hasEarlierConversation } from "../twilio/conversations";
import { listHooks } from "../twilio/scoped-webhooks";
import { findOpenTask } from "../twilio/taskrouter";
import { attempt, type Desk } from "./desk";
import { heedKeyword } from "./heed-keyword";
import { markFiles } from "./mark-files";
import { plainRouting, preEngagementOf } from "./pre-engagement";
import { areRepeated, lastMessagesOf } from "./repeats-itself";
import { routeToFlex, turnAway } from "./route-to-flex";
import { settingsOf } from "./settings-of";
import { type FlowVisit, type Visited, visitFlow, type WhoHasThem } from "./visit-flow";

/** What a Flow is told; every key is always there, since Studio merges the answers of repeated calls. */
export interface CustomerContext extends Record<string, unknown> {
  state: WhoHasThem;
  /** `returning` when there was an earlier Conversation with this address. */
  customer: "new" | "returning";
  name: string;
  address: string;
  /** `sms`, `whatsapp`, `messenger`, `web`, `telegram`, or `viber`. */
  channel: string;
  language: string;
  /** What a guest of a web chat chose before it began; empty when nothing. */
  topic: string;
  /** The web chat they had before this one; empty when none. */
  previousConversationSid: string;
  /** The step that `studio/say` wrote down for the customer's answer, and for how many times it asked; empty and 0 when none. */
  step: string;
  asked: number;
  texts: Texts;
}

/** Says who the customer is and who has them, and writes down that this Flow does now. */
export async function describeCustomer(desk: Desk, visit: FlowVisit): Promise<CustomerContext> {
  const { twilio } = desk;
  const { conversationSid, author, step } = visit;
  // To its end, whatever becomes of the rest: a reply would stop it half way.
  const taken = takeOver(desk, visit);
  const [conversation, returning, settings, repeats] = await Promise.all([
    fetchConversation(twilio, conversationSid),
    // A guest comes under another identity each time; those on channels of ours have their Conversations numbered.
    isGuest(author) || customerOf(author) ? false : hasEarlierConversation(twilio, author),
    settingsOf(desk),
    step === "start" && lookBack(desk, visit),
  ]).finally(() => taken);
  const { who, step: left } = await taken;
  let state = who;
  if (state === "flow" && isOnBlockList(settings.blocked, author)) state = await keepStill(desk, visit);
  else if (state === "flow" && repeats) state = await handOver(desk, visit);
  const { friendlyName, language, topic, previousConversationSid } = preEngagementOf(conversation.attributes);
  const channel = channelOfAddress(author) ?? "web";
  const isLater = (readConversationName(conversation.uniqueName)?.n ?? 1) > 1;
  const wanted = text(conversation.attributes.language) || language || settings.defaultLanguage;
  return {
    state,
    customer: returning || isLater || previousConversationSid ? "returning" : "new",
    name: text(conversation.attributes.customerName) || friendlyName || conversation.friendlyName,
    address: author,
    channel,
    topic,
    previousConversationSid,
    step: state === "flow" ? (left?.name ?? "") : "",
    asked: state === "flow" ? (left?.asked ?? 0) : 0,
    ...textsOn(settings, channel, wanted),
  };
}

/** Whether the customer repeats themself. Of the Message that began a Flow no hook of ours has heard. */
async function lookBack(desk: Desk, { conversationSid, author }: FlowVisit): Promise<boolean> {
  const messages = await lastMessagesOf(desk, conversationSid, author);
  const newest = messages.at(-1);
  if (newest) await markFiles(desk, { conversationSid, messageSid: newest.sid, author, files: newest.files });
  return areRepeated(messages);
}

/** Flows end without a word when somebody else has the customer: also where nobody is to have them. */
async function keepStill(desk: Desk, { conversationSid, executionSid }: FlowVisit): Promise<WhoHasThem> {
  await turnAway(desk, { conversationSid, owner: executionSid });
  return "routing";
}

async function handOver(desk: Desk, { conversationSid, author, executionSid }: FlowVisit): Promise<WhoHasThem> {
  const routing = await plainRouting(desk, conversationSid, author);
  const { status } = await routeToFlex(desk, { conversationSid, routing, owner: executionSid });
  return status === "routed" || status === "open" ? "open" : "routing";
}

/** Who has the customer from now on. Where Sync fails twice the Task query alone tells whether an agent does. */
async function takeOver(desk: Desk, visit: FlowVisit): Promise<Visited> {
  const { conversationSid } = visit;
  const keyword = keywordIn(visit);
  if (keyword) {
    await attempt(desk, "keyword", conversationSid, heedKeyword(desk, conversationSid, keyword));
    return { who: "keyword" };
  }
  const take = () => visitFlow(desk, visit, () => listHooks(desk.twilio, visit.conversationSid));
  try {
    return await take().catch(take);
  } catch {
    desk.log.warn("state_unavailable", { conversationSid: visit.conversationSid });
    const routed = await findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, visit.conversationSid);
    return { who: routed ? "open" : "flow" };
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 256) : "";
}
