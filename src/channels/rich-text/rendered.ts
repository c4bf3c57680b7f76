import type { Channel } from "../channel";
import type { StyledText } from "./styled-text";
import type { TelegramEntity } from "./telegram-entities";

/** A text as a channel shows it, before it is written or cut. Plain data. */
export interface Rendered {
  channel: Channel;
  styled: StyledText;
  /** What was written, where it may go as it is. */
  source?: string;
}

/** What is sent: Telegram's looks travel beside the text, those of all others in it. */
export interface OutgoingText {
  text: string;
  entities?: TelegramEntity[];
}
