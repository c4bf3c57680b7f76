import { hasWindow, isWindowOpen } from "../../src/channels/window";

const NOW = new Date("2026-03-02T12:00:00Z");
const WHATSAPP = "whatsapp:+15550101234";
const MESSENGER = "messenger:4242424242";
const DAY = 24 * 3600;

const written = (author: string, secondsAgo: number) => ({
  author,
  createdAt: new Date(NOW.getTime() - secondsAgo * 1000),
});

describe.each([WHATSAPP, MESSENGER])("the window of %s", (address) => {
  it.each([
    ["a second before the day is over", [written(address, DAY - 1)], true],
    ["when the day is over", [written(address, DAY)], false],
    ["after nothing but what others wrote", [written("ada", 5), written("+15550101234", 5)], false],
    ["after nothing at all", [], false],
    ["by the newest of their messages", [written(address, 3 * DAY), written(address, 60), written("ada", 5)], true],
  ])("%s", (_, messages, open) => {
    expect(isWindowOpen(address, messages, NOW)).toBe(open);
  });

  it("exists", () => expect(hasWindow(address)).toBe(true));
});

it.each(["+15550101234", "ada"])("%s has none, and may always be written to", (address) => {
  expect(hasWindow(address)).toBe(false);
  expect(isWindowOpen(address, [], NOW)).toBe(true);
});
