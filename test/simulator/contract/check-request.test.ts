import { requestViolations, sid } from "./requests";

describe("CreateInteraction", () => {
  const create = "POST https://flex-api.twilio.com/v1/Interactions";

  it("passes as the SDK sends it", () => {
    const form = { Channel: '{"type":"web"}', Routing: '{"properties":{}}', InteractionContextSid: sid("HQ") };
    expect(requestViolations(create, { form })).toEqual([]);
  });

  it("needs its Channel", () => {
    expect(requestViolations(create, { form: { Routing: "{}" } })).toEqual(["parameter Channel is missing"]);
  });

  it("holds JSON where the document says any", () => {
    expect(requestViolations(create, { form: { Channel: "web" } })).toEqual(["parameter Channel must hold JSON"]);
  });

  it("has no parameter of another spelling", () => {
    const form = { Channel: "{}", webhookTtid: "1" };
    expect(requestViolations(create, { form })).toEqual(["parameter webhookTtid is not documented"]);
  });

  it("takes SIDs of the right kind alone", () => {
    const form = { Channel: "{}", InteractionContextSid: sid("KD") };
    expect(requestViolations(create, { form })).toEqual([
      'parameter InteractionContextSid must match pattern "^HQ[0-9a-fA-F]{32}$"',
    ]);
  });

  it("is a form, not JSON", () => {
    expect(requestViolations(create, { json: { Channel: {} } })).toEqual([
      "the body must be application/x-www-form-urlencoded",
    ]);
  });
});

describe("CreateConversationParticipant", () => {
  const create = `POST https://conversations.twilio.com/v1/Conversations/${sid("CH")}/Participants`;

  it("passes with dotted names and the webhook header", () => {
    const form = { "MessagingBinding.Address": "+15550100300", "MessagingBinding.ProxyAddress": "+15550100100" };
    expect(requestViolations(create, { form, headers: { "x-twilio-webhook-enabled": "true" } })).toEqual([]);
  });

  it("refuses the names other languages' SDKs use", () => {
    const form = { MessagingBindingAddress: "+15550100300" };
    expect(requestViolations(create, { form })).toEqual(["parameter MessagingBindingAddress is not documented"]);
  });

  it("takes true and false alone in the webhook header", () => {
    const headers = { "x-twilio-webhook-enabled": "yes" };
    expect(requestViolations(create, { form: { Identity: "telegram_42" }, headers })).toEqual([
      "header X-Twilio-Webhook-Enabled must be one of true, false",
    ]);
  });

  it("takes dates in ISO 8601 alone", () => {
    expect(requestViolations(create, { form: { DateCreated: "2026-01-31T10:00:00Z" } })).toEqual([]);
    expect(requestViolations(create, { form: { DateCreated: "yesterday" } })).toEqual([
      'parameter DateCreated must match format "date-time"',
    ]);
  });

  it("may name its Conversation by unique name", () => {
    const byName = "POST https://conversations.twilio.com/v1/Conversations/telegram_42/Participants";
    expect(requestViolations(byName, { form: { Identity: "telegram_42" } })).toEqual([]);
  });
});

describe("CreateConversationScopedWebhook", () => {
  const create = `POST https://conversations.twilio.com/v1/Conversations/${sid("CH")}/Webhooks`;
  const webhook = { Target: "webhook", "Configuration.Url": "https://example.com" };

  it("passes with repeated filters", () => {
    const filters = ["onMessageAdded", "onConversationStateUpdated"];
    expect(requestViolations(create, { form: { ...webhook, "Configuration.Filters": filters } })).toEqual([]);
  });

  it("takes one filter as a list of one", () => {
    expect(requestViolations(create, { form: { ...webhook, "Configuration.Filters": "onMessageAdded" } })).toEqual([]);
  });

  it("refuses a repeated parameter that is no list", () => {
    expect(requestViolations(create, { form: { Target: ["webhook", "studio"] } })).toEqual([
      "parameter Target is given more than once",
    ]);
  });

  it("takes the documented targets alone", () => {
    expect(requestViolations(create, { form: { Target: "flex" } })).toEqual([
      "parameter Target must be one of webhook, trigger, studio",
    ]);
  });

  it("needs a whole number where one is documented", () => {
    const form = { Target: "studio", "Configuration.FlowSid": sid("FW"), "Configuration.ReplayAfter": "1.5" };
    expect(requestViolations(create, { form })).toEqual(["parameter Configuration.ReplayAfter must be integer"]);
  });

  it("refuses an empty SID, the mark of a missing setting", () => {
    expect(requestViolations(create, { form: { Target: "studio", "Configuration.FlowSid": "" } })).not.toEqual([]);
  });
});

describe("ListTask", () => {
  const list = `GET https://taskrouter.twilio.com/v1/Workspaces/${sid("WS")}/Tasks`;

  it("passes with filters and a page size", () => {
    const query = { EvaluateTaskAttributes: 'conversationSid == "CH1"', HasAddons: "false", PageSize: "20" };
    expect(requestViolations(list, { query })).toEqual([]);
  });

  it("takes booleans as true and false", () => {
    expect(requestViolations(list, { query: { HasAddons: "no" } })).toEqual(["parameter HasAddons must be boolean"]);
  });

  it("has no page of no rows", () => {
    expect(requestViolations(list, { query: { PageSize: "0" } })).toEqual(["parameter PageSize must be >= 1"]);
  });

  it("takes the page size the Node SDK makes of a large limit", () => {
    expect(requestViolations(list, { query: { PageSize: "5000" } })).toEqual([]);
  });

  it("checks SIDs in the path where the document does", () => {
    expect(requestViolations("GET https://taskrouter.twilio.com/v1/Workspaces/mine/Tasks", {})).toContain(
      'path parameter WorkspaceSid must match pattern "^WS[0-9a-fA-F]{32}$"',
    );
  });
});

it("lets a channel pause, as Flex does and no document says", () => {
  const update = `POST https://flex-api.twilio.com/v1/Interactions/${sid("KD")}/Channels/${sid("UO")}`;
  expect(requestViolations(update, { form: { Status: "pause" } })).toEqual([]);
  expect(requestViolations(update, { form: { Status: "gone" } })).toEqual([
    "parameter Status must be one of closed, inactive, pause, active",
  ]);
});

it("takes the JSON body of an operation that has one", () => {
  const transfer = `POST https://flex-api.twilio.com/v1/Interactions/${sid("KD")}/Channels/${sid("UO")}/Transfers`;
  expect(requestViolations(transfer, { json: { type: "cold" } })).toEqual([]);
  expect(requestViolations(transfer, { form: { Type: "cold" } })).toEqual(["the body must be application/json"]);
});

it("asks nothing of an operation no document describes", () => {
  const validate = `POST https://iam.twilio.com/v1/Accounts/${sid("AC")}/Tokens/validate`;
  expect(requestViolations(validate, { json: { token: "t" } })).toEqual([]);
});
