import type { World } from "../world";
import type { BotRow } from "./rows";

/** Tokens of messages seen in 2018, 2020 and 2023 have the milliseconds since about this moment above their last 22 bits. */
const BEGAN_MS = 292_056_820_000;
const BITS = 22;

/** The next `message_token`: 64 bits, of which a JavaScript number keeps 53. What is in the last bits is unverified. */
export function nextToken({ clock }: World, bot: BotRow): string {
  bot.tokens += 1;
  const last = (BigInt(bot.tokens) * 2654435761n) % (1n << BigInt(BITS));
  return String((BigInt(Math.floor(clock.ms()) - BEGAN_MS) << BigInt(BITS)) + last);
}
