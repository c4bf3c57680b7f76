import { notRun } from "../../../src/simulator/studio/widgets/not-run";
import { ask, flowOf, heldAnswer, say, set, state, studioBench } from "./studio-bench";

describe("messages and Executions", () => {
  it("starts an Execution with a Conversation's message and ends it with the last widget", async () => {
    const bench = await studioBench().run(say("greet", "Hello"));
    expect(bench.botTexts()).toEqual(["Hello"]);
    expect(bench.execution()).toMatchObject({
      status: "ended",
      reason: "greet has nothing after sent",
      path: ["Trigger", "greet"],
    });
    expect(bench.widgetLines()).toEqual([
      "trigger Trigger -> incomingConversationMessage",
      "send-message greet -> sent",
    ]);
  });

  it("ends at once when the trigger leads nowhere for messages", async () => {
    const bench = studioBench();
    const definition = { ...flowOf(say("greet", "Hello")) };
    definition.states[0] = state("trigger", "Trigger", {}, { incomingRequest: "greet" });
    const { sid } = bench.studio.createFlow({ friendlyName: "Flow", status: "published", definition });
    bench.studio.deliver(sid, await messageOf(bench));
    await bench.settled();
    expect(bench.execution().reason).toBe("Trigger has nothing after incomingConversationMessage");
    expect(bench.botTexts()).toEqual([]);
  });

  it("has one active Execution a Conversation: a reply goes to the one that waits", async () => {
    const bench = studioBench();
    bench.attach(
      ask("ask", "Sales or support?", { incomingMessage: "thank" }),
      say("thank", "{{widgets.ask.inbound.Body}}"),
    );
    await bench.customerSays("hello");
    expect(bench.execution().waitingUntil).toEqual(expect.any(Date));
    await bench.customerSays("sales");
    expect(bench.studio.executions.size).toBe(1);
    expect(bench.botTexts()).toEqual(["Sales or support?", "sales"]);
    expect(bench.execution()).toMatchObject({ status: "ended", waitingUntil: null });
  });

  it("starts the Flow again with the message after its end", async () => {
    const bench = await studioBench().run(say("greet", "Hello"));
    await bench.customerSays("again");
    expect(bench.studio.executions.size).toBe(2);
    expect(bench.botTexts()).toEqual(["Hello", "Hello"]);
  });

  it("ignores a message that comes while a Function runs, with 81002", async () => {
    const { answer, give } = heldAnswer();
    const bench = studioBench({ answer });
    bench.attach(
      state("run-function", "lookup", { url: "https://a.twil.io/b" }, { success: "greet" }),
      say("greet", "Hello"),
    );
    bench.customerSends({ body: "one" });
    bench.customerSends({ body: "two" });
    await turns();
    give();
    await bench.settled();
    expect(bench.studio.executions.size).toBe(1);
    expect(bench.codes()).toEqual([81002]);
    expect(bench.botTexts()).toEqual(["Hello"]);
  });

  it("ignores a message for another Flow while one has the Conversation", async () => {
    const bench = await studioBench().run(ask("ask", "Yes?", { incomingMessage: "thank" }), say("thank", "Thanks"));
    bench.world.conversations.removeWebhook(bench.conversation.sid, bench.hooks[0]?.sid ?? "");
    bench.attach(say("other", "Other"));
    await bench.customerSays("hello?");
    expect(bench.codes()).toEqual([81002]);
    expect(bench.botTexts()).toEqual(["Yes?"]);
  });

  it("does not take its own messages for replies, even where they reach webhooks", async () => {
    const bench = studioBench({ switches: { studioMessagesReachWebhooks: true } });
    await bench.run(ask("ask", "Yes?", { incomingMessage: "thank" }), say("thank", "Thanks"));
    expect(bench.botTexts()).toEqual(["Yes?"]);
    expect(bench.execution().status).toBe("active");
  });

  it("runs what is published, not a newer draft, and lets a running Execution keep its definition", async () => {
    const bench = studioBench();
    const flow = bench.attach(ask("ask", "Old?", { incomingMessage: "thank" }), say("thank", "Old thanks"));
    bench.studio.updateFlow(flow, { status: "draft", definition: flowOf(say("greet", "Draft")) });
    await bench.customerSays("hello");
    bench.studio.updateFlow(flow, { status: "published", definition: flowOf(say("greet", "New")) });
    await bench.customerSays("a reply", "hello again");
    await bench.customerSays("hello again");
    expect(bench.botTexts()).toEqual(["Old?", "Old thanks", "New", "New"]);
  });

  it("ignores messages for a Flow that was never published", async () => {
    const bench = studioBench();
    const { sid } = bench.studio.createFlow({
      friendlyName: "Flow",
      status: "draft",
      definition: flowOf(say("greet", "Hi")),
    });
    bench.studio.deliver(sid, await messageOf(bench));
    await bench.settled();
    expect(bench.studio.executions.size).toBe(0);
    expect(bench.world.log.entries.at(-1)).toMatchObject({
      kind: "warning",
      name: "message ignored: the Flow was never published",
    });
  });
});

