import { customer, say, sender, state, studioBench } from "../studio-bench";

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
  expect(bench.messages[1]).toMatchObject({
    author: "Bot",
    body: "Hello",
    attributes: '{"a":1}',
    participantSid: null,
  });
  expect(bench.heard()).toEqual(["Hello", "Next"]);
  expect(bench.botTexts()).toEqual(["Hello", "Next"]);
});

it.each([
  [true, ["hello", "Hello"]],
  [false, ["hello"]],
])("with studioMessagesReachWebhooks %s webhooks hear %j", async (studioMessagesReachWebhooks, texts) => {
  const bench = studioBench({ switches: { studioMessagesReachWebhooks } });
  const hook = { target: "webhook", url: "http://localhost:9/", filters: ["onMessageAdded"] } as const;
  bench.world.conversations.scopedWebhooks.add(bench.conversation.sid, { ...hook, filters: [...hook.filters] });
  await bench.run(say("greet", "Hello"));
  expect(bench.sentWebhooks.map(({ params }) => params.Body)).toEqual(texts);
});

it("writes as the Conversation where from renders to flow.channel.address or to nothing", async () => {
  const bench = await studioBench().run(
    state("send-message", "one", { from: "{{flow.channel.address}}", body: "One" }, { sent: "two" }),
    state("send-message", "two", { from: "{{trigger.message.To}}", body: "Two" }),
  );
  expect(bench.messages.slice(1).map(({ author }) => author)).toEqual([bench.conversation.sid, bench.conversation.sid]);
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
      Media: [],
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

describe("a content template", () => {
  const contentSid = (bench: ReturnType<typeof studioBench>, name: string) =>
    [...bench.world.content.contents.values()].find(({ friendlyName }) => friendlyName === name)?.sid;
  const template = (content_sid: unknown, values: string[] = []) => ({
    from: "Bot",
    message_type: "content_template",
    content_sid,
    content_variables: values.map((value, index) => ({ key: `{{${index + 1}}}`, value })),
  });

  it("says what the template makes of its rendered variables", async () => {
    const bench = studioBench();
    const properties = template(contentSid(bench, "greeting"), ["{{trigger.conversation.Body | upcase}}"]);
    await bench.run(state("send-message", "greet", properties, { sent: "next" }), say("next", "Next"));
    const [first] = bench.botTexts();
    expect(first).toContain("HELLO");
    expect(bench.heard()).toEqual([first, "Next"]);
  });

  it("leaves by failed, with 81011, when nobody knows the template", async () => {
    const bench = await studioBench().run(
      state("send-message", "greet", template("HX00000000000000000000000000000000"), { failed: "wrong" }),
      say("wrong", "Wrong"),
    );
    expect(bench.heard()).toEqual(["Wrong"]);
    expect(bench.codes()).toEqual([81011]);
  });
});

describe("a media_url", () => {
  const file = { from: "Bot", body: "Look", media_url: "https://a.twil.io/{{trigger.conversation.Body}}.png" };
  const png = { status: 200, headers: { "content-type": "image/png" }, body: "", content: Buffer.from([1, 2, 3]) };

  it("shows the file that lies there", async () => {
    const bench = await studioBench({ answer: () => png }).run(
      state("send-message", "greet", file, { sent: undefined }),
    );
    expect(bench.requests).toMatchObject([{ method: "GET", url: "https://a.twil.io/hello.png" }]);
    expect(bench.messages[1]?.media).toMatchObject([{ contentType: "image/png", filename: "hello.png", size: 3 }]);
    expect(bench.outputs("greet")).toMatchObject({ outbound: { Media: [{ ContentType: "image/png", Size: 3 }] } });
  });

  it("leaves by failed, with 81011, when there is none", async () => {
    const answer = () => ({ status: 404, headers: {}, body: "" });
    const bench = await studioBench({ answer }).run(
      state("send-message", "greet", file, { failed: "wrong" }),
      say("wrong", "Wrong"),
    );
    expect(bench.heard()).toEqual(["Wrong"]);
    expect(bench.codes()).toEqual([81011]);
  });
});

describe("outside of Conversations", () => {
  it("sends by Programmable Messaging from the request's From to its To", async () => {
    const bench = await studioBench().request({ name: "Ada" }, say("greet", "Hi {{flow.data.name}}", {}, ADDRESSES));
    expect(bench.heard()).toEqual(["Hi Ada"]);
    expect(bench.messages).toEqual([]);
    const [message] = bench.world.messaging.store.messages.values();
    expect(bench.outputs("greet")).toEqual({
      outbound: {
        Sid: message?.sid,
        Status: "queued",
        Body: "Hi Ada",
        From: sender,
        To: customer,
        NumMedia: "0",
        ErrorCode: null,
        ErrorMessage: null,
        MessagingServiceSid: null,
      },
    });
  });

  it("leaves by failed, with 81011, from a name that is no sender", async () => {
    const bench = await studioBench().request(
      {},
      say("greet", "Hi", { failed: "wrong" }),
      say("wrong", "Wrong", {}, ADDRESSES),
    );
    expect(bench.heard()).toEqual(["Wrong"]);
    expect(bench.codes()).toEqual([81011]);
  });
});

const ADDRESSES = { from: "{{flow.channel.address}}", to: "{{contact.channel.address}}" };
