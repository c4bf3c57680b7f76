import { BUILD_MS } from "../../../src/simulator/serverless/builds";
import { NOTE } from "./note-flow";
import { LISTED, type Made } from "./objects";

/*
 * What no document says and the generated tests need. Products are named by the first part of their host; operations by
 * product and id (`flex-api.CreateInteraction`); collections by product and path (`sync/v1/Services/{}/Documents`).
 */

type Value = string | readonly string[];
const IMAGE = "https://example.test/cat.png";

/** The value of a parameter, by its name or by operation and name. Others follow from their schema. */
export const values: Readonly<Record<string, Value | Made<Value>>> = {
  Address: ({ unique }) => `web-chat-${unique}`,
  AddressSid: ({ own }) => own("conversations/v1/Configuration/Addresses"),
  Attributes: '{"colour":"blue"}',
  Body: "Hello",
  BuildSid: async ({ own, path, simulator }) => {
    const build = await own("serverless/v1/Services/{}/Builds", path.slice(0, 1));
    await simulator.advance(BUILD_MS / 1000);
    return build;
  },
  Channel: async ({ client, unique }) => {
    const { sid } = await client.conversations.v1.conversations.create();
    await client.conversations.v1.conversations(sid).participants.create({ identity: `telegram_${unique}` });
    return JSON.stringify({ type: "web", initiated_by: "customer", properties: { media_channel_sid: sid } });
  },
  "Configuration.Filters": ["onMessageAdded"],
  "Configuration.Url": "https://example.test/hook",
  Data: '{"n":1}',
  Definition: JSON.stringify(NOTE),
  DomainSuffix: ({ unique }) => `suffix-${unique}`,
  FriendlyName: ({ unique }) => `Name ${unique}`,
  From: "+15550100100",
  Identity: ({ unique }) => `telegram_${unique}`,
  Key: ({ unique }) => `KEY_${unique}`,
  Locale: "en-US",
  MediaProperties: ({ unique }) => JSON.stringify({ identity: `supervisor_${unique}` }),
  MediaUrl: IMAGE,
  Permission: ["sendMessage"],
  PhoneNumber: ({ unique }) => `+1555010${unique + 2000}`,
  PhoneNumberSid: ({ own, simulator }) =>
    own("api/2010-04-01/Accounts/{}/IncomingPhoneNumbers", [simulator.account.sid]),
  Routing: ({ simulator }) =>
    JSON.stringify({ type: "TaskRouter", properties: { workspace_sid: simulator.world().taskrouter.workspace.sid } }),
  To: ({ unique }) => `+1555021${unique + 1000}`,
  UniqueName: ({ unique }) => `name-${unique}`,
  Value: "value",
  WorkflowSid: ({ shared, path }) => shared("taskrouter/v1/Workspaces/{}/Workflows", path),
  "conversations.CreateConfigurationAddress.Type": "chat",
  "conversations.ListParticipantConversation.Identity": LISTED,
  "conversations.ListServiceParticipantConversation.Identity": LISTED,
  "flex-api.CreateInteractionChannelParticipant.Type": "supervisor",
  "serverless.CreateFunction.FriendlyName": ({ unique }) => `/function-${unique}`,
  "studio.CreateFlow.Status": "published",
  "studio.UpdateExecution.Status": "ended",
  "studio.UpdateTestUser.TestUsers": ["+15550101002", "telegram_42"],
  // A Worker keeps the name they have.
  "taskrouter.UpdateWorker.FriendlyName": "ada",
  "taskrouter.CreateWorkflow.Configuration": async ({ shared, path }) => {
    const queue = await shared("taskrouter/v1/Workspaces/{}/TaskQueues", path);
    return JSON.stringify({ task_routing: { default_filter: { queue } } });
  },
  "taskrouter.UpdateTaskReservation.ReservationStatus": "accepted",
  "taskrouter.UpdateWorkerReservation.ReservationStatus": "accepted",
};

/** Parameters that are sent though they may be left out, wherever an operation takes them in its body. */
export const sentAnyway: readonly string[] = ["FriendlyName", "UniqueName", "Attributes"];

/** Parameters that one operation needs besides those the document says are required; `-` leaves one out. */
export const sends: Readonly<Record<string, readonly string[]>> = {
  "api.CreateIncomingPhoneNumber": ["PhoneNumber"],
  "api.CreateMessage": ["From", "Body", "MediaUrl"],
  "conversations.CreateConversationMessage": ["Body"],
  "conversations.CreateConversationParticipant": ["Identity"],
  "conversations.CreateConversationScopedWebhook": ["Configuration.Url", "Configuration.Filters"],
  "conversations.CreateServiceConversationMessage": ["Body"],
  "conversations.CreateServiceConversationParticipant": ["Identity"],
  "conversations.CreateServiceConversationScopedWebhook": ["Configuration.Url", "Configuration.Filters"],
  "conversations.ListParticipantConversation": ["Identity"],
  "conversations.ListServiceParticipantConversation": ["Identity"],
  "conversations.UpdateConversationMessage": ["Body"],
  "conversations.UpdateConversationScopedWebhook": ["Configuration.Url"],
  "conversations.UpdateServiceConversationMessage": ["Body"],
  "conversations.UpdateServiceConversationScopedWebhook": ["Configuration.Url"],
  "conversations.UpdateServiceUserConversation": ["NotificationLevel"],
  "conversations.UpdateUserConversation": ["NotificationLevel"],
  "flex-api.CreateInteraction": ["Routing"],
  "flex-api.UpdateFlexUser": ["Locale"],
  "serverless.CreateDeployment": ["BuildSid"],
  "serverless.CreateEnvironment": ["DomainSuffix", "-FriendlyName"],
  "sync.CreateDocument": ["Data"],
  "sync.UpdateDocument": ["Data"],
  "taskrouter.CreateTask": ["WorkflowSid"],
  "taskrouter.UpdateTaskReservation": ["ReservationStatus"],
  "taskrouter.UpdateWorkerReservation": ["ReservationStatus"],
};

