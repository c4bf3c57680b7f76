import twilio from "twilio";
import type Response from "twilio/lib/http/response";
import { contract, sid } from "./requests";

type Client = ReturnType<typeof twilio>;

const calls: [string, (client: Client) => Promise<unknown>][] = [
  ["CreateInteraction", ({ flexApi }) => flexApi.v1.interaction.create({ channel: { type: "web" }, routing: {} })],
  [
    "UpdateInteractionChannel",
    ({ flexApi }) =>
      flexApi.v1
        .interaction(sid("KD"))
        .channels(sid("UO"))
        .update({ status: "closed", routing: { status: "closed" } }),
  ],
  [
    "CreateInteractionTransfer",
    ({ flexApi }) =>
      flexApi.v1
        .interaction(sid("KD"))
        .channels(sid("UO"))
        .transfers.create({ body: { type: "cold" } }),
  ],
  [
    "CreateConversation",
    ({ conversations }) =>
      conversations.v1.conversations.create({
        uniqueName: "telegram_42",
        attributes: "{}",
        "timers.inactive": "PT1H",
        dateCreated: new Date(),
        xTwilioWebhookEnabled: "true",
      }),
  ],
  [
    "CreateConversationParticipant",
    ({ conversations }) =>
      conversations.v1.conversations(sid("CH")).participants.create({
        "messagingBinding.address": "+15550100300",
        "messagingBinding.proxyAddress": "+15550100100",
        xTwilioWebhookEnabled: "true",
      }),
  ],
  [
    "CreateConversationScopedWebhook",
    ({ conversations }) =>
      conversations.v1.conversations(sid("CH")).webhooks.create({
        target: "webhook",
        "configuration.url": "https://example.com",
        "configuration.method": "post",
        "configuration.filters": ["onMessageAdded", "onConversationStateUpdated"],
        "configuration.replayAfter": 0,
      }),
  ],
  [
    "CreateConfigurationAddress",
    ({ conversations }) =>
      conversations.v1.addressConfigurations.create({
        type: "sms",
        address: "+15550100100",
        "autoCreation.enabled": true,
        "autoCreation.type": "studio",
        "autoCreation.studioFlowSid": sid("FW"),
      }),
  ],
  ["CreateWebChannel", ({ flexApi }) => flexApi.v2.webChannels.create({ addressSid: sid("IG"), uiVersion: "1.0.0" })],
  [
    "ListTask",
    ({ taskrouter }) =>
      taskrouter.v1
        .workspaces(sid("WS"))
        .tasks.list({ evaluateTaskAttributes: "a == 1", assignmentStatus: ["pending"], hasAddons: false, limit: 2000 }),
  ],
  [
    "UpdateTask",
    ({ taskrouter }) =>
      taskrouter.v1
        .workspaces(sid("WS"))
        .tasks(sid("WT"))
        .update({ assignmentStatus: "completed", reason: "done", ifMatch: "3" }),
  ],
  [
    "CreateFlow",
    ({ studio }) => studio.v2.flows.create({ friendlyName: "Main", status: "draft", definition: { states: [] } }),
  ],
  [
    "UpdateDocument",
    ({ sync }) =>
      sync.v1
        .services("default")
        .documents("state")
        .update({ data: { n: 1 }, ttl: 60, ifMatch: "0" }),
  ],
  ["ListEnvironment", ({ serverless }) => serverless.v1.services("flex-conversations").environments.list()],
  [
    "CreateMessage",
    ({ messages }) =>
      messages.create({
        to: "+15550100300",
        from: "+15550100100",
        body: "hello",
        mediaUrl: ["https://example.com/a.png"],
      }),
  ],
];

it.each(calls)("passes %s as Twilio's SDK sends it", async (id, act) => {
  const sent: Request[] = [];
  await act(clientSendingTo(sent)).catch(() => undefined);
  expect(sent.map(({ operation }) => operation)).toEqual([id]);
  expect(sent.flatMap(({ violations }) => violations)).toEqual([]);
});

interface Request {
  operation?: string;
  violations: string[];
}

/** A client whose requests are checked and go no further. */
function clientSendingTo(sent: Request[]): Client {
  return twilio(sid("AC"), "token", { httpClient: new CheckingClient(sent) });
}

class CheckingClient extends twilio.RequestClient {
  constructor(private readonly sent: Request[]) {
    super();
  }

  override async request<Body>({
    method,
    uri,
    params = {},
    data = {},
    headers = {},
  }: Sending): Promise<Response<Body>> {
    const { host, pathname } = new URL(uri);
    const operation = contract.find(host, method, pathname);
    const isJson = headers["Content-Type"] === "application/json";
    const body = isJson ? { json: data } : { form: asSent(data) };
    const lowerCased = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const request = { query: asSent(params), headers: lowerCased, ...body };
    this.sent.push({
      operation: operation?.id,
      violations: operation ? contract.checkRequest(operation, request) : [],
    });
    throw new Error("checked, not sent");
  }
}

type Sending = Parameters<InstanceType<typeof twilio.RequestClient>["request"]>[0];

/** As the SDK's own HTTP client writes them: lists repeat the name. */
function asSent(values: unknown): URLSearchParams {
  const pairs = Object.entries(Object(values)).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)]),
  );
  return new URLSearchParams(pairs as [string, string][]);
}
