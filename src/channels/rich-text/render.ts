import type { Channel } from "../channel";
import { DIALECTS, spellFor } from "./dialects";
import { flatten } from "./flatten";
import { parseBlocks } from "./parse-blocks";
import type { Rendered } from "./rendered";
import { plainText } from "./styled-text";

/** As much as a Message holds. What is longer goes as the text it is, with its marks: nothing is lost but their effect. */
const LONGEST_MARKDOWN = 32 * 1024;

/** What an agent wrote in Flex, for a customer's channel. */
export function render(channel: Channel, markdown: string): Rendered {
  const isLong = Buffer.byteLength(markdown) > LONGEST_MARKDOWN;
  const styled = isLong ? plainText(markdown) : flatten(parseBlocks(markdown));
  if (channel === "telegram") return { channel, styled };
  if (channel === "chat" && !isLong && isHarmless(markdown)) return { channel, styled, source: markdown };
  return { channel, styled: spellFor(DIALECTS[channel], styled) };
}

/** No HTML, no image, and no link but to the web, a mailbox or a phone. */
function isHarmless(markdown: string): boolean {
  const unescaped = markdown.replace(/\\[\s\S]/g, "..");
  const targets = [...unescaped.matchAll(/\][ \n]?(?:\(|:)\s*<?/g)];
  return (
    !/<[a-z!?/]|!\[|\][ \n]?\[/i.test(unescaped) &&
    targets.every(({ 0: before, index }) =>
      /^(https?:\/\/|mailto:|tel:)/i.test(unescaped.slice(index + before.length, index + before.length + 8)),
    )
  );
}
