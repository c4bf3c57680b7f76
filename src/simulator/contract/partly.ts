/**
 * Operations that are served and lack something, by product (host and version): what is missing, in a few words. The
 * table of operations in docs/simulator.md says so; whatever is served and not named here is served in full.
 */
export const partly: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "api.twilio.com/2010-04-01": {
    CreateIncomingPhoneNumber:
      "no applications, trunks, addresses, area codes; voice settings are kept, and nobody calls",
    CreateMessage:
      "nothing is scheduled, shortened or retained otherwise; files are not fetched; prices, feedback, attempts, validity, encoding, traffic and risk settings are taken, and change nothing",
    FetchMediaFile: "of customers' files only",
    UpdateIncomingPhoneNumber: "no applications, trunks, addresses; voice settings are kept, and nobody calls",
    UpdateMessage: "redacts; nothing is scheduled, so nothing canceled",
  },
  "content.twilio.com/v1": {
    CreateContent: "shown as text, with its files",
  },
  "conversations.twilio.com/v1": {
    ...inBothForms("CreateConversation", "`Bindings.Email` is kept, and no e-mail is sent"),
    ...inBothForms("UpdateConversation", "`Bindings.Email` is kept, and no e-mail is sent"),
    ...inBothForms("CreateConversationMessage", "`Subject` is kept: only e-mail shows one"),
    ...inBothForms("UpdateConversationMessage", "`Subject` is kept: only e-mail shows one"),
    ...inBothForms("CreateConversationParticipant", "no RCS"),
    CreateConfigurationAddress: "nobody writes by e-mail, RCS, Apple and GBM",
    UpdateServiceNotification: "kept, and nobody is notified",
  },
  "flex-api.twilio.com/v1": {
    CreateInteraction: "no email, voice, GBM",
    CreateInteractionChannelParticipant: "customers and supervisors; `RoutingProperties` change nothing",
    CreateInteractionTransfer: "cold, to a Worker or a queue",
    CreateInstanceInteractionTransfer: "cold, to a Worker or a queue",
    UpdateConfiguration: "kept, and changes nothing",
  },
  "messaging.twilio.com/v1": {
    CreateService: "only Sticky Sender and the webhooks make a difference",
    UpdateService: "only Sticky Sender and the webhooks make a difference",
  },
  "taskrouter.twilio.com/v1": {
    UpdateTaskReservation: "no instruction that needs a call",
    UpdateWorkerReservation: "no instruction that needs a call",
  },
};

/** Of an operation that there is with the service in its path, too. */
function inBothForms(id: string, lack: string): Record<string, string> {
  return { [id]: lack, [id.replace("Conversation", "ServiceConversation")]: lack };
}
