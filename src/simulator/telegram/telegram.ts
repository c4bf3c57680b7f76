import type { Platform, PlatformCall, PlatformRequest } from "../platforms/platform";
import type { ApiReply } from "../server/routes";
import type { World } from "../world";
import { BotError, botErrorOf } from "./bot-error";
import { createChats } from "./chats";
import { customerEnds, type TelegramCustomer } from "./customer";
import { createBotFiles } from "./files";
import { idOf } from "./identity";
import { BotParams, parseObject, readParams } from "./read-params";
import type { BotRow, Methods, Wire } from "./rows";
import { sendMethods } from "./send-methods";
import { createSentFiles } from "./sent-files";
import { createUpdates } from "./updates";
import { webhookMethods } from "./webhook-methods";
import { botWire } from "./wire";

/** Telegram with one bot, and its users: https://core.telegram.org/bots/api */
export interface Telegram extends Platform {
  customer(identity: string): TelegramCustomer | undefined;
  /** A user by the id that Telegram gave them. */
  user(id: number): TelegramCustomer;
  /** Brings these very bytes to the webhook. */
  sendRaw(update: string): void;
  /** From now on, refuses what goes out faster than Telegram says that it may; which it does not strictly do. */
  pace(paced: boolean): void;
}

/** The first update's number "starts from a certain positive number": https://core.telegram.org/bots/api#update */
const FIRST_UPDATE_ID = 730_000_000;

export function createTelegram(world: World): Telegram {
  const { telegramBot } = world.account;
  const bot = world.memory.keep<BotRow>("telegram bot", {
    ...{ webhook: null, lastError: null, lastUpdateId: FIRST_UPDATE_ID, paced: false },
  });
  const chats = createChats(world, bot);
  const files = createBotFiles(world);
  const updates = createUpdates(world, bot, carryOut);
  const ends = customerEnds({ world, chats, files, updates });
  const served: Methods = {
    getMe: () => ({ ...botWire(telegramBot), can_join_groups: true, can_read_all_group_messages: false }),
    getFile: (params) => files.open(params.text("file_id")),
    ...webhookMethods(bot, updates),
    ...sendMethods({ world, chats, files: createSentFiles(world, files) }),
  };
  const methods = new Map(Object.entries(served).map(([name, method]) => [name.toLowerCase(), method]));

  /** Methods are found whatever their case. */
  async function run(name: string, params: BotParams): Promise<Wire | true> {
    const method = methods.get(name.toLowerCase());
    if (method) return method(params);
    throw new BotError(501, `The simulator does not serve ${name}, if Telegram does`);
  }

  /** What comes of a call in a webhook's answer is told nobody. */
  async function carryOut(answer: string): Promise<void> {
    if (!answer.includes('"method"')) return;
    const { method, ...rest } = parseObject(answer);
    const reply = await replyOf(() => run(String(method), new BotParams(rest)));
    world.log.add({
      kind: "platform",
      name: `telegram ${String(method)}`,
      status: reply.status,
      data: { in: "an answer" },
    });
  }

  function callOf({ method, url, headers, body }: PlatformRequest): PlatformCall {
    const path = decodeURIComponent(url.pathname);
    const shown = path.replace(/\/bot[^/]*/, "/bot<token>");
    const [, token, asked] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
    const [, fileToken, filePath] = /^\/file\/bot([^/]+)\/(.+)$/.exec(path) ?? [];
    const name = asked ? `telegram ${asked}` : filePath ? "telegram file" : `telegram ${method}`;
    const answer = () =>
      replyOf(async () => {
        if (!asked || !/^\d+:/.test(token ?? "")) throw botErrorOf(404);
        if (token !== telegramBot.token) throw botErrorOf(401);
        return run(asked, await readParams({ url, headers, body }));
      });
    return { name, path: shown, answer: filePath ? () => download(fileToken, filePath) : answer };
  }

  function download(token: string | undefined, path: string): ApiReply {
    if (token !== telegramBot.token) return botErrorOf(401).reply();
    const file = files.download(path);
    if (!file) return botErrorOf(404).reply();
    return { status: 200, content: file.content, headers: { "content-type": file.contentType } };
  }

  return {
    name: "telegram",
    call: (request) => (request.host === "api.telegram.org" ? callOf(request) : nothingAt(request)),
    waiting: () => updates.deliveries.waiting.size,
    refusal: ({ status, retryAfter }) => botErrorOf(status, retryAfter).reply(),
    customer(identity) {
      const id = idOf(identity);
      return id === undefined ? undefined : ends(id);
    },
    user: ends,
    sendRaw: updates.addRaw,
    pace(paced) {
      bot.paced = paced;
    },
  };
}

function nothingAt({ method, url }: PlatformRequest): PlatformCall {
  return { name: `telegram ${method}`, path: url.pathname, answer: () => botErrorOf(404).reply() };
}

async function replyOf(run: () => Promise<Wire | true>): Promise<ApiReply> {
  try {
    return { status: 200, body: { ok: true, result: await run() } };
  } catch (error) {
    if (error instanceof BotError) return error.reply();
    throw error;
  }
}
