import type { World } from "../world";
import { BotError, badRequest, tooMany } from "./bot-error";
import type { BotParams } from "./read-params";
import type { BotRow, CustomerRow } from "./rows";

/** The private chats of users with the bot. */
export interface Chats {
  /** A user, who is there when first named. */
  of(id: number): CustomerRow;
  /** The chat that a method means; refuses those that the bot cannot write to. */
  target(params: BotParams): CustomerRow;
  /** The number of the next message in a chat, whoever writes it. */
  nextMessageId(row: CustomerRow): number;
}

const NAMES = ["Ana", "Bjørn", "Chiamaka", "Daniel", "Élodie", "Fumiko", "Giorgos"];

export function createChats(world: World, bot: BotRow): Chats {
  const rows = world.memory.keep("telegram customers", new Map<number, CustomerRow>());

  function create(id: number): CustomerRow {
    const row: CustomerRow = {
      ...{ id, firstName: NAMES[id % NAMES.length] ?? "Ana", lastName: null, username: `user${id}`, language: "en" },
      ...{ standing: "stranger", lastMessageId: 0, writtenTo: [] },
    };
    rows.set(id, row);
    return row;
  }

  /** About 1 message a second to a chat, and 30 to all: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
  function pace(row: CustomerRow): void {
    if (!bot.paced) return;
    const aSecondAgo = world.clock.ms() - 1000;
    const recent = ({ writtenTo }: CustomerRow) => writtenTo.filter((at) => at.getTime() > aSecondAgo);
    row.writtenTo = recent(row);
    const toAll = [...rows.values()].reduce((count, one) => count + recent(one).length, 0);
    if (row.writtenTo.length >= 1 || toAll >= 30) throw tooMany(1);
    row.writtenTo.push(world.clock.now());
  }

  return {
    of: (id) => rows.get(id) ?? create(id),
    target(params) {
      const given = params.text("chat_id");
      if (given === "") throw badRequest("chat_id is empty");
      const row = rows.get(Number(given));
      if (!row) throw badRequest("chat not found");
      if (row.standing === "stranger")
        throw new BotError(403, "Forbidden: bot can't initiate conversation with a user");
      if (row.standing === "blocked") throw new BotError(403, "Forbidden: bot was blocked by the user");
      if (row.standing === "deactivated") throw new BotError(403, "Forbidden: user is deactivated");
      pace(row);
      return row;
    },
    nextMessageId(row) {
      row.lastMessageId += 1;
      return row.lastMessageId;
    },
  };
}
