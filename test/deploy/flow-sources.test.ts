import { readFlow } from "../../src/cli/read-flows";
import { parseFlowSource, renderFlow, tokensOf } from "../../src/deploy/flow-source";
import { validateDefinition } from "../../src/simulator/studio/validate-definition";

interface State {
  name: string;
  type: string;
  transitions: { event: string; next?: string; conditions?: { friendly_name: string }[] }[];
  properties: Record<string, unknown>;
}

const statesOf = (name: string) => readFlow("studio-flows", name).definition.states as unknown as State[];

/** Events after which a customer would be left with silence if nothing followed. */
const TROUBLE = ["fail", "failed", "failedToEnqueue", "callFailure", "timeout", "deliveryFailure"];

describe.each(["sms", "whatsapp", "messenger", "web-chat"])("studio-flows/%s.json", (name) => {
  const source = readFlow("studio-flows", name);
  const states = statesOf(name);

  it("holds no SID and no host of any account", () => {
    expect(JSON.stringify(source.definition)).not.toMatch(/[A-Z]{2}[0-9a-f]{32}|\.twil\.io/);
  });

  it("names only what an account has: one Workflow, one Task Channel, our Functions", () => {
    expect(tokensOf(source)).toEqual([
      { kind: "function", name: "studio/customer-context" },
      { kind: "function", name: "studio/opening-hours" },
      { kind: "workflow", name: "Assign to Anyone" },
      { kind: "task-channel", name: "chat" },
      { kind: "function", name: "flex/send-to-flex" },
    ]);
  });

  it("is valid for Studio once rendered", () => {
    const rendered = renderFlow(source, ({ kind }) =>
      kind === "workflow"
        ? `WW${"0".repeat(32)}`
        : kind === "task-channel"
          ? `TC${"0".repeat(32)}`
          : "https://x.twil.io/y",
    );
    expect(validateDefinition(rendered)).toEqual([]);
  });

  it("leads every failure and time-out on to something, but for the apology that ends its tries", () => {
    const dead = states.flatMap(({ name, transitions }) =>
      transitions.filter(({ event, next }) => TROUBLE.includes(event) && !next).map(({ event }) => `${name} ${event}`),
    );
    expect(dead).toEqual(["say_trouble failed"]);
  });

  it("puts every value into Task attributes by to_json, so that no customer's words can break them", () => {
    const attributes = states
      .filter(({ type }) => type === "send-to-flex")
      .map(({ properties }) => String(properties.attributes));
    expect(attributes).toHaveLength(2);
    for (const template of attributes) {
      for (const [, output] of template.matchAll(/\{\{(.*?)\}\}/g)) expect(output).toMatch(/\| to_json\s*$/);
    }
  });

  it("survives being read and written unchanged", () => {
    expect(parseFlowSource(name, JSON.stringify(source.definition)).definition).toEqual(source.definition);
  });
});

/** Where a widget stands on the canvas is no difference. */
function wordsOf({ properties: { offset: _, ...words } }: { properties: Record<string, unknown> }) {
  return words;
}

/**
 * The Flows stand beside each other rather than share a subflow: each reads from top to bottom, is deployed in one step,
 * and an administrator may change one without the others. What is alike in them is held alike here.
 */
describe("the Flows of the channels", () => {
  /** Without what only SMS has: the transitions for words that Twilio answers by itself. */
  const common = (name: string) =>
    statesOf(name).map((state) => ({
      ...state,
      transitions: state.transitions.filter(({ conditions }) => conditions?.[0]?.friendly_name !== "a word for Twilio"),
      ...(state.name === "ask_team" ? { properties: {} } : {}),
    }));

  it.each(["whatsapp", "messenger"])(
    "%s says and does what SMS does, but for its menu's looks and SMS's own words",
    (name) => {
      expect(common(name)).toEqual(common("sms"));
    },
  );

  it("web-chat does the same, but for what guests have told before: their topic, their name and the chat before", () => {
    const own = ["take_topic", "knows_team"];
    const changed = ["who_has_them", "greet", "to_agent", "to_agent_later", "recover"];
    const alike = (name: string) =>
      common(name)
        .filter((state) => !own.includes(state.name))
        .map((state) => (changed.includes(state.name) ? state.name : { ...state, properties: wordsOf(state) }));
    expect(alike("web-chat")).toEqual(alike("sms"));
  });

  it("ends without a word on words that Twilio answers by itself, on SMS only", () => {
    const ends = (name: string) =>
      statesOf(name).flatMap((state) =>
        state.transitions
          .filter(({ conditions }) => conditions?.[0]?.friendly_name === "a word for Twilio")
          .map(({ next }) => [state.name, next]),
      );
    expect(ends("sms")).toEqual([
      ["who_has_them", undefined],
      ["which_team", undefined],
      ["still_ours", undefined],
    ]);
    expect([...ends("whatsapp"), ...ends("messenger")]).toEqual([]);
  });
});
