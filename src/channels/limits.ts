import type { Channel, Direction } from "./channel";
import type { FileKind, FileTypeName } from "./file-types";

export interface TextLimit {
  most: number;
  /** Characters are counted as UTF-16 code units, which is never fewer than any other count. */
  unit: "characters" | "bytes";
  /** What happens to a longer text if nobody splits it. */
  beyond: "refused" | "impossible";
}

export interface FileLimits {
  /** In one Message. */
  most: number;
  bytesEach: number;
  bytesInAll: number;
  /** Kinds that the channel takes in smaller sizes only. */
  bytesByKind?: Partial<Record<FileKind, number>>;
  /** Kinds shown in the chat up to a size; what is bigger, or of another type, arrives as a file to be opened. */
  shown?: Partial<Record<FileKind, { bytes: number; types: readonly FileTypeName[] }>>;
  /** `any` leaves out programs and pages only. */
  types: readonly FileTypeName[] | "any";
  /** Longest text that may share a Message with a file, and with which kinds; without it, text and file go apart. */
  caption?: { most: number; kinds: readonly FileKind[] };
  /** Kinds beside which the customer does not see a text that somebody puts there all the same. */
  hidesText?: readonly FileKind[];
  /** The only countries whose customers get files. */
  countries?: readonly string[];
  /** What happens to a file outside of these limits if nobody stops it. */
  beyond: "stored but not delivered" | "failed" | "refused" | "refused by the platform" | "impossible";
}

export interface ChannelLimits {
  text: TextLimit;
  /** An SMS has none: with a file it is an MMS. */
  files?: FileLimits;
  /** Where these numbers stand. */
  pages: readonly string[];
}

const KB = 1024;
const MB = 1024 * KB;

const CONVERSATIONS = "https://www.twilio.com/docs/conversations-classic/conversations-limits";
const FLEX = "https://www.twilio.com/docs/flex/developer/conversations/limits";
const BODY = "https://www.twilio.com/docs/api/errors/21617";
const MEDIA = "https://www.twilio.com/docs/messaging/api/media-resource";
const WHATSAPP = "https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages";
const CONTENT_TYPES = "https://www.twilio.com/docs/messaging/guides/accepted-mime-types";
const TELEGRAM = "https://core.telegram.org/bots/api";
const VIBER = "https://developers.viber.com/docs/api/rest-bot-api";

const IN_A_CONVERSATION = { most: 32 * KB, unit: "bytes" } as const;
const MESSAGING_BODY: TextLimit = { most: 1600, unit: "characters", beyond: "refused" };
const FROM_A_PLATFORM: TextLimit = { ...IN_A_CONVERSATION, beyond: "refused" };
const FROM_TWILIO: TextLimit = { ...IN_A_CONVERSATION, beyond: "impossible" };

/** What Flex lets agents and web chat visitors attach. Custom channels are chat to Flex. */
const FLEX_WEB = ["jpeg", "png", "amr", "mp3", "mp4", "pdf", "heic", "txt", "gif"] as const;
const FLEX_WEB_BYTES = { bytesEach: 16 * MB, bytesInAll: 64 * MB };

/**
 * The one table. Each row is what holds where Flex's limits and the channel's own meet: the smaller number, the shorter
 * list. Flex says text and file never share a Message; what a customer's Message holds, Twilio has already decided.
 */
