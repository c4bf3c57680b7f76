import type { ChannelAdapter } from "./adapter";
import type { CustomChannel } from "./custom-identity";
import { telegram } from "./telegram/telegram";
import { viber } from "./viber/viber";

/** The channels that we carry ourselves. A Function of one channel alone imports that one's. */
export const ADAPTERS: Readonly<Record<CustomChannel, ChannelAdapter>> = { telegram, viber };
