import { areRepeated } from "../../src/conversation/repeats-itself";

const AWAY = "I am out of office.";

describe("five Messages", () => {
  const at = (second: number, body: string) => ({
    sid: `IM${second}`,
    author: "+15550101234",
    body,
    attributes: {},
    createdAt: new Date(Date.UTC(2026, 10, 24, 15, 0, second)),
  });
  const five = (body: string, apart: number) => [0, 1, 2, 3, 4].map((i) => at(i * apart, body));

  it.each<[string, ReturnType<typeof five>, boolean]>([
    ["with the same words within a minute", five(AWAY, 15), true],
    [
      "whose words differ in case and blanks alone",
      [...five(AWAY, 10).slice(1), at(50, ` ${AWAY.toUpperCase()} `)],
      true,
    ],
    ["within a little more", five(AWAY, 16), false],
    ["that are files", five("", 1), false],
    ["of which one is another", [...five(AWAY, 1).slice(1), at(9, "Hello")], false],
    ["after others", [at(0, "Hello"), ...five(AWAY, 3)], true],
    ["less one", five(AWAY, 1).slice(1), false],
  ])("%s", (_, messages, repeated) => {
    expect(areRepeated(messages)).toBe(repeated);
  });
});
