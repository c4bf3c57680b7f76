import type { Twilio } from "twilio";
import * as z from "zod/mini";
import { CUSTOM_CHANNELS, type CustomChannel } from "../channels/custom-identity";
import { applyChannel } from "./apply-channel";

/** How an address of each type is written; that of a chat is any name. */
const SPELLINGS = {
  sms: /^(\+[1-9]\d{6,14}|\d{3,8})$/,
  whatsapp: /^whatsapp:\+[1-9]\d{6,14}$/,
  messenger: /^messenger:\d+$/,
  chat: /^\S+$/,
};

const TWILIO_TYPES = ["sms", "whatsapp", "messenger", "chat"] as const;
type TwilioType = (typeof TWILIO_TYPES)[number];

/** Twilio has no addresses where we carry the channel ourselves: its name stands in place of one. */
const isSpelled = (type: TwilioType | CustomChannel, address: string) =>
  isTwilioType(type) ? SPELLINGS[type].test(address) : address === type;

/** How one address of the account is bound: to a Flow by name, or to one of our Functions. */
const address = z
  .object({
    type: z.enum([...TWILIO_TYPES, ...CUSTOM_CHANNELS]),
    address: z.string(),
    flow: z.optional(z.string()),
    webhook: z.optional(z.string()),
  })
  .check(
    z.refine(({ type, address }) => isSpelled(type, address), "the address is not one of its type"),
    z.refine(({ flow, webhook }) => (flow === undefined) !== (webhook === undefined), "name a flow or a webhook"),
  );

export type AddressBinding = z.output<typeof address>;

/** Reads `studio-flows/addresses.json`. */
export function parseAddresses(text: string): AddressBinding[] {
  const parsed = z.array(address).safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`studio-flows/addresses.json #/${issue?.path.join("/")}: ${issue?.message}`);
}

export function isTwilioType(type: AddressBinding["type"]): type is TwilioType {
  return TWILIO_TYPES.some((one) => one === type);
}

/** Binds an address of Twilio's, or a channel of ours. */
export async function applyBinding(
  twilio: Twilio,
  { type, ...binding }: AddressBinding,
  targets: { flowSid?: string; domain: string },
): Promise<void> {
  if (isTwilioType(type)) await applyAddress(twilio, { ...binding, type }, targets);
  else await applyChannel(twilio, type, { flowSid: targets.flowSid });
}

/** Creates or updates the Address Configuration: https://www.twilio.com/docs/conversations-classic/api/address-configuration-resource */
export async function applyAddress(
  twilio: Twilio,
  binding: AddressBinding & { type: TwilioType },
  targets: { flowSid?: string; domain: string },
): Promise<string> {
  const autoCreation = {
    "autoCreation.enabled": true,
    ...(binding.webhook
      ? {
          "autoCreation.type": "webhook" as const,
          "autoCreation.webhookUrl": `https://${targets.domain}/${binding.webhook}`,
          "autoCreation.webhookMethod": "post" as const,
          "autoCreation.webhookFilters": ["onMessageAdded"],
        }
      : { "autoCreation.type": "studio" as const, "autoCreation.studioFlowSid": targets.flowSid }),
  };
  const configured = await twilio.conversations.v1.addressConfigurations.list();
  const existing = configured.find((row) => row.address === binding.address);
  const row = existing
    ? await twilio.conversations.v1.addressConfigurations(existing.sid).update(autoCreation)
    : await twilio.conversations.v1.addressConfigurations.create({
        type: binding.type,
        address: binding.address,
        friendlyName: `${binding.type} by flex-conversations`,
        ...autoCreation,
      });
  return row.sid;
}
