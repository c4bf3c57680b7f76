import { ask, customer, say, studioBench } from "../studio-bench";

it("hands the reply to the Flow and leaves by incomingMessage", async () => {
  const bench = await studioBench().run(ask("ask", "Team?", { incomingMessage: "thank" }), say("thank", "Thanks"));
  await bench.customerSays("sales");
  expect(bench.outputs("ask")).toEqual({
    outbound: expect.objectContaining({ Body: "Team?", Author: "Bot" }),
    inbound: {
      Body: "sales",
      From: customer,
      To: bench.conversation.sid,
      MessageSid: bench.messages[2]?.sid,
      NumMedia: "0",
    },
  });
  expect(bench.widgetLines()).toContain("send-and-wait-for-reply ask -> incomingMessage");
});

it("leaves trigger.conversation as it was", async () => {
  const bench = await studioBench().run(
    ask("ask", "Team?", { incomingMessage: "thank" }),
    say("thank", "{{trigger.conversation.Body}}"),
  );
  await bench.customerSays("sales");
  expect(bench.botTexts()).toEqual(["Team?", "hello"]);
});

it("leaves by timeout without inbound", async () => {
  const bench = await studioBench().run(ask("ask", "Team?", {}, "60"));
  await bench.secondsPass(61);
  expect(Object.keys(bench.outputs("ask") ?? {})).toEqual(["outbound"]);
  expect(bench.widgetLines()).toContain("send-and-wait-for-reply ask -> timeout");
});

it("leaves by deliveryFailure, with 81011, when Conversations refuses", async () => {
  const bench = await studioBench().run(ask("ask", "", { deliveryFailure: "sorry" }), say("sorry", "Sorry"));
  expect(bench.botTexts()).toEqual(["Sorry"]);
  expect(bench.codes()).toEqual([81011]);
});

it("runs into its time-out when the Conversation closes meanwhile", async () => {
  const bench = await studioBench().run(ask("ask", "Team?", { timeout: "bye" }, "60"), say("bye", "Bye"));
  bench.conversation.state = "closed";
  await bench.secondsPass(61);
  expect(bench.widgetLines().slice(-2)).toEqual([
    "send-and-wait-for-reply ask -> timeout",
    "send-message bye -> failed",
  ]);
});
