import { type State, say, studioBench } from "../studio-bench";

it("leaves by the transition whose condition holds", async () => {
  const bench = await studioBench().run(
    split(match("equal_to", "bye", "one"), match("equal_to", "HELLO ", "two")),
    ...ends,
  );
  expect(bench.botTexts()).toEqual(["Two"]);
});

it("takes the first match, though noMatch stands before it", async () => {
  const bench = await studioBench().run(
    split({ event: "noMatch", next: "none" }, match("contains", "hell", "one"), match("contains", "hello", "two")),
    ...ends,
  );
  expect(bench.botTexts()).toEqual(["One"]);
});

it("leaves by noMatch when nothing holds", async () => {
  const bench = await studioBench().run(
    split({ event: "noMatch", next: "none" }, match("equal_to", "bye", "one")),
    ...ends,
  );
  expect(bench.botTexts()).toEqual(["None"]);
  expect(bench.codes()).toEqual([]);
});

it.each([
  ["has no noMatch", []],
  ["has a noMatch that leads nowhere", [{ event: "noMatch" }]],
])("ends with 81005 when nothing holds and it %s", async (_what, transitions) => {
  const bench = await studioBench().run(split(...transitions, match("equal_to", "bye", "one")), ...ends);
  expect(bench.codes()).toEqual([81005]);
  expect(bench.execution().status).toBe("ended");
});

it("tests the condition's own argument where it differs from the input", async () => {
  const bench = await studioBench().run(
    split(match("equal_to", "sms", "one", "{{trigger.conversation.Source}}")),
    ...ends,
  );
  expect(bench.botTexts()).toEqual(["One"]);
});

it.each([
  ["all", "None"],
  ["any", "One"],
] as const)("with studioConditionsOfTransition %s goes to %s when one of two holds", async (reading, text) => {
  const both = { ...match("contains", "hell", "one") };
  both.conditions = [...both.conditions, ...match("contains", "bye", "one").conditions];
  const bench = await studioBench({ switches: { studioConditionsOfTransition: reading } }).run(
    split(both, { event: "noMatch", next: "none" }),
    ...ends,
  );
  expect(bench.botTexts()).toEqual([text]);
});

it.each([
  ["pacific", "One"],
  ["utc", "None"],
] as const)("with studioSplitTimeZone %s goes to %s at half past five in Greenwich", async (reading, text) => {
  const evening = match("is_after_time", "21:00", "one", "2026-03-01T05:30:00Z");
  const bench = await studioBench({ switches: { studioSplitTimeZone: reading } }).run(
    split(evening, { event: "noMatch", next: "none" }),
    ...ends,
  );
  expect(bench.botTexts()).toEqual([text]);
});

it("asks no open fact where none matters", async () => {
  const bench = await studioBench().run(
    split(match("is_after_time", "08:00", "one", "09:00"), { event: "noMatch", next: "none" }),
    ...ends,
  );
  expect(bench.botTexts()).toEqual(["One"]);
  expect([...bench.world.openFacts].filter((name) => name.startsWith("studioSplit"))).toEqual([]);
});

const ends = [say("one", "One"), say("two", "Two"), say("none", "None")];

function split(...transitions: State["transitions"]): State {
  return { name: "route", type: "split-based-on", properties: { input: "{{trigger.conversation.Body}}" }, transitions };
}

function match(type: string, value: string, next: string, argument = "{{trigger.conversation.Body}}") {
  return { event: "match", next, conditions: [{ friendly_name: value, type, value, arguments: [argument] }] };
}
