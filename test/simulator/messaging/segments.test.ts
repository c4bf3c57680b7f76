import { segmentsOf } from "../../../src/simulator/messaging/segments";

it.each([
  ["a word", "Hello", 1],
  ["nothing", "", 1],
  ["160 of the GSM alphabet", "a".repeat(160), 1],
  ["161 of the GSM alphabet", "a".repeat(161), 2],
  ["306 of the GSM alphabet", "a".repeat(306), 2],
  ["307 of the GSM alphabet", "a".repeat(307), 3],
  ["accents that GSM knows", "é".repeat(160), 1],
  ["80 that take an escape", "€".repeat(80), 1],
  ["81 that take an escape", "€".repeat(81), 2],
  ["an escape where a segment ends", `${"a".repeat(152)}€${"a".repeat(152)}`, 3],
  ["70 of any alphabet", "ё".repeat(70), 1],
  ["71 of any alphabet", "ё".repeat(71), 2],
  ["134 of any alphabet", "ё".repeat(134), 2],
  ["135 of any alphabet", "ё".repeat(135), 3],
  ["one accent that GSM does not know", `ê${"a".repeat(70)}`, 2],
  ["35 emoji of two units", "👋".repeat(35), 1],
  ["36 emoji of two units", "👋".repeat(36), 2],
  ["67 emoji, of which none is cut in two", "👋".repeat(67), 3],
])("%s", (_, text, segments) => {
  expect(segmentsOf(text)).toBe(segments);
});
