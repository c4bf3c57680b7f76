import { mapLink, oneLine } from "../platform-user";
import { escapeForFlex } from "../rich-text/for-flex";
import { readWords, type WireMessage } from "./update";

const LONGEST = 1000;
const MOST_LINES = 30;

/** Kinds that need no more than a name, as https://core.telegram.org/bots/api#message lists them. */
const NAMES: Readonly<Record<string, string>> = {
  story: "A story",
  giveaway: "A giveaway",
  giveaway_winners: "The winners of a giveaway",
  paid_media: "Paid photos or videos",
  live_photo: "A live photo",
};

const SHOWN_THERE = "shown in Telegram only.";

/** What is no text, for an agent to read: in brackets, on one line but for what was a list. */
export function describe(message: WireMessage, fields: readonly string[]): string {
  return escapeForFlex(placeOf(message) ?? listOf(message) ?? thingOf(message) ?? nameOf(fields));
}

function placeOf({ venue, location }: WireMessage): string | undefined {
  if (venue) {
    const where = [venue.title, venue.address].map(line).filter(Boolean).join(", ");
    return `${named("Place", where)} ${mapLink(venue.location.latitude, venue.location.longitude)}`;
  }
  if (!location) return undefined;
  const shared = location.live_period === undefined ? "Location" : "Live location, as it was when it was shared first";
  return `(${shared}) ${mapLink(location.latitude, location.longitude)}`;
}

function listOf({ poll, checklist }: WireMessage): string | undefined {
  if (poll) return listed(`Poll: ${line(poll.question)}`, poll.options);
  return checklist && listed(`Checklist: ${line(checklist.title)}`, checklist.tasks);
}

function listed(title: string, items: readonly unknown[] = []): string {
  const lines = items.slice(0, MOST_LINES).map((item) => `- ${line(readWords(item, "text"))}`);
  return `(${[title, ...lines].join("\n")})`;
}

function thingOf({ contact, dice, game, invoice, sticker }: WireMessage): string | undefined {
  if (contact) {
    const name = line([contact.first_name, contact.last_name].filter(Boolean).join(" "));
    return named("Contact", [name, line(contact.phone_number)].filter(Boolean).join(", "));
  }
  if (sticker) return named("Sticker", line(sticker.emoji));
  if (dice) return named("Dice", [line(dice.emoji), dice.value].filter(Boolean).join(" "));
  if (game) return named("Game", line(game.title));
  return invoice && named("Invoice", line(invoice.title));
}

const named = (name: string, words: string) => (words ? `(${name}: ${words})` : `(${name})`);

function nameOf(fields: readonly string[]): string {
  const name = fields.find((field) => Object.hasOwn(NAMES, field));
  return `(${name ? `${NAMES[name]}, ` : "A message of a kind that is "}${SHOWN_THERE})`;
}

const line = (text = "") => oneLine(text, LONGEST);
