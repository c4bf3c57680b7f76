import type { FlowRun } from "../../../src/cli/flows/play/run-report";
import type { Json } from "../../../src/simulator/studio/json";
import { cli, fixture, someFolder } from "./cli";
import { ask, condition, flowOf, say, set, split, trigger, whole } from "./some-flow";

const folder = someFolder();
afterAll(folder.remove);

async function play(file: string, ...args: string[]) {
  const { code, out, err } = await cli("flows", "run", file, "--json", ...args);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as FlowRun;
}

const playing = (definition: Json, ...args: string[]) => play(folder.write("flow.json", definition), ...args);
const way = ({ executions }: FlowRun) => executions.flatMap(({ steps }) => steps.map(({ widget }) => widget));
const heard = ({ messages }: FlowRun) => messages.filter(({ by }) => by === "Flow").map(({ body }) => body);
const stepOf = (run: FlowRun, name: string) =>
  run.executions.flatMap(({ steps }) => steps).find(({ widget }) => widget === name);

const bye = say("bye", "Bye");
const RIDER = ["--stub", 'https://bikes-4821-dev.twil.io/rider={"name":"Ada \\"Bolt\\" L"}'];

describe("flows run", () => {
  it("plays somebody's export to the Task, with stubs for their Functions and stand-ins for their SIDs", async () => {
    const run = await play(fixture("bike-shop"), ...RIDER, "--say", "hi", "--say", "what", "--say", " Repairs ");
    expect(way(run).slice(0, 4)).toEqual(["Trigger", "look-up-rider", "greet-rider", "ask-topic"]);
    expect(way(run).slice(-3)).toEqual(["route-topic", "set-repairs", "to-workshop"]);
    expect(heard(run)[0]).toBe('Hi Ada "Bolt" L, this is the bike shop.');
    expect(stepOf(run, "look-up-rider")).toMatchObject({
      event: "success",
      inputs: { parameters: [{ key: "phone", value: "+15550101234" }] },
      outputs: { status_code: 200, parsed: { name: 'Ada "Bolt" L' } },
    });
    expect(run.tasks).toMatchObject([
      {
        workflow: "Assign to Anyone",
        queue: "Everyone",
        channel: "chat",
        attributes: { topic: "repairs", customerName: 'Ada "Bolt" L' },
      },
    ]);
    expect(run.executions).toMatchObject([{ status: "ended", reason: "to-workshop has nothing after callComplete" }]);
    expect(run.notes).toContainEqual(expect.stringMatching(/^WW77aa.* Workflow "Assign to Anyone" stands in for it$/));
  });

  it("says it in words, too", async () => {
    const { code, out } = await cli("flows", "run", fixture("bike-shop"), "--say", "hi");
    expect(code).toBe(0);
    expect(out).toContain("2 look-up-rider (run-function) -> fail");
    expect(out).toContain("81010 error look-up-rider: Function failed");
    expect(out).toContain("--stub 'https://bikes-4821-dev.twil.io/rider=");
    expect(out).toContain("Waiting: ask-topic waits for a reply until ");
    expect(out).toContain("No Task was made.");
  });

  it("takes words and time in the order they are given in", async () => {
    const flow = flowOf(
      ask("ask", { incomingMessage: "bye", timeout: "late", deliveryFailure: "bye" }),
      bye,
      say("late", "Late"),
    );
    expect(heard(await playing(flow, "--say", "a", "--advance", "61", "--say", "b"))).toEqual([
      "Well?",
      "Late",
      "Well?",
    ]);
    expect(heard(await playing(flow, "--say", "a", "--say", "b", "--advance", "61"))).toEqual(["Well?", "Bye"]);
  });

  it("says Hello when nobody says anything", async () => {
    const run = await playing(flowOf(say("echo", "You said {{trigger.conversation.Body}}")));
    expect(heard(run)).toEqual(["You said Hello"]);
  });

  it.each([
    ["sms", "+15550101234"],
    ["whatsapp", "whatsapp:+15550101234"],
    ["messenger", "messenger:4242424242"],
    ["chat", "customer"],
    ["telegram", "telegram_4711"],
  ])("plays it on %s, with attributes on the Conversation", async (channel, address) => {
    const echo = say("echo", "{{trigger.conversation.ChannelAttributes.plan}} {{contact.channel.address}}");
    const run = await playing(flowOf(echo), "--channel", channel, "--set", "plan=gold", "--set", "age=7");
    expect(heard(run)).toEqual([`gold ${address}`]);
  });

  it("plays it on the channel it is marked for, unless told another", async () => {
    const marked = { ...flowOf(say("echo", "{{contact.channel.address}}")), description: "channel:messenger" };
    expect(heard(await playing(marked))).toEqual(["messenger:4242424242"]);
    expect(heard(await playing(marked, "--channel", "sms"))).toEqual(["+15550101234"]);
  });

  it("starts a Flow as its trigger is connected: by a number's message, or by REST", async () => {
    const order = await play(
      fixture("order-status"),
      "--say",
      "hi",
      "--say",
      "#12345",
      "--stub",
      '/orders/status={"status":"sent","daysLate":0}',
    );
    expect(order.startedBy).toBe("incomingMessage");
    expect(heard(order)).toEqual(["Which order number?", "Your order is sent."]);
    const asked = ask("ask", { incomingMessage: "bye", timeout: null }, { from: "{{flow.channel.address}}" });
    const rest = whole(
      trigger({ incomingRequest: "ask" }),
      asked,
      say("bye", "Bye", {}, { from: "{{flow.channel.address}}" }),
    );
    const run = await playing(rest, "--say", "yes");
    expect(run.startedBy).toBe("incomingRequest");
    expect(heard(run)).toEqual(["Well?", "Bye"]);
  });

  it("puts an empty Flow in the place of a subflow, and a template of its variables in that of a template", async () => {
    const order = await play(
      fixture("order-status"),
      "--say",
      "hi",
      "--say",
      "12345",
      "--stub",
      '/orders/status={"daysLate":2}',
    );
    expect(stepOf(order, "tell_late")).toMatchObject({ event: "completed" });
    expect(stepOf(order, "Trigger")?.within).toBeNull();
    const clinic = await play(fixture("clinic-whatsapp"), "--set", "firstName=Zoë");
    expect(heard(clinic)).toEqual(["Template HXcc33cc… Zoë"]);
  });

  it("shows what Studio warns of, with its code", async () => {
    const flow = flowOf(
      set("n", "n", "{{ 1 | nonsense }}", "which"),
      split("which", null, "bye", condition("equal_to", "a", "b")),
      bye,
    );
    const { warnings } = await playing(flow);
    expect(warnings).toMatchObject([
      { code: 81018, level: "warning", widget: "n" },
      { code: 81005, level: "warning", widget: "which" },
    ]);
  });

  it("answers by status alone where a stub is a number, and reads stubs from a file", async () => {
    const stubs = folder.write("stubs.json", { "https://bikes-4821-dev.twil.io/rider": 503 });
    const run = await play(fixture("bike-shop"), "--stubs", stubs);
    expect(stepOf(run, "look-up-rider")).toMatchObject({ event: "fail", outputs: { status_code: 503 } });
    expect(run.warnings).toMatchObject([{ code: 81017 }]);
  });

  it("plays our own source with our own Functions", async () => {
    const run = await play("studio-flows/sms.json", "--say", "Hello", "--say", "2");
    expect(stepOf(run, "hours")).toMatchObject({ event: "success", outputs: { parsed: { open: true } } });
    expect(run.tasks).toMatchObject([{ attributes: { team: "support", hours: "open" } }]);
    expect(run.notes).toEqual([]);
  });

  it.each([
    ["telegram", "1 Ventas\n2 Soporte"],
    ["viber", "*1* Ventas\n*2* Soporte"],
  ])("plays our source for %s through the platform, an Execution for each message", async (name, menu) => {
    const said = ["--say", "Hola", "--say", "2"];
    const run = await play(`studio-flows/${name}.json`, ...said, "--set", "language=es", "--expect", "task");
    expect(run.executions).toHaveLength(2);
    expect(stepOf(run, "wait_for_answer")).toMatchObject({ event: "next", to: null });
    expect(heard(run)[1]?.split("\n").slice(1).join("\n")).toBe(menu);
    expect(run.tasks).toMatchObject([{ attributes: { team: "support", channel: name, language: "es" } }]);
    expect(run.warnings).toEqual([]);
  });

  it("reads an open fact the other way when told to", async () => {
    const flow = flowOf(say("echo", "a {{ 1 | nonsense }}"));
    expect(heard(await playing(flow))).toEqual([]);
    expect(heard(await playing(flow, "--switch", "studioWrongTemplateText=source"))).toEqual(["a {{ 1 | nonsense }}"]);
  });

  it("fails when it does not come to where it was expected", async () => {
    const expecting = (what: string) => cli("flows", "run", fixture("bike-shop"), "--say", "hi", "--expect", what);
    expect(await expecting("ask-topic")).toMatchObject({ code: 0 });
    expect(await expecting("task")).toMatchObject({ code: 1, err: "It did not come to task." });
  });

  it.each([
    ["voice-menu", "no-message-start: only a call starts this Flow", "Connect a message event of the trigger"],
    ["before-version-2", "MessagePrompt is send-and-wait-for-reply now", "export it again"],
    ["invented-widgets", "unknown-widget: hangup is none of [", "Use one of these types"],
  ])("refuses what cannot be played in lint's words, with the remedy: %s", async (name, words, remedy) => {
    const { code, err } = await cli("flows", "run", fixture(name));
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(err).toContain(remedy);
  });

  it.each([
    [["--say"], "argument missing"],
    [["--advance", "soon"], "seconds are a number"],
    [["--channel", "telegraph"], "Allowed choices are sms"],
    [["--set", "plan"], "write it as key=value"],
    [["--stub", "https://a.example"], "write it as url=json"],
    [["--stubs", "README.md"], "README.md is not JSON"],
  ])("calls %j misuse, exit code 2", async (args, words) => {
    const { code, err } = await cli("flows", "run", fixture("bike-shop"), ...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

describe("demo --flow", () => {
  it("greets, and takes the first choice of the menu", async () => {
    const { code, out } = await cli("demo", "--flow", fixture("bike-shop"), "--json");
    expect(code).toBe(0);
    const run = JSON.parse(out) as FlowRun;
    expect(run.messages.filter(({ by }) => by === "customer").map(({ body }) => body)).toEqual(["Hello", "1"]);
    expect(run.tasks).toMatchObject([{ attributes: { topic: "repairs" } }]);
  });

  it("takes it as well where each answer begins an Execution", async () => {
    const { out } = await cli("demo", "--flow", "studio-flows/telegram.json");
    expect(out).toContain('"team":"sales"');
  });

  it("answers as told before that", async () => {
    const { out } = await cli("demo", "--flow", "studio-flows/sms.json", "--say", "hm", "--say", "2");
    expect(out).toContain("customer  hm");
    expect(out).toContain('"team":"support"');
  });
});
