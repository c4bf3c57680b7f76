import type { Block, ListItem } from "./parse-blocks";
import { plainText, type StyledText, styledBuilder, tidy } from "./styled-text";

/** Lays blocks out as the lines a person reads. Quotes stay spans: who writes them puts the marks. */
export function flatten(blocks: readonly Block[]): StyledText {
  const { add, built } = styledBuilder();
  for (const [index, block] of blocks.entries()) {
    if (index > 0) add(plainText(block.apart ? "\n\n" : "\n"));
    addBlock(add, block);
  }
  return tidy(built());
}

function addBlock(add: ReturnType<typeof styledBuilder>["add"], block: Block): void {
  if (block.type === "list") for (const [index, item] of block.items.entries()) addItem(add, item, index);
  else if (block.type === "quote") add(flatten(block.blocks), { style: "quote" });
  else if (block.type === "code") {
    add(plainText(block.text), { style: "pre", ...(block.language && { language: block.language }) });
  } else if (block.type === "heading") add(block.content, { style: "bold" });
  else add(block.content);
}

function addItem(
  add: ReturnType<typeof styledBuilder>["add"],
  { level, number, content }: ListItem,
  index: number,
): void {
  const bullet = number === undefined ? "- " : `${number}. `;
  add(plainText(`${index > 0 ? "\n" : ""}${"  ".repeat(level)}${bullet}`));
  add(content);
}