export const LIMITS: Readonly<Record<Channel, Readonly<Record<Direction, ChannelLimits>>>> = {
  sms: {
    toCustomer: { text: MESSAGING_BODY, pages: [BODY, CONVERSATIONS] },
    fromCustomer: { text: FROM_TWILIO, pages: [CONVERSATIONS] },
  },
  mms: {
    toCustomer: {
      text: MESSAGING_BODY,
      // Flex takes heic for SMS, but Conversations hands only these six on to a phone.
      files: {
        most: 1,
        bytesEach: 2 * MB,
        bytesInAll: 5 * MB,
        types: ["jpeg", "png", "mp3", "amr", "mp4", "pdf"],
        countries: ["US"],
        beyond: "stored but not delivered",
      },
      pages: [FLEX, CONVERSATIONS, "https://www.twilio.com/docs/flex/conversations"],
    },
    fromCustomer: {
      text: FROM_TWILIO,
      files: {
        most: 10,
        bytesEach: 5 * MB,
        bytesInAll: 5 * MB,
        types: "any",
        caption: { most: 1600, kinds: ["image", "audio", "video", "document"] },
        beyond: "impossible",
      },
      pages: [MEDIA],
    },
  },
  whatsapp: {
    toCustomer: {
      text: MESSAGING_BODY,
      // Flex takes heic here too; WhatsApp does not name it.
      files: {
        most: 1,
        bytesEach: 16 * MB,
        bytesInAll: 16 * MB,
        bytesByKind: { image: 5 * MB },
        types: ["jpeg", "png", "amr", "mp3", "mp4", "pdf", "ogg"],
        hidesText: ["audio", "document"],
        beyond: "failed",
      },
      pages: [FLEX, WHATSAPP, CONTENT_TYPES],
    },
    fromCustomer: {
      text: FROM_TWILIO,
      files: {
        most: 1,
        bytesEach: 16 * MB,
        bytesInAll: 16 * MB,
        types: "any",
        caption: { most: 1600, kinds: ["image", "video"] },
        beyond: "impossible",
      },
      pages: [WHATSAPP],
    },
  },
  messenger: {
    toCustomer: {
      text: MESSAGING_BODY,
      files: {
        most: 1,
        bytesEach: 25 * MB,
        bytesInAll: 25 * MB,
        types: ["jpeg", "png", "mp3", "mp4", "pdf"],
        beyond: "failed",
      },
      pages: [FLEX, BODY],
    },
    fromCustomer: {
      text: FROM_TWILIO,
      files: { most: 1, bytesEach: 25 * MB, bytesInAll: 25 * MB, types: "any", beyond: "impossible" },
      pages: [FLEX],
    },
  },
  chat: {
    toCustomer: {
      text: { ...IN_A_CONVERSATION, beyond: "refused" },
      files: { most: 1, ...FLEX_WEB_BYTES, types: FLEX_WEB, beyond: "refused" },
      pages: [FLEX, CONVERSATIONS],
    },
    fromCustomer: {
      text: { ...IN_A_CONVERSATION, beyond: "refused" },
      files: { most: 1, ...FLEX_WEB_BYTES, types: FLEX_WEB, beyond: "refused" },
      pages: [FLEX, CONVERSATIONS],
    },
  },
  telegram: {
    toCustomer: {
      text: { most: 4096, unit: "characters", beyond: "refused" },
      // Telegram's own 50 MB is more than an agent can attach in Flex.
      files: {
        most: 1,
        ...FLEX_WEB_BYTES,
        types: FLEX_WEB,
        shown: {
          image: { bytes: 10 * MB, types: ["jpeg", "png"] },
          video: { bytes: 50 * MB, types: ["mp4"] },
          audio: { bytes: 50 * MB, types: ["mp3", "m4a"] },
        },
        caption: { most: 1024, kinds: ["image", "audio", "video", "document"] },
        beyond: "refused by the platform",
      },
      pages: [`${TELEGRAM}#sendmessage`, `${TELEGRAM}#sending-files`, FLEX],
    },
    // What a bot cannot download, nobody can hand on. That Flex shows every type to agents is unverified.
    fromCustomer: {
      text: FROM_A_PLATFORM,
      files: { most: 1, bytesEach: 20 * MB, bytesInAll: 20 * MB, types: "any", beyond: "refused by the platform" },
      pages: [`${TELEGRAM}#getfile`, CONVERSATIONS],
    },
  },
  viber: {
    toCustomer: {
      text: { most: 7000, unit: "characters", beyond: "refused" },
      files: {
        most: 1,
        ...FLEX_WEB_BYTES,
        types: FLEX_WEB,
        shown: {
          image: { bytes: MB, types: ["jpeg", "png"] },
          video: { bytes: 26 * MB, types: ["mp4"] },
        },
        caption: { most: 512, kinds: ["image"] },
        beyond: "refused by the platform",
      },
      pages: [`${VIBER}/#message-types`, FLEX],
    },
    // Viber lets a customer send 200 MB; Conversations keeps 150.
    fromCustomer: {
      text: FROM_A_PLATFORM,
      files: { most: 1, bytesEach: 150 * MB, bytesInAll: 150 * MB, types: "any", beyond: "refused" },
      pages: [VIBER, CONVERSATIONS],
    },
  },
};

/** The limits for files; an SMS with a file is an MMS. */
export function fileLimits(channel: Channel, direction: Direction): FileLimits | undefined {
  return LIMITS[channel === "sms" ? "mms" : channel][direction].files;
}

/** The size of a text as its limit counts it. */
export function textSize(text: string, unit: TextLimit["unit"]): number {
  return unit === "bytes" ? Buffer.byteLength(text) : text.length;
}
