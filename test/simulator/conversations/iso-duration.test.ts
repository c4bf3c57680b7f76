import { durationMs } from "../../../src/simulator/conversations/iso-duration";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

it.each([
  ["PT1M", MINUTE],
  ["PT90S", 1.5 * MINUTE],
  ["PT0.5S", 500],
  ["P3D", 3 * DAY],
  ["P1W", 7 * DAY],
  ["P1Y2M3DT4H5M6S", 365 * DAY + 60 * DAY + 3 * DAY + (4 * 60 + 5) * MINUTE + 6000],
])("reads %s", (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

it.each(["", "P", "PT", "P1DT", "1M", "pt1m", "PT1H30", "PT-1M", "P1M1W", "60"])("does not read %p", (text) => {
  expect(durationMs(text)).toBeUndefined();
});
