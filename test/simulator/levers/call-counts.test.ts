import type { LogEntry } from "../../../src/simulator/event-log";
import { callCounts, callsOf } from "../../../src/simulator/levers/call-counts";

let seq = 0;
const rest = (span: [number, number], invocation: string | undefined = "RQ1"): LogEntry => {
  seq += 1;
  return { seq, at: "2026-11-24T15:00:00.000Z", kind: "rest", name: "GET FetchDocument", span, invocation };
};
const ran = (name: string, invocation: string): LogEntry => ({ ...rest([0, 0], invocation), kind: "function", name });

it.each<[string, [number, number][], number]>([
  ["none", [], 0],
  [
    "one after another",
    [
      [0, 1],
      [1, 2],
      [3, 4],
    ],
    3,
  ],
  [
    "all at once",
    [
      [0, 5],
      [1, 6],
      [2, 3],
    ],
    1,
  ],
  [
    "two at once, then one",
    [
      [0, 5],
      [0, 4],
      [6, 7],
    ],
    2,
  ],
  [
    "two in turn beside a long one",
    [
      [0, 30],
      [1, 10],
      [11, 20],
    ],
    2,
  ],
  [
    "each overlapping only the next",
    [
      [0, 10],
      [5, 15],
      [12, 20],
    ],
    2,
  ],
])("finds the longest chain of calls: %s", (_, spans, sequential) => {
  const entries = spans.map((span) => rest(span));
  expect(callsOf(entries, "RQ1")).toEqual({ calls: spans.length, sequential });
});

it("counts for one Function call only what was called in it", () => {
  const entries = [rest([0, 1]), rest([2, 3], "RQ2"), rest([4, 5], undefined)];
  expect(callsOf([...entries, { ...rest([6, 7]), invocation: undefined }], "RQ2")).toEqual({ calls: 1, sequential: 1 });
});

it("tells of each Function how often it ran and what it asked for at most", () => {
  const entries = [
    rest([0, 1], "RQ1"),
    ran("/a", "RQ1"),
    rest([0, 5], "RQ2"),
    rest([1, 4], "RQ2"),
    { ...rest([5, 6], "RQ2"), kind: "platform" as const, name: "telegram sendMessage" },
    ran("/a", "RQ2"),
    ran("/b", "RQ3"),
  ];
  expect(callCounts(entries)).toEqual({
    "/a": { count: 2, most: 2, mostSequential: 1, mostOfPlatforms: 1 },
    "/b": { count: 1, most: 0, mostSequential: 0, mostOfPlatforms: 0 },
  });
});