describe("waits", () => {
  it("leaves by timeout when the customer stays silent", async () => {
    const bench = await studioBench().run(ask("ask", "Yes?", { timeout: "bye" }, "60"), say("bye", "Bye"));
    await bench.secondsPass(59);
    expect(bench.botTexts()).toEqual(["Yes?"]);
    await bench.secondsPass(2);
    expect(bench.botTexts()).toEqual(["Yes?", "Bye"]);
  });

  it("waits an hour unless told otherwise", async () => {
    const bench = studioBench();
    bench.attach(
      state("send-and-wait-for-reply", "ask", { from: "Bot", body: "Yes?" }, { timeout: "bye" }),
      say("bye", "Bye"),
    );
    await bench.customerSays("hello");
    await bench.secondsPass(3599);
    expect(bench.execution().status).toBe("active");
    await bench.secondsPass(2);
    expect(bench.execution().status).toBe("ended");
  });

  it("does not run into its time-out after a reply", async () => {
    const bench = await studioBench().run(
      ask("first", "One?", { incomingMessage: "second", timeout: "bye" }, "60"),
      ask("second", "Two?", { timeout: "bye" }, "600"),
      say("bye", "Bye"),
    );
    await bench.customerSays("reply");
    await bench.secondsPass(120);
    expect(bench.botTexts()).toEqual(["One?", "Two?"]);
  });

  it("gives up what it waits for when it is ended by REST", async () => {
    const bench = await studioBench().run(ask("ask", "Yes?", { timeout: "bye" }, "60"), say("bye", "Bye"));
    bench.studio.endExecution(bench.execution(), "ended by REST");
    await bench.secondsPass(120);
    expect(bench.execution()).toMatchObject({ status: "ended", reason: "ended by REST", waitingUntil: null });
    expect(bench.botTexts()).toEqual(["Yes?"]);
  });

  it("goes no further when it is ended while a Function runs", async () => {
    const { answer, give } = heldAnswer();
    const bench = studioBench({ answer });
    bench.attach(
      state("run-function", "lookup", { url: "https://a.twil.io/b" }, { success: "greet" }),
      say("greet", "Hello"),
    );
    bench.customerSends({ body: "hello" });
    await turns();
    bench.studio.endExecution(bench.execution(), "ended by REST");
    give();
    await bench.settled();
    expect(bench.botTexts()).toEqual([]);
  });
});

describe("limits", () => {
  it("stops a widget that ran ten times in a row, with 81001", async () => {
    const bench = await studioBench().run(say("again", "Hello", { sent: "again" }));
    expect(bench.botTexts()).toHaveLength(10);
    expect(bench.codes()).toEqual([81001]);
    expect(bench.execution().status).toBe("ended");
  });

  it("stops after a thousand steps, with 81000", async () => {
    const bench = await studioBench().run(set("one", {}, "two"), set("two", {}, "one"));
    expect(bench.studio.stepsOf(bench.execution().sid)).toHaveLength(1000);
    expect(bench.codes()).toEqual([81000]);
    expect(bench.execution().status).toBe("ended");
  });

  it.each(notRun.map(({ type }) => [type]))("ends at %s, which does not run here, and says so", async (type) => {
    const bench = await studioBench().run(
      state(type, "there", { url: "https://a.twil.io/b", connector: "bot" }),
      say("on", "On"),
    );
    expect(bench.execution()).toMatchObject({ status: "ended", reason: "there does not run here" });
    expect(bench.world.log.entries.map(({ name }) => name)).toContain(`not simulated: widget ${type}`);
    expect(bench.heard()).toEqual([]);
    await bench.customerSays("hello?");
    expect(bench.studio.executions.size).toBe(2);
  });
});

/** Long enough for all that waits for no answer. */
async function turns() {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A customer's message that no webhook has delivered. */
async function messageOf(bench: ReturnType<typeof studioBench>) {
  await bench.customerSays("hello");
  const [message] = bench.messages;
  if (!message) throw new Error("no message was written");
  return message;
}
