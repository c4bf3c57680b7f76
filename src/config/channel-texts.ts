import type { Texts } from "./texts";

/** By channel (`whatsapp`, `telegram`), then by language. */
export type ChannelTexts = Record<string, Record<string, Partial<Texts>>>;

/** Sentences that read better in another way where there is room: a line for each choice, in bold where that can be shown. */
export const defaultChannelTexts: ChannelTexts = {
  whatsapp: menus((digit) => `*${digit}*`),
  messenger: menus((digit) => `${digit}.`),
  // In Flex's markdown, as all that goes out on channels of ours.
  telegram: menus((digit) => `**${digit}**`),
  viber: menus((digit) => `**${digit}**`),
};

function menus(mark: (digit: number) => string): Record<string, Partial<Texts>> {
  const choices = (sales: string, support: string) => `${mark(1)} ${sales}\n${mark(2)} ${support}`;
  const menu = (ask: string, again: string, list: string) => ({
    menu: `${ask}\n${list}`,
    menuAgain: `${again}\n${list}`,
  });
  return {
    en: menu(
      "What can we help you with? Reply with a number.",
      "Sorry, we did not get that. Please reply with a number.",
      choices("Sales", "Support"),
    ),
    es: menu(
      "¿En qué podemos ayudarle? Responda con un número.",
      "Perdone, no le hemos entendido. Responda con un número.",
      choices("Ventas", "Soporte"),
    ),
    de: menu(
      "Worum geht es? Antworten Sie mit einer Zahl.",
      "Das haben wir nicht verstanden. Bitte antworten Sie mit einer Zahl.",
      choices("Vertrieb", "Support"),
    ),
  };
}

/** What an administrator says in their own words, for a channel or for all of them, goes before what is bundled. */
export function mergeChannelTexts(given: ChannelTexts = {}, forAll: Record<string, Partial<Texts>> = {}): ChannelTexts {
  const merged: ChannelTexts = {};
  for (const channel of keysOf(defaultChannelTexts, given)) {
    const bundled = defaultChannelTexts[channel] ?? {};
    const languages = keysOf(bundled, given[channel]);
    merged[channel] = Object.fromEntries(
      languages.map((language) => [
        language,
        { ...bundled[language], ...forAll[language], ...given[channel]?.[language] },
      ]),
    );
  }
  return merged;
}

const keysOf = (...objects: (object | undefined)[]) => [...new Set(objects.flatMap((one) => Object.keys(one ?? {})))];
