/** Served operations that Twilio's SDK has no method for, each with who asks for them and where that is tested. */
export const unreachable: Readonly<Record<string, string>> = {
  "POST iam.twilio.com/v1/Accounts/{AccountSid}/Tokens/validate":
    "called by twilio-flex-token-validator; test/simulator/iam",
  "POST mcs.us1.twilio.com/v1/Services/{ServiceSid}/Media": "in no document; test/simulator/media",
  "GET mcs.us1.twilio.com/v1/Services/{ServiceSid}/Media/{Sid}": "in no document; test/simulator/media",
  "GET mcs.us1.twilio.com/v1/Services/{ServiceSid}/Media/{Sid}/Content": "in no document; test/simulator/media",
  "GET media.us1.twilio.com/{Sid}": "what a Media's links lead to; test/simulator/media",
  "GET webhooks.twilio.com/v1/Accounts/{AccountSid}/Flows/{FlowSid}":
    "what a number calls whose messages go to Studio; test/simulator/studio/number-flows.test.ts",
  "POST webhooks.twilio.com/v1/Accounts/{AccountSid}/Flows/{FlowSid}":
    "what a number calls whose messages go to Studio; test/simulator/studio/number-flows.test.ts",
  "POST serverless-upload.twilio.com/v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions":
    "a multipart upload by twilio-run; test/simulator/serverless",
  "POST serverless-upload.twilio.com/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions":
    "a multipart upload by twilio-run; test/simulator/serverless",
  "POST flex-api.twilio.com/v1/Interactions/{InteractionSid}/Channels/{ChannelSid}/Invites/{Sid}":
    "called by @twilio/flex-sdk; test/simulator/interactions",
  "POST flex-api.twilio.com/v1/Instances/{InstanceSid}/Interactions/{InteractionSid}/Channels/{ChannelSid}/Transfers":
    "called by @twilio/flex-sdk; test/simulator/interactions",
  "GET flex-api.twilio.com/v1/Instances/{InstanceSid}/Interactions/{InteractionSid}/Channels/{ChannelSid}/Transfers/{Sid}":
    "called by @twilio/flex-sdk; test/simulator/interactions",
  "POST flex-api.twilio.com/v1/Instances/{InstanceSid}/Interactions/{InteractionSid}/Channels/{ChannelSid}/Transfers/{Sid}":
    "called by @twilio/flex-sdk; test/simulator/interactions",
  "GET api.twilio.com/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}":
    "the file of a MediaUrl, in no document; test/simulator/messaging/inbound.test.ts",
  "POST flex-api.twilio.com/v1/Instances/{InstanceSid}/InteractionWebhooks": "in no document; test/simulator/flex",
  "GET flex-api.twilio.com/v1/Instances/{InstanceSid}/InteractionWebhooks": "in no document; test/simulator/flex",
  "GET flex-api.twilio.com/v1/Instances/{InstanceSid}/InteractionWebhooks/{Ttid}":
    "in no document; test/simulator/flex",
  "POST flex-api.twilio.com/v1/Instances/{InstanceSid}/InteractionWebhooks/{Ttid}":
    "in no document; test/simulator/flex",
  "DELETE flex-api.twilio.com/v1/Instances/{InstanceSid}/InteractionWebhooks/{Ttid}":
    "in no document; test/simulator/flex",
};
