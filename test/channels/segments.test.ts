import { segmentsOf } from "../../src/channels/segments";
import { segmentsOf as whatTwilioCounts } from "../../src/simulator/messaging/segments";

const TEXTS: readonly (readonly [string, string, number])[] = [
  ["nothing", "", 1],
  ["160 letters", "a".repeat(160), 1],
  ["161 letters", "a".repeat(161), 2],
  ["306 letters", "a".repeat(306), 2],
  ["307 letters", "a".repeat(307), 3],
  ["80 signs that take two places", "€".repeat(80), 1],
  ["81 of them", "€".repeat(81), 2],
  ["70 characters outside of GSM-7", "ř".repeat(70), 1],
  ["71 of them", "ř".repeat(71), 2],
  ["one emoji among 69 letters", `${"a".repeat(69)}😀`, 2],
  ["emojis, none of which is torn", "😀".repeat(67), 3],
];

describe("the segments of an SMS", () => {
  it.each(TEXTS)("are counted for %s", (_, text, segments) => {
    expect(segmentsOf(text)).toBe(segments);
    expect(whatTwilioCounts(text)).toBe(segments);
  });
});
