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