/** Bodies of operations that take JSON. */
export const bodies: Readonly<Record<string, Made<object>>> = {
  "content.CreateContent": ({ unique }) => ({
    friendly_name: `content ${unique}`,
    language: "en",
    types: { "twilio/text": { body: "Hello" } },
  }),
  "flex-api.CreateInteractionTransfer": async ({ client, simulator, path: [interaction = "", channel = ""] }) => {
    const at = client.flexApi.v1.interaction(interaction);
    const agent = async () => (await at.channels(channel).participants.list()).find(({ type }) => type === "agent");
    if (!(await agent())) {
      await simulator.settled();
      simulator.agent("ada").accept((await at.fetch()).routing.properties.sid);
      await simulator.settled();
    }
    const { workers } = simulator.world().taskrouter;
    const sam = [...workers.values()].find(({ friendlyName }) => friendlyName === "sam");
    return { type: "cold", from: (await agent())?.sid, to: sam?.sid };
  },
  "flex-api.UpdateConfiguration": ({ simulator }) => ({ account_sid: simulator.account.sid, ui_version: "2.17.1" }),
  "flex-api.UpdateInteractionTransfer": () => ({ status: "failed" }),
  "taskrouter.CreateTaskQueueBulkRealTimeStatistics": async ({ shared, path }) => ({
    QueueSids: [await shared("taskrouter/v1/Workspaces/{}/TaskQueues", path)],
  }),
};

/** What tells the rows of a list apart where it is not their SID. */
export const identifiedBy: Readonly<Record<string, string>> = {
  "conversations/v1/ParticipantConversations": "participantSid",
  "conversations/v1/Services/{}/ParticipantConversations": "participantSid",
  "conversations/v1/Services/{}/Users/{}/Conversations": "conversationSid",
  "conversations/v1/Users/{}/Conversations": "conversationSid",
  "studio/v2/Flows/{}/Revisions": "revision",
  "taskrouter/v1/Workspaces/{}/TaskQueues/Statistics": "taskQueueSid",
};

/** Codes of what is not found, by the collection it is not in; 20404 elsewhere. */
export const notFoundCodes: Readonly<Record<string, number>> = {
  "conversations/v1/Conversations": 50350,
  "conversations/v1/Conversations/{}/Participants": 50432,
  "conversations/v1/Conversations/{}/Webhooks": 50360,
  "conversations/v1/Roles": 50100,
  "conversations/v1/Services": 50050,
  "conversations/v1/Services/{}/Conversations": 50350,
  "conversations/v1/Services/{}/Conversations/{}/Participants": 50432,
  "conversations/v1/Services/{}/Conversations/{}/Webhooks": 50360,
  "conversations/v1/Services/{}/Roles": 50100,
  "conversations/v1/Services/{}/Users": 50200,
  "conversations/v1/Services/{}/Users/{}/Conversations": 50350,
  "conversations/v1/Users": 50200,
  "studio/v2/Flows/{}/Revisions": 81021,
  "conversations/v1/Users/{}/Conversations": 50350,
};

/** Parameters that the answer tells in another form than they were sent in. */
export const toldOtherwise: readonly string[] = [
  "flex-api.CreateInteraction.Channel",
  "flex-api.CreateInteraction.Routing",
  "flex-api.CreateInteractionChannelInvite.Routing",
];

/** Lists that Twilio's SDK cannot read, whoever answers: each fails in its own code. */
export const brokenInSdk: Readonly<Record<string, RegExp>> = {
  // FlowRevisionInstance calls toString on the number that only a fetch gives it.
  "studio.ListFlowRevision": /reading 'toString'/,
};

/** Lists that nothing fills: the simulated account has none, and nobody can make one. What its SIDs would begin with. */
export const alwaysEmpty: Readonly<Record<string, string>> = {
  // Devices register through Twilio's client SDKs, which the simulator does not serve.
  "conversations/v1/Services/{}/Bindings": "BS",
  "messaging/v1/Services/{}/AlphaSenders": "AI",
  "messaging/v1/Services/{}/ChannelSenders": "XE",
  "messaging/v1/Services/{}/DestinationAlphaSenders": "AI",
  "messaging/v1/Services/{}/ShortCodes": "SC",
};
