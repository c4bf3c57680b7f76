import { ask, say, state, studioBench } from "./studio-bench";

const MANY = 10_000;

it("holds ten thousand Executions that wait, and finds the one that a message answers", async () => {
  const bench = studioBench();
  const flowSid = bench.attach(
    state("split-based-on", "who", { input: "{{flow.data.n}}" }, { noMatch: "ask" }),
    ask("ask", "Team?", { incomingMessage: "thank", timeout: "bye" }, "600"),
    say("thank", "Thanks"),
    say("bye", "Bye"),
  );
  for (let n = 0; n < MANY; n += 1) {
    const { sid } = bench.world.conversations.create({});
    const identity = `chat_${n}`;
    bench.world.conversations.addParticipant(sid, { identity, source: "API", webhooks: false });
    bench.world.conversations.scopedWebhooks.add(sid, { target: "studio", flowSid });
    bench.world.conversations.addMessage(sid, { author: identity, body: "hello", source: "SDK", webhooks: true });
  }
  await bench.settled();
  expect(bench.studio.executions.size).toBe(MANY);
  await bench.customerSays("hello");
  await bench.customerSays("sales");
  expect(bench.heard()).toEqual(["Team?", "Thanks"]);
  await bench.secondsPass(601);
  const byReason = new Map<string | null, number>();
  for (const { reason } of bench.studio.executions.values()) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  expect(Object.fromEntries(byReason)).toEqual({
    "thank has nothing after sent": 1,
    "bye has nothing after sent": MANY,
  });
}, 30_000);
