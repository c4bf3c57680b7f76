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

/** Whose Flows speak through our Function, since Studio's own words do not reach them. */
const OURS = ["telegram", "viber"];

describe.each(["sms", "whatsapp", "messenger", "web-chat", ...OURS])("studio-flows/%s.json", (name) => {
  const source = readFlow("studio-flows", name);
  const states = statesOf(name);

  it("holds no SID and no host of any account", () => {
    expect(JSON.stringify(source.definition)).not.toMatch(/[A-Z]{2}[0-9a-f]{32}|\.twil\.io/);
  });

  it("names only what an account has: one Workflow, one Task Channel, our Functions", () => {
    expect(tokensOf(source)).toEqual([
      { kind: "function", name: "studio/customer-context" },
      { kind: "function", name: "studio/opening-hours" },
      ...(OURS.includes(name) ? [{ kind: "function", name: "studio/say" }] : []),
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
    expect(dead).toEqual([OURS.includes(name) ? "say_trouble fail" : "say_trouble failed"]);
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

  /** An Execution ends at its question, and the answer begins the next one at the step where it left the customer. */
  describe.each(OURS)("%s", (name) => {
    const byName = new Map(statesOf(name).map((state) => [state.name, state]));
    const parametersOf = (state: string) => {
      const parameters = byName.get(state)?.properties.parameters as { key: string; value: string }[];
      return Object.fromEntries(parameters.map(({ key, value }) => [key, value]));
    };
    /** What it has instead of counting while it waits, and of a wait before it tries to reach Flex again. */
    const own = ["where_they_stand", "was_it_asked", "wrote_meanwhile", "wait_for_answer"];
    const notThere = ["count_asks", "count_failures", "failed_enough", "apologise"];
    const isSpeaking = (state: State) => state.type === "send-message" || state.type === "send-and-wait-for-reply";

    it("has the states that WhatsApp has, but for how it waits", () => {
      const names = statesOf("whatsapp").map((state) => state.name);
      const same = names.filter((state) => !notThere.includes(state));
      expect([...byName.keys()].filter((state) => !own.includes(state))).toEqual(expect.arrayContaining(same));
      expect(byName.size).toBe(same.length + own.length);
    });

    it("says the same, in Flex's markdown, and by our Function only", () => {
      const markdown = (body: unknown) => String(body).replace(/\*(\d)\*/g, "**$1**");
      const speaking = statesOf("whatsapp").filter((state) => isSpeaking(state) && !notThere.includes(state.name));
      for (const state of speaking.filter((one) => one.name !== "ask_team")) {
        expect(byName.get(state.name)?.properties.url).toBe("${function:studio/say}");
        expect(parametersOf(state.name).body).toBe(markdown(state.properties.body));
      }
      const asks = /\{%( if|.*%\}\{% if) [^%]* %\}/;
      const asked = statesOf("whatsapp").find((state) => state.name === "ask_team")?.properties.body;
      expect(parametersOf("ask_team").body?.replace(asks, "")).toBe(markdown(asked).replace(asks, ""));
      expect(statesOf(name).filter(isSpeaking)).toEqual([]);
    });

    it("goes the same ways wherever it neither asks nor waits", () => {
      const changed = ["context", "who_has_them", "which_team", "asked_enough", "recover"];
      const ways = ({ transitions }: State) => transitions.map(({ event, next }) => [event, next]);
      for (const state of statesOf("whatsapp")) {
        if (isSpeaking(state) || notThere.includes(state.name) || changed.includes(state.name)) continue;
        expect([state.name, ways(byName.get(state.name) ?? state)]).toEqual([state.name, ways(state)]);
      }
    });

    it("knows the same answers, whether they come as a message of their own or while it speaks", () => {
      const answers = (flow: string, state: string) =>
        statesOf(flow)
          .find((one) => one.name === state)
          ?.transitions.flatMap(({ conditions = [], next }) => conditions.map((one) => [one, next]))
          .map(([condition, next]) => ({ ...(condition as object), arguments: [], next }));
      const known = answers("whatsapp", "which_team") ?? [];
      expect(answers(name, "which_team")).toEqual(known);
      expect(answers(name, "wrote_meanwhile")).toEqual(known.slice(0, 2));
    });

    it("waits for an answer as long as WhatsApp does, and asks as often", () => {
      expect(parametersOf("ask_team")).toMatchObject({ next: "team", wait: "900" });
      const most = (flow: string) =>
        statesOf(flow).find((state) => state.name === "asked_enough")?.transitions[1]?.conditions;
      expect(most(name)).toMatchObject([{ value: "2" }]);
      expect(most("whatsapp")).toMatchObject([{ value: "2" }]);
    });
  });

  it("telegram and viber differ in their names only", () => {
    const words = (name: string) => JSON.stringify(statesOf(name)).replaceAll(name, "channel");
    expect(words("telegram")).toBe(words("viber"));
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
