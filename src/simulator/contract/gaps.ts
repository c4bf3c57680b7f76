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
    id: "CreateMedia",
    host: "mcs.us1.twilio.com",
    method: "POST",
    path: "/v1/Services/{ServiceSid}/Media",
    reason: "https://www.twilio.com/docs/conversations-classic/api/media-resource, in no document",
  },
  {
    id: "FetchMedia",
    host: "mcs.us1.twilio.com",
    method: "GET",
    path: "/v1/Services/{ServiceSid}/Media/{Sid}",
    reason: "https://www.twilio.com/docs/conversations-classic/api/media-resource, in no document",
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
}

export const allowances: readonly Allowance[] = [
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
