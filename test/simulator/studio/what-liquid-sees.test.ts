import { customer, flowOf, say, set, state, studioBench } from "./studio-bench";

describe("what Liquid sees", () => {
  it.each([
    ["{{flow.sid}}", /^FN[0-9a-f]{32}$/],
    ["{{flow.flow_sid}}", /^FW[0-9a-f]{32}$/],
    ["{{flow.channel.address}}", /^CH[0-9a-f]{32}$/],
    ["{{contact.channel.address}}", /^\+15550101001$/],
    ["{{trigger.conversation.ConversationSid}}", /^CH[0-9a-f]{32}$/],
    ["{{trigger.conversation.Body}}", /^hello$/],
    ["{{trigger.conversation.From}}", /^\+15550101001$/],
    ["{{trigger.conversation.Source}}", /^SMS$/],
    ["{{trigger.conversation.MessageSid}}", /^IM[0-9a-f]{32}$/],
    ["{{trigger.conversation.ChannelAttributes.pre_engagement_data.topic}}", /^billing$/],
    ["[{{trigger.conversation.MessagingServiceSid}}]", /^\[\]$/],
  ])("has %s", async (template, text) => {
    const attributes = JSON.stringify({ pre_engagement_data: { topic: "billing" } });
    const bench = await studioBench({ attributes }).run(say("greet", template));
    expect(bench.botTexts()).toEqual([expect.stringMatching(text)]);
  });

  it("has a chat customer's identity as their address", async () => {
    const bench = await studioBench({ identity: "telegram_42" }).run(say("greet", "{{contact.channel.address}}"));
    expect(bench.botTexts()).toEqual(["telegram_42"]);
  });

  it("has the parameters of a REST request", async () => {
    const bench = studioBench();
    const { sid } = bench.studio.createFlow({
      friendlyName: "Flow",
      status: "published",
      definition: flowOf(
        state("set-variables", "keep", {
          variables: [
            { key: "all", value: "{{flow.data.name}} {{trigger.request.parameters.name}} {{trigger.request.to}}" },
          ],
        }),
      ),
    });
    bench.studio.startExecution(bench.studio.flow(sid), {
      to: customer,
      from: "+15550100100",
      parameters: { name: "Zoë" },
    });
    await bench.settled();
    expect(bench.outputs("keep")).toEqual({ all: `Zoë Zoë ${customer}` });
  });

  it.each([
    ["empty", "[]"],
    ["source", "[{{ 1 | shout }}]"],
  ] as const)("with studioWrongTemplateText %s goes on with %s, and 81018", async (studioWrongTemplateText, text) => {
    const bench = await studioBench({ switches: { studioWrongTemplateText } }).run(
      set("keep", { a: "{{ 1 | shout }}" }, "greet"),
      say("greet", "[{{flow.variables.a}}]"),
    );
    expect(bench.heard()).toEqual([text]);
    expect(bench.codes()).toEqual([81018]);
  });

  it.each([
    [false, "[]"],
    [true, "[1 image/png]"],
  ])("with studioTriggerHasMedia %s tells of files: %s", async (studioTriggerHasMedia, text) => {
    const bench = studioBench({ switches: { studioTriggerHasMedia } });
    bench.attach(
      say(
        "greet",
        "[{{trigger.conversation.NumMedia}}{% if trigger.conversation.NumMedia %} {{trigger.conversation.MediaContentType0}}{% endif %}]",
      ),
    );
    const file = { serviceSid: bench.conversation.serviceSid, content: Buffer.from([1]), contentType: "image/png" };
    bench.customerSends({ mediaSids: [bench.world.media.add(file).sid] });
    await bench.settled();
    expect(bench.heard()).toEqual([text]);
  });
});
