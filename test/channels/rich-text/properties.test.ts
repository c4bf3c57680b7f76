import fc from "fast-check";
import { CHANNELS } from "../../../src/channels/channel";
import { LIMITS, textSize } from "../../../src/channels/limits";
import { escapeForFlex, toFlexMarkdown } from "../../../src/channels/rich-text/for-flex";
import { render } from "../../../src/channels/rich-text/render";
import { splitMessage, writeRendered } from "../../../src/channels/rich-text/write-rendered";
import { anything, channel, lettersOf, markdown, RUNS } from "./texts";

const written = (to: (typeof CHANNELS)[number], text: string) => writeRendered(render(to, text)).text;
const parts = (to: (typeof CHANNELS)[number], text: string, limit: number) =>
  splitMessage(render(to, text), limit).map((part) => part.text);
const squeezed = (text: string) => text.replace(/\s+/g, " ").trim();

describe("any text, for any channel", () => {
  it("loses no letter when it is rendered", () => {
    fc.assert(
      fc.property(channel, anything, (to, text) => {
        const said = lettersOf(written("sms", text));
        const shown =
          to === "telegram" || to === "chat" ? lettersOf(written("telegram", text)) : lettersOf(written(to, text));
        expect(to === "telegram" || to === "chat" ? said.length >= shown.length : shown === said).toBe(true);
      }),
      RUNS,
    );
  });

  it("loses no letter when it is split, and no part is longer than the limit", () => {
    fc.assert(
      fc.property(channel, anything, fc.integer({ min: 32, max: 200 }), (to, text, limit) => {
        const rendered = render(to, text);
        const all = splitMessage(rendered, limit);
        const { unit } = LIMITS[to].toCustomer.text;
        for (const part of all) expect(textSize(part.text, unit)).toBeLessThanOrEqual(limit);
        for (const part of all) expect(part.text.trim()).not.toBe("");
        const whole = to === "chat" ? rendered.styled.text : writeRendered(rendered).text;
        if (to !== "chat") expect(lettersOf(all.map((part) => part.text).join(""))).toBe(lettersOf(whole));
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
  it.each(CHANNELS)("keeps its links on %s", (to) => {
    fc.assert(
      fc.property(markdown, (text) => {
        const rendered = writeRendered(render(to, text));
        const shown = rendered.text + JSON.stringify(rendered.entities ?? []);
        for (const [url] of text.matchAll(/https?:\/\/[^\s\])]+/g)) expect(shown).toContain(url);
      }),
      RUNS,
    );
  });

  it("comes back from a Telegram message as it looked", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const first = writeRendered(render("telegram", text));
        const again = writeRendered(render("telegram", toFlexMarkdown(first.text, first.entities)));
        expect(lettersOf(again.text)).toContain(lettersOf(first.text).slice(0, 20));
      }),
      RUNS,
    );
  });
});
