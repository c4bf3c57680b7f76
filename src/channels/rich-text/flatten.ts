import type { Block, ListItem } from "./parse-blocks";
import { plainText, type Span, type StyledText, styledBuilder, tidy } from "./styled-text";

/** Lays blocks out as the lines a person reads. Quotes stay spans: who writes them puts the marks. */
export function flatten(blocks: readonly Block[]): StyledText {
  const { add, built } = styledBuilder();
  let begun = false;
  for (const block of blocks) {
    const { text, style } = laidOut(block);
    if (text.text.trim() === "") continue;
    if (begun) add(plainText(block.apart ? "\n\n" : "\n"));
    add(text, ...style);
    begun = true;
  }
  return tidy(built());
}

type Look = Pick<Span, "style" | "language">;

function laidOut(block: Block): { text: StyledText; style: Look[] } {
  if (block.type === "list") return { text: listed(block.items), style: [] };
  if (block.type === "quote") return { text: flatten(block.blocks), style: [{ style: "quote" }] };
  if (block.type === "code") {
    const { text, language } = block;
    return { text: plainText(text), style: [{ style: "pre", ...(language && { language }) }] };
  }
  return { text: block.content, style: block.type === "heading" ? [{ style: "bold" }] : [] };
}

function listed(items: readonly ListItem[]): StyledText {
  const { add, built } = styledBuilder();
  for (const [index, { level, bullet, content }] of items.entries()) {
    add(plainText(`${index > 0 ? "\n" : ""}${"  ".repeat(level)}${bullet} `));
    add(content);
  }
  return built();
}
