import type { CustomChannel } from "./custom-identity";
import type { ChannelConnector } from "./set-up";
import { telegramConnector } from "./telegram/set-up";
import { viberConnector } from "./viber/set-up";

/** How each channel that we carry ourselves is connected. */
export const CONNECTORS: Readonly<Record<CustomChannel, ChannelConnector>> = {
  telegram: telegramConnector,
  viber: viberConnector,
};
