import { createTelegram, type Telegram } from "../telegram/telegram";
import { createViber, type Viber } from "../viber/viber";
import type { World } from "../world";
import type { Platform, PlatformCustomer } from "./platform";

/** The messaging platforms that Twilio does not carry. */
export interface Platforms {
  readonly telegram: Telegram;
  readonly viber: Viber;
  readonly all: readonly Platform[];
  /** A customer of one of them, by identity (`telegram_4711`); undefined for all others. */
  customer(identity: string): PlatformCustomer | undefined;
}

export function createPlatforms(world: World): Platforms {
  const telegram = createTelegram(world);
  const viber = createViber(world);
  const all = [telegram, viber];
  return {
    ...{ telegram, viber, all },
    customer: (identity) => all.map((platform) => platform.customer(identity)).find((found) => found !== undefined),
  };
}
