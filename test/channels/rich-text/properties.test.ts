import fc from "fast-check";
import type { Channel } from "../../../src/channels/channel";
import { LIMITS, textSize } from "../../../src/channels/limits";
import { escapeForFlex, toFlexMarkdown } from "../../../src/channels/rich-text/for-flex";
import { render } from "../../../src/channels/rich-text/render";
import { splitMessage, writeRendered } from "../../../src/channels/rich-text/write-rendered";
import { anything, channel, lettersOf, markdown, RUNS } from "./texts";

const written = (to: Channel, text: string) => writeRendered(render(to, text)).text;
const parts = (to: Channel, text: string, limit: number) =>
  splitMessage(render(to, text), limit).map((part) => part.text);
const squeezed = (text: string) => text.replace(/\s+/g, "");

/** Channels whose texts say all there is. */
const spelled = fc.constantFrom<Channel>("mms", "messenger", "whatsapp", "viber");

/** Whether these letters come in this order, whatever else comes between. */
function isWithin(letters: string, all: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = all.indexOf(letter, at) + letter.length;
    if (at < letter.length) return false;
  }
  return true;
}

describe("any text, for any channel", () => {
  it("loses no letter when it is rendered", () => {
    fc.assert(
      fc.property(spelled, anything, (to, text) => {
        expect(lettersOf(written(to, text))).toBe(lettersOf(written("sms", text)));
      }),
      RUNS,
    );
  });

  it("loses no letter when it is split, and no part is empty or longer than the limit", () => {
    fc.assert(
      fc.property(channel, anything, fc.integer({ min: 32, max: 200 }), (to, text, limit) => {
        const all = parts(to, text, limit);
        const { unit } = LIMITS[to].toCustomer.text;
        expect(all.filter((part) => textSize(part, unit) > limit || part.trim() === "")).toEqual([]);
        const whole = to === "chat" ? lettersOf(written("telegram", text)) : lettersOf(written(to, text));
        // Web chat has addresses behind the words of links, and languages above code.
        if (to !== "chat") expect(lettersOf(all.join(""))).toBe(whole);
        else expect(isWithin(whole, lettersOf(all.join("")))).toBe(true);
      }),
      RUNS,
    );
  });

  it("tears no surrogate pair", () => {
    fc.assert(
      fc.property(channel, anything, (to, text) => {
        fc.pre(!/\p{Surrogate}/u.test(text));
        for (const part of parts(to, text, 32)) expect(part).not.toMatch(/\p{Surrogate}/u);
      }),
      RUNS,
    );
  });

  it("keeps every looks of Telegram inside its text", () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const { text: part, entities = [] } of splitMessage(render("telegram", text), 40)) {
          for (const { offset, length } of entities) {
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(length).toBeGreaterThan(0);
            expect(offset + length).toBeLessThanOrEqual(part.length);
          }
        }
      }),
      RUNS,
    );
  });

  it("is cleaned for web chat once and for all", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = written("chat", text);
        expect(written("chat", once)).toBe(once);
      }),
      RUNS,
    );
  });

  it("reaches an agent as the customer typed it", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const rendered = render("telegram", escapeForFlex(text));
        expect(squeezed(rendered.styled.text)).toBe(squeezed(text));
        expect(rendered.styled.spans.filter(({ style, url }) => style !== "link" || !text.includes(url ?? ""))).toEqual(
          [],
        );
      }),
      RUNS,
    );
  });
});

describe("what agents write", () => {
  it("keeps its links on every channel", () => {
    fc.assert(
      fc.property(channel, markdown, (to, text) => {
        const rendered = writeRendered(render(to, text));
        const shown = rendered.text + JSON.stringify(rendered.entities ?? []);
        for (const [url] of text.matchAll(/https?:\/\/[^\s\])]+/g)) expect(shown).toContain(url);
      }),
      RUNS,
    );
  });

  it("comes back from a Telegram message with every letter", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const { text: sent, entities } = writeRendered(render("telegram", text));
        expect(isWithin(lettersOf(sent), lettersOf(toFlexMarkdown(sent, entities)))).toBe(true);
      }),
      RUNS,
    );
  });
});
