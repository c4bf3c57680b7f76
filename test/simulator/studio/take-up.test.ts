import { fromTagged, toTagged } from "../../../src/simulator/snapshot/tagged-json";
import { ask, heldAnswer, say, set, state, studioBench } from "./studio-bench";

type Bench = ReturnType<typeof studioBench>;

describe("Executions whose rows were written down and read back", () => {
  it("go on with the reply they waited for, with all they knew", async () => {
    const bench = await studioBench().run(
      set("keep", { name: "Ada" }, "ask"),
      ask("ask", "Team?", { incomingMessage: "thank" }),
      thank,
    );
    restart(bench);
    await bench.customerSays("sales");
    expect(bench.heard()).toEqual(["Team?", "Thanks Ada, sales, Team?"]);
  });

  it("leave by timeout when they would have", async () => {
    const bench = await studioBench().run(ask("ask", "Team?", { timeout: "bye" }, "600"), say("bye", "Bye"));
    await bench.secondsPass(500);
    restart(bench);
    await bench.secondsPass(99);
    expect(bench.heard()).toEqual(["Team?"]);
    await bench.secondsPass(2);
    expect(bench.heard()).toEqual(["Team?", "Bye"]);
  });

  it("come back from the subflow they were in", async () => {
    const bench = studioBench();
    const subflow = bench.publish(
      ask("inside", "Team?", { incomingMessage: "found" }),
      set("found", { team: "{{widgets.inside.inbound.Body}}" }),
    );
    await bench.run(
      state("run-subflow", "down", { flow_sid: subflow, flow_revision: "1" }, { completed: "told" }),
      say("told", "{{widgets.down.team}}"),
    );
    restart(bench);
    await bench.customerSays("support");
    expect(bench.heard()).toEqual(["Team?", "support"]);
  });

  it("do not take their own messages, which are brought again, for replies", async () => {
    const bench = await studioBench().run(ask("ask", "Team?", { incomingMessage: "thank" }), thank);
    restart(bench);
    bench.world.conversations.scopedWebhooks.add(bench.conversation.sid, {
      target: "studio",
      flowSid: bench.execution().flowSid,
      replayAfter: 1,
    });
    await bench.settled();
    expect(bench.heard()).toEqual(["Team?"]);
  });

  it("end where they were in the middle of a call", async () => {
    const { answer } = heldAnswer();
    const bench = studioBench({ answer });
    bench.attach(state("run-function", "lookup", { url: "https://a.twil.io/b" }));
    bench.customerSends({ body: "hello" });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    restart(bench);
    expect([...bench.world.studio.executions.values()]).toMatchObject([
      { status: "ended", reason: "it was interrupted" },
    ]);
  });
});

const thank = say(
  "thank",
  "Thanks {{flow.variables.name}}, {{widgets.ask.inbound.Body}}, {{widgets.ask.outbound.Body}}",
);

/** The world gets back what a file would have kept of it. */
function restart({ world }: Bench): void {
  const file = JSON.stringify(toTagged(world.memory.tables(), "world"));
  world.memory.putBack(fromTagged(JSON.parse(file)) as Record<string, unknown>);
  world.memory.rebuild();
}
