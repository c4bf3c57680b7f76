import { say, state, studioBench } from "../studio-bench";

it("sets flow.variables and its own outputs, and leaves by next", async () => {
  const bench = await studioBench().run(
    set("keep", { key: "team", value: "{{trigger.conversation.Body}}", type: "string" }),
    say("greet", "{{flow.variables.team}} {{widgets.keep.team}}"),
  );
  expect(bench.botTexts()).toEqual(["hello hello"]);
  expect(bench.widgetLines()).toContain("set-variables keep -> next");
});

it("keeps what earlier widgets set", async () => {
  const bench = await studioBench().run(
    state("set-variables", "one", { variables: [{ key: "a", value: "1" }] }, { next: "keep" }),
    set("keep", { key: "b", value: "2" }),
    say("greet", "{{flow.variables.a}}{{flow.variables.b}}"),
  );
  expect(bench.botTexts()).toEqual(["12"]);
});

it("parses a JSON object", async () => {
  const bench = await studioBench().run(
    set("keep", { key: "order", value: '{"id": {{trigger.conversation.Body | to_json}}}', type: "json_object" }),
    say("greet", "{{flow.variables.order.id}}"),
  );
  expect(bench.botTexts()).toEqual(["hello"]);
});

it("leaves an empty text, with 81027, where the JSON is wrong", async () => {
  const bench = await studioBench().run(
    set("keep", { key: "order", value: "{nonsense", type: "json_object" }),
    say("greet", "[{{flow.variables.order}}]"),
  );
  expect(bench.botTexts()).toEqual(["[]"]);
  expect(bench.codes()).toEqual([81027]);
});

function set(name: string, variable: Record<string, string>) {
  return state("set-variables", name, { variables: [variable] }, { next: "greet" });
}
