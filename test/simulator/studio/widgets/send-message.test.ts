import { say, state, studioBench } from "../studio-bench";

it("posts as Studio, in the name of its from, and leaves by sent", async () => {
  const bench = await studioBench().run(
    state(
      "send-message",
      "greet",
      { from: "Bot", body: "Hello", attributes: '{"a":1}' },
      { sent: "next", failed: undefined },
    ),
    say("next", "Next"),
  );
  expect(bench.posted[0]).toEqual({
    author: "Bot",
    body: "Hello",
    attributes: '{"a":1}',
    source: "API",
    fromStudio: true,
    webhooks: false,
  });
  expect(bench.botTexts()).toEqual(["Hello", "Next"]);
});

it("lets its messages reach webhooks where the switch says so", async () => {
  const bench = await studioBench({ switches: { studioMessagesReachWebhooks: true } }).run(say("greet", "Hello"));
  expect(bench.posted[0]?.webhooks).toBe(true);
});

it("writes as the Conversation where from renders to flow.channel.address or to nothing", async () => {
  const bench = await studioBench().run(
    state("send-message", "one", { from: "{{flow.channel.address}}", body: "One" }, { sent: "two" }),
    state("send-message", "two", { from: "{{trigger.message.To}}", body: "Two" }),
  );
  expect(bench.posted.map(({ author }) => author)).toEqual([bench.conversation.sid, bench.conversation.sid]);
});

it("takes a blank channel for the Execution's Conversation", async () => {
  const blank = { service: "{{trigger.message.InstanceSid}}", channel: "{{trigger.message.ChannelSid}}" };
  const bench = await studioBench().run(state("send-message", "greet", { from: "Bot", body: "Hello", ...blank }));
  expect(bench.botTexts()).toEqual(["Hello"]);
});

it("tells the Flow what it sent", async () => {
  const bench = await studioBench().run(say("greet", "Hello"));
  expect(bench.outputs("greet")).toEqual({
    outbound: {
      Sid: bench.messages[1]?.sid,
      ConversationSid: bench.conversation.sid,
      Body: "Hello",
      Author: "Bot",
      Index: 1,
      Attributes: "{}",
      ParticipantSid: null,
    },
  });
});

it("leaves by failed, with 81011, when Conversations refuses", async () => {
  const bench = await studioBench().run(
    say("greet", "{{flow.variables.none}}", { sent: "right", failed: "wrong" }),
    say("right", "Right"),
    say("wrong", "Wrong"),
  );
  expect(bench.botTexts()).toEqual(["Wrong"]);
  expect(bench.codes()).toEqual([81011]);
});

it("leaves by failed for a content template, which is not simulated", async () => {
  const template = { from: "Bot", message_type: "content_template", content_sid: "HX00000000000000000000000000000000" };
  const bench = await studioBench().run(
    state("send-message", "greet", template, { failed: "wrong" }),
    say("wrong", "Wrong"),
  );
  expect(bench.botTexts()).toEqual(["Wrong"]);
});
