import type { Channel } from "../channel";
import { escapesIn } from "./flex-escapes";
import { spellLinks } from "./spell-links";
import type { Span, Style, StyledText } from "./styled-text";
import { isWord } from "./urls";

/** How a channel writes what it can show. */
export interface Dialect {
  marks: Partial<Record<Exclude<Style, "link" | "quote">, string>>;
  /** Whether a mark works next to this character; undefined is the end of the text. */
  opensAfter(character: string | undefined): boolean;
  closesBefore(character: string | undefined): boolean;
  /** Marks within marks. */
  nests: boolean;
  /** Whether a mark may stand in the text that it marks. */
  marksInside: boolean;
  /** Goes before each line of a quote. */
  quote: string;
  /** Whether a link stands behind its words. */
  links(link: Span, label: string): boolean;
  /** What goes before which places so that they are no markup. */
  escapes(styled: StyledText): ReadonlyMap<number, string>;
  /** Whether a block of code names its language and stands on lines of its own. */
  fences: boolean;
}

const NONE: ReadonlyMap<number, string> = new Map();
const isSpace = (character: string | undefined) => character === undefined || /\s/.test(character);
const isNoWord = (character: string | undefined) => !isWord(character) && character !== "_";

/** SMS, and Messenger: its beta has no rich text, https://www.twilio.com/docs/flex/developer/conversations/limits */
const PLAIN: Dialect = {
  marks: {},
  opensAfter: isSpace,
  closesBefore: isSpace,
  nests: false,
  marksInside: false,
  quote: "> ",
  links: () => false,
  escapes: () => NONE,
  fences: false,
};

/** https://faq.whatsapp.com/539178204879377. That marks need a word's edge is observed, as is that lines end them. */
const WHATSAPP: Dialect = {
  ...PLAIN,
  marks: { bold: "*", italic: "_", strike: "~", code: "`", pre: "```" },
  opensAfter: isNoWord,
  closesBefore: isNoWord,
  nests: true,
};

/** https://developers.viber.com/docs/tools/text-formatting: a space after the mark. Marks within marks are unverified. */
const VIBER: Dialect = {
  ...PLAIN,
  marks: { bold: "*", italic: "_", strike: "~", code: "```", pre: "```" },
};

/** What Flex UI shows with markdown-to-jsx, and our web chat page. A label with brackets in it would end too soon. */
export const FLEX: Dialect = {
  marks: { bold: "**", italic: "_", strike: "~~", code: "`", pre: "```" },
  opensAfter: isNoWord,
  closesBefore: isNoWord,
  nests: true,
  marksInside: true,
  quote: "> ",
  links: (_, label) => !/[[\]\n]|https?:|www\./i.test(label),
  escapes: escapesIn,
  fences: true,
};

/** Telegram's looks are no marks. */
export const DIALECTS: Readonly<Record<Exclude<Channel, "telegram">, Dialect>> = {
  sms: PLAIN,
  mms: PLAIN,
  messenger: PLAIN,
  whatsapp: WHATSAPP,
  viber: VIBER,
  chat: FLEX,
};

/** Writes out the addresses that this dialect cannot put behind words. */
export const spellFor = (dialect: Dialect, styled: StyledText) =>
  spellLinks(styled, (link, label) => !dialect.links(link, label));
