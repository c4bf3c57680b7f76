import type {
  AddressConfigurationRow,
  ConversationRow,
  ConversationState,
  MessageRow,
  NewMessage,
  NewParticipant,
  ParticipantRow,
  ScopedWebhookRow,
} from "./rows";

/** What other products ask of Conversations. Unknown SIDs and refusals throw ApiError with Twilio's codes. */
export interface Conversations {
  readonly conversations: ReadonlyMap<string, ConversationRow>;
  readonly addresses: ReadonlyMap<string, AddressConfigurationRow>;
  /** By SID or unique name. */
  conversation(sidOrName: string): ConversationRow;
  participants(conversationSid: string): ParticipantRow[];
  messages(conversationSid: string): MessageRow[];
  webhooks(conversationSid: string): ScopedWebhookRow[];
  addMessage(conversationSid: string, message: NewMessage): MessageRow;
  addParticipant(conversationSid: string, participant: NewParticipant): ParticipantRow;
  removeParticipant(conversationSid: string, participantSid: string): void;
  /** `reason` is what the state event says: API, TIMER or EVENT. `webhooks` false keeps the event silent. */
  setState(conversationSid: string, state: ConversationState, reason: "API" | "TIMER" | "EVENT", webhooks: boolean): void;
  removeWebhook(conversationSid: string, webhookSid: string): void;
}
