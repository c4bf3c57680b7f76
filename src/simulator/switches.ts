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
  /**
   * The event by which a reply in a Conversation leaves Send & Wait for Reply. By the second reading it is that of
   * Conversations where the widget connects it, and `trigger.conversation` becomes the reply.
   */
  studioReplyEvent: ["incomingMessage", "incomingConversationMessage"],
  /** Whether a Flow's own Task attributes stand before those that Send to Flex adds. */
  studioSuppliedAttributesWin: [true, false],
  /** Whether all or any of several conditions on one transition of a Split must hold. */
  studioConditionsOfTransition: ["all", "any"],
  /** The time zone in which a Split compares dates and times of a moment with a zone. */
  studioSplitTimeZone: ["pacific", "utc"],
  /** Whether `trigger.conversation` tells of a message's files. */
  studioTriggerHasMedia: [false, true],
  /** What a Liquid template that cannot be rendered leaves: nothing, or itself. */
  studioWrongTemplateText: ["empty", "source"],
  /** The `Source` of what a customer's phone sent: documented are SDK and API alone, SMS was seen. */
  inboundSource: ["channel", "SDK"],
  /**
   * Whether each message arms the inactive timer anew. If so, a watchdog that lives off this timer does not ring as long
   * as anybody writes, which is when a customer whom nobody has needs it; if not, it rings amid a lively Conversation.
   */
  messageRearmsInactiveTimer: [true, false],
  /** Whether a closed Conversation keeps its unique name. */
  closedConversationKeepsUniqueName: [true, false],
  /**
   * Whether Flex itself makes a Task when a customer writes into a channel that was left or paused; with "Use custom
   * routing" it does not: https://www.twilio.com/docs/flex/admin-guide/setup/conversations/leave-and-pause-for-conversations
   */
  flexRevivesLeftChannel: [true, false],
  /** Whether channels and Tasks stay open when a timer, or REST, closes their Conversation. */
  channelOutlivesConversation: [true, false],
  /** Whether Flex signs Interaction webhooks as Twilio signs others. */
  interactionWebhooksSigned: [false, true],
  /** Whether Twilio accepts a second Interaction on a Conversation that has a live one. */
  secondInteractionAccepted: [true, false],
  /**
   * Whether the agent who initiates an Interaction has its Task at once; if so, it is theirs for good, and no time-out of
   * an offer ends what a failure leaves behind. If not, it is offered to them.
   */
  agentTaskAcceptedByItself: [true, false],
  /** The status of a successful Interaction create; the OpenAPI document says 200, captured traffic 201. */
  interactionCreateStatus: [201, 200],
  /** Whether STOP, START and HELP, which Twilio answers by itself, also become Messages of a Conversation. */
  optOutKeywordsReachConversations: [true, false],
  /** Whether Messages of a closed Conversation can be changed. */
  closedMessageCanBeUpdated: [false, true],
  /**
   * What becomes of a message to Messenger after 24 hours: https://www.twilio.com/docs/api/errors/63016 against the tag
   * that https://www.twilio.com/docs/messaging/tutorials/send-message-with-facebook-messenger puts on it by itself
   */
  messengerOutsideWindow: ["refused", "tagged"],
  /**
   * Whether a Task that stays assigned for 24 hours is deleted, as https://www.twilio.com/docs/taskrouter/limits says of
   * all Tasks; Flex's pages on Conversations, which may last longer, do not say so.
   */
  assignedTaskDeletedAfterADay: [true, false],
  /**
   * How Viber writes JSON, which its signature covers. Seen are letters beyond ASCII as `\u` with capital digits (2018 and
   * 2022) and as they are (2023); not seen, as PHP and as Python write it.
   */
  viberWritesJson: ["escaped", "slashes", "spaced", "plain"],
  /**
   * Whether Viber refuses links to pictures and videos without their ending, which links of Twilio's Media service do not
   * have: https://developers.viber.com/docs/api/rest-bot-api/#picture-message says that it must be there.
   */
  viberLinksNeedEnding: [true, false],
  /** Whether TaskRouter's expressions know NOT but in NOT IN: Twilio's page on them does not. */
  expressionNot: ["refused", "negates"],
  /** No open fact but a convenience: Twilio's limits on how often it may be asked, which a simulator can outrun. */
  rateLimits: [true, false],
} as const;

export type SwitchName = keyof typeof readings;
export type Switches = {
  [Name in SwitchName]: (typeof readings)[Name][number];
};

export interface Switchboard {
  readonly switches: Switches;
  /** The same, to look at without asking. */
  readonly positions: Switches;
  /** The switches that were asked: the open facts which a run rests on. */
  readonly openFacts: Set<SwitchName>;
}

/** Every switch at its harsher reading, but for those given. */
export function switchboard(given: Partial<Switches> = {}): Switchboard {
  const positions = { ...allAt(0), ...given };
  const openFacts = new Set<SwitchName>();
  const switches = new Proxy(positions, {
    get(target, name: SwitchName) {
      openFacts.add(name);
      return target[name];
    },
  });
  return { switches, positions, openFacts };
}

/** Every switch at its harshest (0) or at its mildest reading (-1). */
export function allAt(index: 0 | -1): Switches {
  return Object.fromEntries(Object.entries(readings).map(([name, values]) => [name, values.at(index)])) as Switches;
}
