/**
 * Where Twilio's documents say less than Twilio does. Each entry here and in undocumented-operations.ts is an exception
 * that the check makes, with its reason; all else follows the documents.
 */
interface Allowance {
  operation: string;
  reason: string;
  /** Success codes accepted besides the documented ones, with the same body. */
  statuses?: readonly number[];
  /** Values accepted besides the documented enum, by parameter. */
  values?: Readonly<Record<string, readonly string[]>>;
  /** Parameters accepted besides the documented ones; Twilio ignores them. */
  ignored?: readonly string[];
  /** Parameters whose absence or wrong value Twilio answers with a code of its own: the product refuses them. */
  judged?: readonly string[];
}

const ADDRESS_TYPES = [
  "SMS",
  "WhatsApp",
  "WHATSAPP",
  "Messenger",
  "MESSENGER",
  "GBM",
  "Email",
  "EMAIL",
  "RCS",
  "Apple",
];
const UPPER_CASE = ["GET", "POST"];

export const allowances: readonly Allowance[] = [
  {
    operation: "CreateConfigurationAddress",
    values: { Type: ADDRESS_TYPES, "AutoCreation.WebhookMethod": UPPER_CASE },
    reason: "types in any case: https://www.twilio.com/docs/conversations-classic/api/address-configuration-resource",
  },
  {
    operation: "UpdateConfigurationAddress",
    values: { "AutoCreation.WebhookMethod": UPPER_CASE },
    reason: "so in https://www.twilio.com/docs/conversations-classic/api/address-configuration-resource",
  },
  ...["Create", "Update"].flatMap((verb) =>
    ["Conversation", "ServiceConversation"].map((scope) => ({
      operation: `${verb}${scope}ScopedWebhook`,
      values: { "Configuration.Method": UPPER_CASE },
      reason: "so in https://www.twilio.com/docs/conversations-classic/api/conversation-scoped-webhook-resource",
    })),
  ),
  ...["Conversation", "ServiceConversation"].flatMap((scope) => [
    {
      operation: `Create${scope}ScopedWebhook`,
      judged: ["Target"],
      reason: "50368 and 50364: https://www.twilio.com/docs/api/errors/50368",
    },
    ...[`Create${scope}`, `Update${scope}`, `Create${scope}WithParticipants`].map((operation) => ({
      operation,
      judged: ["State", "MessagingServiceSid"],
      reason: "50374, 50378 and 50341: https://www.twilio.com/docs/api/errors/50378",
    })),
  ]),
  {
    operation: "UpdateConfiguration",
    judged: ["DefaultMessagingServiceSid"],
    reason: "50341: https://www.twilio.com/docs/api/errors/50341",
  },
  {
    operation: "CreateInteraction",
    statuses: [201],
    reason: "documented as 200; captured in https://github.com/weni-ai/mailroom (twilioflex2) as 201",
  },
  {
    operation: "UpdateInteractionChannel",
    values: { Status: ["pause", "active"] },
    reason: "Flex's own pause and resume, sent by https://www.npmjs.com/package/@twilio/flex-sdk",
  },
  {
    operation: "CreateEnvironment",
    ignored: ["FriendlyName"],
    reason: "sent by https://www.npmjs.com/package/@twilio-labs/serverless-api, which says that it does nothing yet",
  },
];

/**
 * Every list takes these. PageSize has no upper bound here because the Node SDK sends the caller's `limit` as it is;
 * that Twilio then answers with its largest page is unverified.
 */
export const pageParameters = {
  PageSize: { type: "integer", minimum: 1 },
  Page: { type: "integer", minimum: 0 },
  PageToken: { type: "string" },
} as const;

export function allowancesFor(operation: string): readonly Allowance[] {
  return allowances.filter((allowance) => allowance.operation === operation);
}

/** Whether the product itself has a code for what is wrong. */
export function isJudged(operation: string, violation: string): boolean {
  const names = allowancesFor(operation).flatMap(({ judged = [] }) => judged);
  return names.some((name) => violation.startsWith(`parameter ${name} `));
}
