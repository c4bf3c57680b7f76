/**
 * Where Twilio's documents say less than Twilio does. Each entry is an exception the check makes, with its reason;
 * whatever is not listed here follows the documents.
 */
interface UndocumentedOperation {
  id: string;
  host: string;
  method: string;
  path: string;
  reason: string;
  /** Its body is a file, of any type, unless it is a multipart form that holds one. */
  file?: true;
  /** It asks for no credentials: the URL holds what lets one in. */
  open?: true;
}

/** Operations that Twilio's own clients use and no document describes. The ids are ours, in the documents' manner. */
export const undocumentedOperations: readonly UndocumentedOperation[] = [
  {
    id: "ValidateToken",
    host: "iam.twilio.com",
    method: "POST",
    path: "/v1/Accounts/{AccountSid}/Tokens/validate",
    reason: "called by https://www.npmjs.com/package/twilio-flex-token-validator",
  },
  {
    id: "UpdateInteractionChannelInvite",
    host: "flex-api.twilio.com",
    method: "POST",
    path: "/v1/Interactions/{InteractionSid}/Channels/{ChannelSid}/Invites/{Sid}",
    reason: "how https://www.npmjs.com/package/@twilio/flex-sdk accepts and declines; the document has its enums alone",
  },
  {
    id: "CreateInteractionWebhook",
    host: "flex-api.twilio.com",
    method: "POST",
    path: "/v1/Instances/{InstanceSid}/InteractionWebhooks",
    reason: "https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks, in no document",
  },
  {
    id: "ListInteractionWebhook",
    host: "flex-api.twilio.com",
    method: "GET",
    path: "/v1/Instances/{InstanceSid}/InteractionWebhooks",
    reason: "https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks, in no document",
  },
  {
    id: "FetchInteractionWebhook",
    host: "flex-api.twilio.com",
    method: "GET",
    path: "/v1/Instances/{InstanceSid}/InteractionWebhooks/{Ttid}",
    reason: "https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks, in no document",
  },
  {
    id: "UpdateInteractionWebhook",
    host: "flex-api.twilio.com",
    method: "POST",
    path: "/v1/Instances/{InstanceSid}/InteractionWebhooks/{Ttid}",
    reason: "https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks, in no document",
  },
  {
    id: "DeleteInteractionWebhook",
    host: "flex-api.twilio.com",
    method: "DELETE",
    path: "/v1/Instances/{InstanceSid}/InteractionWebhooks/{Ttid}",
    reason: "https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks, in no document",
  },
  {
    id: "CreateInstanceInteractionTransfer",
    host: "flex-api.twilio.com",
    method: "POST",
    path: "/v1/Instances/{InstanceSid}/Interactions/{InteractionSid}/Channels/{ChannelSid}/Transfers",
    reason:
      "how https://www.npmjs.com/package/@twilio/flex-sdk spells the path of transfers; the document has no instance in it",
  },
  {
    id: "FetchInstanceInteractionTransfer",
    host: "flex-api.twilio.com",
    method: "GET",
    path: "/v1/Instances/{InstanceSid}/Interactions/{InteractionSid}/Channels/{ChannelSid}/Transfers/{Sid}",
    reason:
      "how https://www.npmjs.com/package/@twilio/flex-sdk spells the path of transfers; the document has no instance in it",
  },
  {
    id: "UpdateInstanceInteractionTransfer",
    host: "flex-api.twilio.com",
    method: "POST",
    path: "/v1/Instances/{InstanceSid}/Interactions/{InteractionSid}/Channels/{ChannelSid}/Transfers/{Sid}",
    reason:
      "how https://www.npmjs.com/package/@twilio/flex-sdk spells the path of transfers; the document has no instance in it",
  },
  {
    id: "CreateMedia",
    host: "mcs.us1.twilio.com",
    method: "POST",
    path: "/v1/Services/{ServiceSid}/Media",
    reason: "https://www.twilio.com/docs/conversations-classic/api/media-resource, in no document",
    file: true,
  },
  {
    id: "FetchMedia",
    host: "mcs.us1.twilio.com",
    method: "GET",
    path: "/v1/Services/{ServiceSid}/Media/{Sid}",
    reason: "https://www.twilio.com/docs/conversations-classic/api/media-resource, in no document",
  },
  {
    id: "DeleteMedia",
    host: "mcs.us1.twilio.com",
    method: "DELETE",
    path: "/v1/Services/{ServiceSid}/Media/{Sid}",
    reason: "what it does to Messages that show the file is unverified: known, so that it can be said not to be served",
  },
  {
    id: "FetchMediaContent",
    host: "mcs.us1.twilio.com",
    method: "GET",
    path: "/v1/Services/{ServiceSid}/Media/{Sid}/Content",
    reason: "where `links.content` of a Media resource leads",
  },
  {
    id: "FetchMediaDirectly",
    host: "media.us1.twilio.com",
    method: "GET",
    path: "/{Sid}",
    reason: "where `links.content_direct_temporary` of a Media resource leads",
    open: true,
  },
  {
    id: "FetchConversationMessageChannelMetadata",
    host: "conversations.twilio.com",
    method: "GET",
    path: "/v1/Conversations/{ConversationSid}/Messages/{MessageSid}/ChannelMetadata",
    reason: "a link of every Message, in no document",
  },
  {
    id: "FetchServiceConversationMessageChannelMetadata",
    host: "conversations.twilio.com",
    method: "GET",
    path: "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages/{MessageSid}/ChannelMetadata",
    reason: "a link of every Message, in no document",
  },
  {
    id: "FetchMediaFile",
    host: "api.twilio.com",
    method: "GET",
    path: "/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}",
    reason: "the MediaUrl of https://www.twilio.com/docs/messaging/guides/webhook-request: the file, without .json",
  },
  {
    id: "SendToFlow",
    host: "webhooks.twilio.com",
    method: "POST",
    path: "/v1/Accounts/{AccountSid}/Flows/{FlowSid}",
    reason: "the `webhook_url` of every Flow: what a number calls whose messages go to Studio",
    open: true,
  },
  {
    id: "SendToFlowByQuery",
    host: "webhooks.twilio.com",
    method: "GET",
    path: "/v1/Accounts/{AccountSid}/Flows/{FlowSid}",
    reason: "the same from a number whose method is GET",
    open: true,
  },
  {
    id: "CreateFunctionVersion",
    host: "serverless-upload.twilio.com",
    method: "POST",
    path: "/v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions",
    reason: "https://www.twilio.com/docs/serverless/api/resource/function-version, a multipart upload, in no document",
  },
  {
    id: "CreateAssetVersion",
    host: "serverless-upload.twilio.com",
    method: "POST",
    path: "/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions",
    reason: "https://www.twilio.com/docs/serverless/api/resource/asset-version, a multipart upload, in no document",
  },
];

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
      judged: ["State"],
      reason: "50374 and 50378: https://www.twilio.com/docs/api/errors/50378",
    })),
  ]),
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
