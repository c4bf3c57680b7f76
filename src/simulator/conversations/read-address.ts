import { ApiError } from "../server/api-error";
import type { Params } from "../server/params";
import type { World } from "../world";
import { isHttpUrl, refuseIncomplete } from "./refuse-webhook";
import type { AddressConfigurationRow } from "./rows";
import { hookOf } from "./scoped-webhooks";
import { findService } from "./store";

type AutoCreation = AddressConfigurationRow["autoCreation"];

export const NO_AUTO_CREATION: AutoCreation = {
  enabled: false,
  type: "default",
  conversationServiceSid: null,
  webhookUrl: null,
  webhookMethod: "POST",
  webhookFilters: [],
  studioFlowSid: null,
  studioRetryCount: 0,
};

/** By type; a short code stands for a number, `chat` takes any name. What Twilio asks of `gbm` and `rcs` is unverified. */
const FORMATS: Record<string, RegExp> = {
  sms: /^(\+[1-9]\d{6,14}|\d{3,8})$/,
  whatsapp: /^whatsapp:\+[1-9]\d{6,14}$/,
  messenger: /^messenger:[\w.-]+$/,
  email: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
  rcs: /^rcs:\S+$/,
  apple: /^urn:mbid:\S+$/,
  gbm: /^\S+$/,
  chat: /^.+$/,
};
/** Its senders are known here, and must be this account's. */
const OWNED = ["sms", "whatsapp", "messenger"];
const LONGEST_ADDRESS = 256;
const LONGEST_NAME = 256;
const MOST_STUDIO_RETRIES = 3;

/** Which codes Twilio has for these is unverified: they are those of a Participant's addresses. */
export function refuseAddress({ senders }: Pick<World, "senders">, type: string, address: string): void {
  const known = type.toLowerCase();
  if (address.length > LONGEST_ADDRESS || !FORMATS[known]?.test(address)) {
    throw new ApiError(400, 50407, `Invalid address for type ${type}`);
  }
  if (OWNED.includes(known) && !senders.has(address)) {
    throw new ApiError(400, 50413, "The address is not one of this account's senders");
  }
}

export function readFriendlyName(form: Params): string | undefined {
  const name = form.get("FriendlyName");
  if (name !== undefined && name.length > LONGEST_NAME) throw new ApiError(400, 20001, "FriendlyName is too long");
  return name;
}

/** ISO 3166-1 alpha-2, of a short code. */
export function readCountry(form: Params): string | null {
  const country = form.get("AddressCountry") || null;
  if (country !== null && !/^[A-Za-z]{2}$/.test(country)) {
    throw new ApiError(400, 20001, "AddressCountry must be an ISO 3166-1 alpha-2 code");
  }
  return country;
}

export function readAutoCreation(world: World, form: Params, before: AutoCreation): AutoCreation {
  const text = (name: string) => form.get(`AutoCreation.${name}`);
  const filters = form.has("AutoCreation.WebhookFilters") ? form.all("AutoCreation.WebhookFilters") : undefined;
  const autoCreation: AutoCreation = {
    enabled: form.bool("AutoCreation.Enabled") ?? before.enabled,
    type: (text("Type") as AutoCreation["type"] | undefined) ?? before.type,
    conversationServiceSid: text("ConversationServiceSid") ?? before.conversationServiceSid,
    webhookUrl: text("WebhookUrl") ?? before.webhookUrl,
    webhookMethod: text("WebhookMethod")?.toUpperCase() ?? before.webhookMethod,
    webhookFilters: filters?.filter(Boolean) ?? before.webhookFilters,
    studioFlowSid: text("StudioFlowSid") ?? before.studioFlowSid,
    studioRetryCount: form.int("AutoCreation.StudioRetryCount") ?? before.studioRetryCount,
  };
  refuseAutoCreation(world, autoCreation);
  return autoCreation;
}

function refuseAutoCreation(world: World, autoCreation: AutoCreation): void {
  const { conversationServiceSid, studioRetryCount, webhookUrl, enabled } = autoCreation;
  if (conversationServiceSid !== null) findService(world.conversations.store, conversationServiceSid);
  // The range stands in https://registry.terraform.io/providers/RJPearson94/twilio; Studio never fails to start here.
  if (studioRetryCount < 0 || studioRetryCount > MOST_STUDIO_RETRIES) {
    throw new ApiError(400, 20001, `AutoCreation.StudioRetryCount must be 0 to ${MOST_STUDIO_RETRIES}`);
  }
  if (webhookUrl && !isHttpUrl(webhookUrl)) throw new ApiError(400, 50369, "AutoCreation.WebhookUrl is not a URL");
  const hook = enabled && hookOf(autoCreation);
  // That Twilio refuses a webhook here with the codes it has for Conversations is unverified.
  if (hook) refuseIncomplete(world, hook);
}
