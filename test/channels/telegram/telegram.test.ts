import { telegram } from "../../../src/channels/telegram/telegram";
import { adapterContract, type PlatformRequest } from "../adapter-contract";
import { eventFixtures } from "../event-fixtures";

const SECRET = "tg-secret_0123456789abcdefghijklmnop";
const NEXT = "tg-secret-that-follows_0123456789ABC";

const request =
  (headers: Record<string, string>, query?: Record<string, string>) =>
  (body: string): PlatformRequest => ({ headers: { "Content-Type": "application/json", ...headers }, query, body });

const withSecret = (secret: string) => request({ "X-Telegram-Bot-Api-Secret-Token": secret });

adapterContract("telegram", {
  adapter: telegram,
  variables: {
    TELEGRAM_BOT_TOKEN: "4242:AAH-a_token_of_a_bot_in_tests_0123456",
    TELEGRAM_SECRET_TOKEN: SECRET,
    TELEGRAM_SECRET_TOKEN_NEXT: NEXT,
  },
  needed: { caller: ["TELEGRAM_SECRET_TOKEN"], connection: ["TELEGRAM_BOT_TOKEN"] },
  events: eventFixtures("telegram"),
  genuine: { "its secret": withSecret(SECRET), "the secret that follows": withSecret(NEXT) },
  forged: {
    "a request without the header": request({}),
    "an empty secret": withSecret(""),
    "another secret": withSecret(`${SECRET}x`),
    "a part of the secret": withSecret(SECRET.slice(0, -1)),
    "the secret in other letters": withSecret(SECRET.toUpperCase()),
    "the word undefined": withSecret("undefined"),
    "the secret in the query": request({}, { secret_token: SECRET, "X-Telegram-Bot-Api-Secret-Token": SECRET }),
    "the bot's token for a secret": withSecret("4242:AAH-a_token_of_a_bot_in_tests_0123456"),
  },
  signsBodies: false,
  fileReference: "BQACAgIAAxkBAAIBaWdocument",
});
