import { channelOfAddress } from "../channels/addresses";
import { loadSettings, SETTINGS_DOCUMENT } from "../config/settings";
import { type Texts, textsFor } from "../config/texts";
import { type ConversationSummary, fetchConversation, hasEarlierConversation } from "../twilio/conversations";
import { readDocument } from "../twilio/sync";
import { findOpenTask } from "../twilio/taskrouter";
import { CLAIM_SECONDS, type Desk, settle } from "./claim-routing";
import {
  type ConversationDocument,
  claimed,
  createState,
  isAlive,
  readState,
  type Versioned,
  writeState,
} from "./state";

export interface FlowVisit {
  conversationSid: string;
  /** The customer's address or identity. */
  author: string;
  flowSid: string;
  executionSid: string;
  /** `start`: a Flow begins. `route`: it is about to hand over, so routing is claimed for its Execution. */
  step: "start" | "route";
}

/** What a Flow is told; every key is always there, since Studio merges the answers of repeated calls. */
export interface CustomerContext extends Record<string, unknown> {
  /** `flow`: go on. `open` or `routing`: somebody has the customer, the Flow must end without a word. */
  state: "flow" | "open" | "routing";
  /** `returning` when there was an earlier Conversation with this address. */
  customer: "new" | "returning";
  name: string;
  address: string;
  /** `sms`, `whatsapp`, `messenger`, or `chat`. */
  channel: string;
  language: string;
  texts: Texts;
}

/** Says who the customer is and who has them, and writes down that this Flow does now. */
export async function describeCustomer(desk: Desk, visit: FlowVisit): Promise<CustomerContext> {
  const { twilio, log, now } = desk;
  const { conversationSid, author } = visit;
  const [state, conversation, returning, settings] = await Promise.all([
    takeOver(desk, visit),
    fetchConversation(twilio, conversationSid),
    hasEarlierConversation(twilio, author),
    loadSettings(async () => (await readDocument(twilio, SETTINGS_DOCUMENT))?.data, log, now()),
  ]);
  const wanted = text(conversation.attributes.language) || settings.defaultLanguage;
  return {
    state,
    customer: returning ? "returning" : "new",
    name: nameOf(conversation),
    address: author,
    channel: channelOfAddress(author) ?? "chat",
    ...textsFor(settings.texts, wanted, settings.defaultLanguage),
  };
}

/** Who has the customer from now on. Without Sync the Task query alone tells whether an agent does. */
async function takeOver(desk: Desk, visit: FlowVisit): Promise<CustomerContext["state"]> {
  try {
    return await record(desk, visit);
  } catch {
    desk.log.warn("state_unavailable", { conversationSid: visit.conversationSid });
    const routed = await findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, visit.conversationSid);
    return routed ? "open" : "flow";
  }
}

const TRIES = 3;

async function record(desk: Desk, visit: FlowVisit): Promise<CustomerContext["state"]> {
  const { twilio, now } = desk;
  const { conversationSid, flowSid, executionSid, step } = visit;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const found = await readState(twilio, conversationSid);
    const taken = found && (await takenBy(desk, visit, found));
    if (taken) return taken;
    const ours = { ...found?.document, state: "flow" as const, flowSid, executionSid };
    const next: ConversationDocument =
      step === "route" ? claimed(ours, { owner: executionSid, now: now(), seconds: CLAIM_SECONDS }) : ours;
    const written = found
      ? await writeState(twilio, conversationSid, next, found.revision)
      : await createState(twilio, conversationSid, next);
    if (written) return "flow";
  }
  return "routing";
}

/** Whether somebody other than this Flow has the customer. A dead claim is settled first. */
async function takenBy(desk: Desk, { conversationSid, executionSid }: FlowVisit, found: Versioned) {
  const { document } = found;
  if (document.state === "flow" || document.state === "ended") return undefined;
  if (document.state !== "routing") return "open";
  if (document.owner !== executionSid && isAlive(document, desk.now())) return "routing";
  return (await settle(desk, conversationSid, found)) ? "open" : undefined;
}

/** The name a customer gave, wherever it came from; empty when unknown. */
function nameOf({ attributes, friendlyName }: ConversationSummary): string {
  const form = attributes.pre_engagement_data;
  const given = typeof form === "object" && form !== null && "friendlyName" in form ? text(form.friendlyName) : "";
  return text(attributes.customerName) || given || friendlyName;
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 256) : "";
}
