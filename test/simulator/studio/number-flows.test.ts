import { CUSTOMER, SENDER, useSimulator } from "../use-simulator";
import { ask, drawn, flowOf, type State, say, state } from "./studio-bench";

const sim = useSimulator();

const addresses = { from: "{{flow.channel.address}}", to: "{{contact.channel.address}}" };
const question = () => {
  const asked = ask("ask", "Which team?", { incomingMessage: "thank", timeout: "bye" }, "60");
  return { ...asked, properties: { ...asked.properties, ...addresses } };
};

async function publish(...states: State[]) {
  const definition = drawn(flowOf(...states));
  const { sid } = await sim.twilio.studio.v2.flows.create({ friendlyName: "Flow", status: "published", definition });
  return sim.twilio.studio.v2.flows(sid);
}

/** Without a Conversation: the number's own webhook is the Flow's. */
async function numberOf(flow: Awaited<ReturnType<typeof publish>>, smsMethod = "POST") {
  const { webhookUrl } = await flow.fetch();
  for (const address of await sim.conversations.addressConfigurations.list()) {
    await sim.conversations.addressConfigurations(address.sid).remove();
  }
  const [number] = await sim.twilio.incomingPhoneNumbers.list({ phoneNumber: SENDER });
  await sim.twilio.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: webhookUrl, smsMethod });
}

async function customerWrites(body: string) {
  await sim.simulator.customerSends(CUSTOMER, body);
}

it.each(["POST", "GET"])("starts a Flow with a message to a number, and takes the reply, by %s", async (method) => {
  const flow = await publish(
    question(),
    say(
      "thank",
      "{{trigger.message.Body}}, {{widgets.ask.inbound.Body}} {{widgets.ask.inbound.NumMedia}}",
      {},
      addresses,
    ),
  );
  await numberOf(flow, method);
  await customerWrites("hello");
  await customerWrites("sales");
  expect(sim.heard()).toEqual(["Which team?", "hello, sales 0"]);
  expect(await flow.executions.list()).toMatchObject([{ status: "ended", contactChannelAddress: CUSTOMER }]);
});

it("takes the reply to an Execution that REST started", async () => {
  const flow = await publish(question(), say("thank", "Thanks {{flow.data.name}}", {}, addresses));
  await numberOf(flow);
  await flow.executions.create({ to: CUSTOMER, from: SENDER, parameters: { name: "Ada" } });
  await sim.simulator.settled();
  await customerWrites("sales");
  expect(sim.heard()).toEqual(["Which team?", "Thanks Ada"]);
});

it("leaves by timeout where nobody replies", async () => {
  const flow = await publish(question(), say("bye", "Bye", {}, addresses));
  await numberOf(flow);
  await customerWrites("hello");
  await sim.simulator.advance(61);
  expect(sim.heard()).toEqual(["Which team?", "Bye"]);
});

it("knows no Flow of others, and none on calls", async () => {
  const flow = await publish(question());
  const { webhookUrl, sid } = await flow.fetch();
  expect(await sim.call("POST", webhookUrl.replace(sid, "FW1"), { MessageSid: "SM1" })).toMatchObject({ status: 404 });
  expect(await sim.call("POST", webhookUrl, { CallSid: "CA1" })).toMatchObject({ status: 501 });
});

it("does not start a deleted Flow", async () => {
  const flow = await publish(question());
  await numberOf(flow);
  await flow.remove();
  await customerWrites("hello");
  expect(sim.heard()).toEqual([]);
});

it("gives test users the newest draft, and everybody else what is published", async () => {
  const flow = await publish(say("one", "Published", {}, addresses));
  await flow.update({ status: "draft", definition: drawn(flowOf(say("one", "Draft", {}, addresses))) });
  await numberOf(flow);
  expect(await flow.testUsers().fetch()).toMatchObject({ testUsers: [] });
  await customerWrites("hello");
  expect(await flow.testUsers().update({ testUsers: [CUSTOMER, CUSTOMER] })).toMatchObject({ testUsers: [CUSTOMER] });
  await customerWrites("hello");
  await flow.executions.create({ to: CUSTOMER, from: SENDER });
  await sim.simulator.settled();
  expect(sim.heard()).toEqual(["Published", "Draft", "Draft"]);
});

it("lets test users run a Flow that was never published", async () => {
  const definition = drawn(flowOf(say("one", "Draft", {}, addresses)));
  const { sid } = await sim.twilio.studio.v2.flows.create({ friendlyName: "Flow", status: "draft", definition });
  const flow = sim.twilio.studio.v2.flows(sid);
  await expect(flow.executions.create({ to: CUSTOMER, from: SENDER })).rejects.toMatchObject({ status: 400 });
  await flow.testUsers().update({ testUsers: [CUSTOMER] });
  await flow.executions.create({ to: CUSTOMER, from: SENDER });
  await sim.simulator.settled();
  expect(sim.heard()).toEqual(["Draft"]);
});

it("asks Twilio itself, with its credentials, from make-http-request", async () => {
  const url = `https://conversations.twilio.com/v1/Services/${sim.simulator.account.chatServiceSid}`;
  const get = (add_twilio_auth: boolean) => ({ method: "GET", url, content_type: "application/json", add_twilio_auth });
  const flow = await publish(
    state("make-http-request", "plain", get(false), { failed: "signed" }),
    state("make-http-request", "signed", get(true), { success: "tell" }),
    say("tell", "{{widgets.plain.parsed.status}} {{widgets.signed.parsed.friendly_name}}", {}, addresses),
  );
  await flow.executions.create({ to: CUSTOMER, from: SENDER });
  await sim.simulator.settled();
  expect(sim.heard()).toEqual(["401 Flex Chat Service"]);
});
