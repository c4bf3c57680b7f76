import { ask, customer, drawn, flowOf, say, state, studioBench } from "../studio-bench";

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

describe("a reply with files", () => {
  async function replied(kind: "sms" | "whatsapp") {
    const bench = studioBench(kind === "whatsapp" ? { whatsapp: true } : {});
    await bench.run(
      ask("ask", "Photo?", { incomingMessage: "thank" }),
      say("thank", "{{widgets.ask.inbound.MediaUrl0}}"),
    );
    const { serviceSid } = bench.conversation;
    const mediaSids = [1, 2].map(
      (byte) => bench.world.media.add({ serviceSid, content: Buffer.from([byte]), contentType: "image/png" }).sid,
    );
    bench.customerSends({ mediaSids });
    await bench.settled();
    return { bench, mediaSids };
  }

  it("tells their number, addresses and types", async () => {
    const { bench, mediaSids } = await replied("sms");
    const inbound = bench.outputs("ask")?.inbound;
    expect(inbound).toMatchObject({ Body: "", NumMedia: "2", MediaContentType0: "image/png" });
    expect(inbound).toHaveProperty("MediaUrl1", expect.stringContaining(String(mediaSids[1])));
  });

  it("tells one alone on WhatsApp", async () => {
    const { bench } = await replied("whatsapp");
    expect(bench.outputs("ask")?.inbound).toMatchObject({ NumMedia: "1" });
    expect(bench.outputs("ask")?.inbound).not.toHaveProperty("MediaUrl1");
  });
});

describe("by the event of Conversations", () => {
  const switches = { studioReplyEvent: "incomingConversationMessage" } as const;
  const texts = "{{trigger.conversation.Body}} [{{widgets.ask.inbound.Body}}]";

  it("leaves where the widget connects it, and makes the reply the trigger", async () => {
    const bench = studioBench({ switches });
    await bench.run(
      ask("ask", "Team?", { incomingMessage: "old", incomingConversationMessage: "new" }),
      say("new", texts),
      say("old", "Old"),
    );
    await bench.customerSays("sales");
    expect(bench.heard()).toEqual(["Team?", "sales []"]);
  });

  it("leaves by incomingMessage where nothing else is connected", async () => {
    const bench = studioBench({ switches });
    await bench.run(ask("ask", "Team?", { incomingMessage: "old" }), say("old", texts));
    await bench.customerSays("sales");
    expect(bench.heard()).toEqual(["Team?", "sales [sales]"]);
  });
});

it.each([
  ["3", 3],
  ["{{flow.variables.none}}", 3600],
  ["soon", 3600],
  ["-5", 3600],
])("waits %j for %i seconds", async (timeout, seconds) => {
  const bench = await studioBench().run(ask("ask", "Team?", {}, timeout));
  await bench.secondsPass(seconds - 1);
  expect(bench.execution().status).toBe("active");
  await bench.secondsPass(2);
  expect(bench.execution().status).toBe("ended");
});

it("ends with its Execution after thirty days, whatever it waits for", async () => {
  const days = (count: number) => count * 24 * 60 * 60;
  const bench = studioBench();
  bench.attach(ask("ask", "Team?", { incomingMessage: "ask", timeout: "bye" }, String(days(40))), say("bye", "Bye"));
  await bench.customerSays("hello");
  await bench.secondsPass(days(20));
  await bench.customerSays("still here");
  await bench.secondsPass(days(10) - 60);
  expect(bench.execution().status).toBe("active");
  await bench.secondsPass(120);
  expect(bench.execution()).toMatchObject({ status: "ended", reason: "30 days are over" });
  expect(bench.heard()).toEqual(["Team?", "Team?"]);
});

it("keeps its Revision although the Flow changes while it waits", async () => {
  const bench = studioBench();
  const flow = bench.attach(ask("ask", "Team?", { incomingMessage: "thank" }), say("thank", "Old thanks"));
  await bench.customerSays("hello");
  const definition = drawn(flowOf(state("split-based-on", "ask", { input: "x" }), say("thank", "New thanks")));
  bench.studio.updateFlow(flow, { status: "published", definition });
  await bench.customerSays("sales");
  expect(bench.heard()).toEqual(["Team?", "Old thanks"]);
});
