/**
 * Facts Twilio's documentation leaves open, each with its readings. The first is the harsher one, and the default: what
 * works under it should work under the others.
 */
export const readings = {
  /** After Send to Flex the Studio webhook stays on the Conversation, and later messages start the Flow again. */
  studioStaysAfterSendToFlex: [true, false],
  /** When Flex closes the Conversation of a finished channel by itself. */
  flexClosesConversationAt: ["wrapup", "complete"],
  /** Whether the Conversation's state event is sent when Flex closes it. */
  flexCloseSendsStateEvent: [false, true],
  /** Whether messages that Studio posts reach scoped and service webhooks. */
  studioMessagesReachWebhooks: [false, true],
  /** Whether a closed Conversation keeps its unique name. */
  closedConversationKeepsUniqueName: [true, false],
  /**
   * Whether Flex itself makes a Task when a customer writes into a channel that was left or paused; with "Use custom
   * routing" it does not: https://www.twilio.com/docs/flex/admin-guide/setup/conversations/leave-and-pause-for-conversations
   */
  flexRevivesLeftChannel: [true, false],
  /** Whether Twilio accepts a second Interaction on a Conversation that has a live one. */
  secondInteractionAccepted: [true, false],
  /** The status of a successful Interaction create; the OpenAPI document says 200, captured traffic 201. */
  interactionCreateStatus: [201, 200],
} as const;

export type SwitchName = keyof typeof readings;
export type Switches = {
  [Name in SwitchName]: (typeof readings)[Name][number];
};

/** Every switch at its harsher reading, but for those given. */
export function switches(given: Partial<Switches> = {}): Switches {
  const harsh = Object.fromEntries(Object.entries(readings).map(([name, values]) => [name, values[0]]));
  return { ...harsh, ...given } as Switches;
}
