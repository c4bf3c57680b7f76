import { levelOf, type StudioCode } from "../../../src/simulator/studio/codes";
import {
  ask,
  customer,
  drawn,
  flowOf,
  heldAnswer,
  jsonAnswer,
  type State,
  say,
  sender,
  set,
  state,
  studioBench,
} from "./studio-bench";

interface Case {
  code: StudioCode;
  what: string;
  options?: Parameters<typeof studioBench>[0];
  states: State[];
  /** What the customer writes after the first message. */
  replies?: string[];
  /** What the customer sees at the end. */
  heard: string[];
  reason: string;
}

const url = "https://a.twil.io/b";
const refused = { status: 0, headers: {}, body: "", failure: "refused" } as const;
const end = (name: string) => `${name} has nothing after sent`;

const cases: Case[] = [
  {
    code: 81000,
    what: "a thousand steps",
    states: [set("one", {}, "two"), set("two", {}, "one")],
    heard: [],
    reason: "more than 1000 steps",
  },
  {
    code: 81001,
    what: "a widget that ran ten times in a row",
    states: [ask("ask", "Again?", { incomingMessage: "ask" })],
    replies: Array.from({ length: 12 }, () => "yes"),
    heard: [...Array.from({ length: 10 }, () => "Again?"), "Again?", "Again?"],
    reason: "",
  },
  {
    code: 81005,
    what: "a Split with nowhere to go",
    states: [
      say("first", "Hello", { sent: "route" }),
      state("split-based-on", "route", { input: "x" }, { noMatch: "" }),
    ],
    heard: ["Hello"],
    reason: "route has nothing after noMatch",
  },
  {
    code: 81010,
    what: "a Function that cannot be reached",
    options: { answer: () => refused },
    states: [
      state("run-function", "call", { url }, { success: "good", fail: "sorry" }),
      say("sorry", "Sorry"),
      say("good", "Good"),
    ],
    heard: ["Sorry"],
    reason: end("sorry"),
  },
  {
    code: 81011,
    what: "a message without a text",
    states: [
      say("first", " ", { sent: "good", failed: "sorry" }, { body: "" }),
      say("good", "Good"),
      say("sorry", "Sorry"),
    ],
    heard: ["Sorry"],
    reason: end("sorry"),
  },
  {
    code: 81014,
    what: "an address that is none",
    states: [http({ url: "{{flow.variables.none}}" }), say("sorry", "Sorry")],
    heard: ["Sorry"],
    reason: end("sorry"),
  },
  {
    code: 81015,
    what: "Task attributes that are no JSON",
    states: [
      state(
        "send-to-flex",
        "flex",
        { workflow: "WW1", channel: "TC1", attributes: '{"a": "{{trigger.conversation.Body}}}' },
        { failedToEnqueue: "sorry" },
      ),
      say("sorry", "Sorry"),
    ],
    heard: ["Sorry"],
    reason: end("sorry"),
  },
  {
    code: 81016,
    what: "a host that answers 500",
    options: { answer: () => jsonAnswer({}, 500) },
    states: [http({ url }), say("sorry", "Sorry")],
    heard: ["Sorry"],
    reason: end("sorry"),
  },
  {
    code: 81017,
    what: "a Function that fails",
    options: { answer: () => jsonAnswer({}, 500) },
    states: [
      state("run-function", "call", { url }, { fail: "sorry" }),
      say("sorry", "Sorry {{widgets.call.status_code}}"),
    ],
    heard: ["Sorry 500"],
    reason: end("sorry"),
  },
  {
    code: 81018,
    what: "a template that is wrong",
    states: [set("keep", { a: "{{ 1 + 1 }}" }, "tell"), say("tell", "[{{flow.variables.a}}]")],
    heard: ["[]"],
    reason: end("tell"),
  },
  {
    code: 81021,
    what: "a revision that is not there",
    states: [subflow("own", "7"), say("sorry", "Sorry")],
    heard: ["Sorry"],
    reason: end("sorry"),
  },
  {
    code: 81024,
    what: "a subflow that is not there",
    states: [subflow("FW00000000000000000000000000000000", "1"), say("sorry", "Sorry")],
    heard: ["Sorry"],
    reason: end("sorry"),
  },
  {
    code: 81026,
    what: "a Flow that is too large with its subflow",
    states: [subflow("own", "1"), say("sorry", "Sorry")],
    heard: ["Sorry"],
    reason: end("sorry"),
  },
  {
    code: 81027,
    what: "a value that is no JSON object",
    states: [
      state("set-variables", "keep", { variables: [{ key: "a", value: "{", type: "json_object" }] }, { next: "tell" }),
      say("tell", "[{{flow.variables.a}}]"),
    ],
    heard: ["[]"],
    reason: end("tell"),
  },
];

it.each(cases)("$code: $what", async ({ code, options, states, replies = [], heard, reason }) => {
  const bench = studioBench(options);
  const own = bench.publish(...(code === 81026 ? many(1999) : [say("inside", "Inside")]));
  await bench.run(...states.map((one) => naming(one, own)));
  for (const reply of replies) await bench.customerSays(reply);
  expect(warningsOf(bench)).toContainEqual({ code, level: levelOf(code) });
  expect(bench.heard()).toEqual(heard);
  if (reason) expect(bench.execution()).toMatchObject({ status: "ended", reason });
});

it("81002: a message that comes while a widget is out, and one by REST for a customer who is served", async () => {
  const { answer, give } = heldAnswer();
  const bench = studioBench({ answer });
  const definition = drawn(
    flowOf(state("run-function", "call", { url }, { success: "tell" }), say("tell", "Done", {}, { from: sender })),
  );
  const flow = bench.studio.createFlow({ friendlyName: "Flow", status: "published", definition });
  bench.studio.startExecution(flow, { to: customer, from: sender });
  expect(() => bench.studio.startExecution(flow, { to: customer, from: sender })).toThrow("is active");
  bench.studio.receive(flow.sid, { From: customer, To: sender, Body: "hello?", MessageSid: "SM1" });
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  give();
  await bench.settled();
  expect(warningsOf(bench)).toEqual([
    { code: 81002, level: "warning" },
    { code: 81002, level: "warning" },
  ]);
  expect(bench.heard()).toEqual(["Done"]);
});

it("81020: Send to Flex where there is no Conversation", async () => {
  const flex = state("send-to-flex", "flex", { workflow: "WW1", channel: "TC1" }, { failedToEnqueue: "sorry" });
  const bench = await studioBench().request({}, flex, say("sorry", "Sorry", {}, { from: sender }));
  expect(warningsOf(bench)).toEqual([{ code: 81020, level: "warning" }]);
  expect(bench.heard()).toEqual(["Sorry"]);
});

function http(properties: object) {
  const given = { method: "GET", content_type: "application/json", ...properties };
  return state("make-http-request", "call", given, { success: "good", failed: "sorry" });
}

function subflow(flow_sid: string, flow_revision: string) {
  return state("run-subflow", "down", { flow_sid, flow_revision }, { completed: "good", failed: "sorry" });
}

/** With the SID of a Flow that was just made, where a case says `own`. */
function naming(one: State, own: string): State {
  return one.properties.flow_sid === "own" ? { ...one, properties: { ...one.properties, flow_sid: own } } : one;
}

function many(count: number) {
  return Array.from({ length: count }, (_, index) => set(`s${index}`, {}));
}

const warningsOf = (bench: ReturnType<typeof studioBench>) =>
  bench.world.log.entries.flatMap(({ kind, data }) =>
    kind === "warning" ? [{ code: data?.code, level: data?.level }] : [],
  );
