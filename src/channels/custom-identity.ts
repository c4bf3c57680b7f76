/** How the id of a user on a platform stands in an identity: it must survive in URLs, and come back as it was. */
interface IdSpelling {
  pattern: RegExp;
  write(id: string): string;
  read(written: string): string;
}

const DIGITS: IdSpelling = { pattern: /^[1-9]\d{0,19}$/, write: (id) => id, read: (written) => written };

/** Twilio reserves characters of some platforms' ids: https://www.twilio.com/docs/flex/developer/conversations/interactions-api */
const BASE64URL: IdSpelling = {
  pattern: /^[\w-]{1,200}$/,
  write: (id) => Buffer.from(id).toString("base64url"),
  read: (written) => Buffer.from(written, "base64url").toString(),
};

/** A channel that we carry ourselves. */
interface CustomChannelRow {
  /** For people to read. */
  title: string;
  ids: IdSpelling;
}

/** All of them, by names of small letters. */
const ROWS = {
  telegram: { title: "Telegram", ids: DIGITS },
  viber: { title: "Viber", ids: BASE64URL },
} as const satisfies Record<string, CustomChannelRow>;

export type CustomChannel = keyof typeof ROWS;

export const CUSTOM_CHANNELS = Object.keys(ROWS).filter(isCustomChannel);

export const titleOf = (channel: CustomChannel): string => ROWS[channel].title;

/** A record with an entry for each of these channels. */
export const forCustomChannels = <Entry>(entryFor: (channel: CustomChannel) => Entry) =>
  Object.fromEntries(CUSTOM_CHANNELS.map((channel) => [channel, entryFor(channel)])) as Record<CustomChannel, Entry>;

/** A customer on such a channel, by their id there. */
export interface PlatformCustomer {
  channel: CustomChannel;
  userId: string;
}

/** `telegram_42`, `viber_<base64url>`: reversible, and telling nothing to those who do not have the platform's side of it. */
export function identityOf({ channel, userId }: PlatformCustomer): string {
  return `${channel}_${ROWS[channel].ids.write(userId)}`;
}

/**
 * Undefined for whoever is no customer of these channels. One user has one identity: what is not spelled as we spell it is
 * somebody else's, such as that of an agent whose login begins with a channel's name.
 */
export function customerOf(identity: string): PlatformCustomer | undefined {
  const [, name = "", written = ""] = /^([a-z]+)_(.+)$/s.exec(identity) ?? [];
  if (!isCustomChannel(name) || !ROWS[name].ids.pattern.test(written)) return undefined;
  const customer = { channel: name, userId: ROWS[name].ids.read(written) };
  return identityOf(customer) === identity ? customer : undefined;
}

export function isCustomChannel(name: string): name is CustomChannel {
  return Object.hasOwn(ROWS, name);
}

/** The unique name of a customer's nth Conversation: whoever creates it has the right to. */
export const conversationName = (identity: string, n: number) => `${identity}.${n}`;

/** Whose Conversation it is, and which of theirs, by its unique name. */
export function readConversationName(uniqueName: string): { identity: string; n: number } | undefined {
  const [, identity = "", n = ""] = /^(.+)\.([1-9]\d{0,8})$/s.exec(uniqueName) ?? [];
  return customerOf(identity) && { identity, n: Number(n) };
}
