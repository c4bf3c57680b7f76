import { plainText, type Span, type Style, type StyledText, tidy } from "./styled-text";
import { safeUrl } from "./urls";

/** https://core.telegram.org/bots/api#messageentity: offsets are UTF-16 code units, as everywhere in JavaScript. */
export interface TelegramEntity {
  type: string;
  offset: number;
  length: number;
  url?: string;
  language?: string;
}

const TYPES: Readonly<Record<Style, string>> = {
  bold: "bold",
  italic: "italic",
  strike: "strikethrough",
  code: "code",
  pre: "pre",
  quote: "blockquote",
  link: "text_link",
};

const STYLES = new Map<string, Style>([
  ...Object.entries(TYPES).map(([style, type]) => [type, style as Style] as const),
  ["expandable_blockquote", "quote"],
]);

/** What Telegram finds by itself, an address that stands in the text, needs no entity. */
export function entitiesOf({ text, spans }: StyledText): TelegramEntity[] {
  return spans
    .filter(({ start, end, url }) => text.slice(start, end).trim() !== "" && text.slice(start, end) !== url)
    .map(({ style, start, end, url, language }) => ({
      type: TYPES[style],
      offset: start,
      length: end - start,
      ...(url && { url }),
      ...(language && { language }),
    }));
}

/** A customer's message; what Flex cannot show (underline, spoilers) loses its looks, a link of another kind its target. */
export function fromEntities(text: string, entities: readonly TelegramEntity[]): StyledText {
  const spans = entities.flatMap(({ type, offset, length, url, language }): Span[] => {
    const style = STYLES.get(type);
    const target = url === undefined ? undefined : safeUrl(url);
    if (!style || (style === "link" && !target) || !Number.isInteger(offset) || !Number.isInteger(length)) return [];
    const word = /^[\w+#.-]{1,32}$/.test(language ?? "") ? language : undefined;
    return [
      { style, start: offset, end: offset + length, ...(target && { url: target }), ...(word && { language: word }) },
    ];
  });
  return spans.length > 0 ? tidy({ text, spans }) : plainText(text);
}
