import fc from "fast-check";
import { Lexer, type Token, walkTokens } from "marked";
import { escapeForFlex } from "../../../src/channels/rich-text/for-flex";
import { render } from "../../../src/channels/rich-text/render";
import { writeRendered } from "../../../src/channels/rich-text/write-rendered";
import { anything, RUNS } from "./texts";

/** What another parser makes of it: HTML, images, links to anything but the web or a mailbox, links behind words. */
function dangers(markdown: string, mayHideLinks: boolean): string[] {
  const found: string[] = [];
  walkTokens(Lexer.lex(markdown), (token: Token) => {
    if (token.type === "html" || token.type === "image") found.push(token.raw);
    if (token.type !== "link") return;
    const isHidden = !mayHideLinks && token.raw.startsWith("[");
    if (isHidden || !/^(https?|mailto|tel|ftp):/i.test(String(token.href))) found.push(token.raw);
  });
  return found;
}

describe("whatever is written", () => {
  it("by a customer shows an agent no HTML, no image, and no link behind words", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(dangers(escapeForFlex(text), false)).toEqual([]);
      }),
      RUNS,
    );
  });

  it("by an agent shows a visitor of web chat no HTML, no image, and no link that runs anything", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(dangers(writeRendered(render("chat", text)).text, true)).toEqual([]);
      }),
      RUNS,
    );
  });
});
