import { useInteractions } from "../interactions/use-interactions";
import { useReceiver } from "../use-receiver";

const flex = useInteractions();
const receiver = useReceiver();

beforeEach(async () => {
  const conversationSid = await flex.conversation();
  const channel = { type: "sms", initiated_by: "agent", properties: { media_channel_sid: conversationSid } };
  await flex.create(channel, { worker_sid: flex.ada() });
  const webhooks = flex.conversations.configuration.webhooks();
  await webhooks.update({ preWebhookUrl: receiver.url(), filters: ["onMessageAdd"] });
});

const reply = () => flex.simulator.agent("ada").reply("Hello, it is Ada");

it("is asked about before the customer hears it, as what a client SDK does", async () => {
  receiver.answer("onMessageAdd", { json: { body: "Hello" } });
  await reply();
  expect(flex.heard()).toEqual(["Hello"]);
  expect(receiver.of("onMessageAdd")).toMatchObject([
    { Source: "SDK", ClientIdentity: "ada", Body: "Hello, it is Ada" },
  ]);
});

it("is refused to the agent, and the customer hears nothing", async () => {
  receiver.answer("onMessageAdd", { status: 403 });
  await expect(reply()).rejects.toMatchObject({ status: 403, code: 50056 });
  expect(flex.heard()).toEqual([]);
});
