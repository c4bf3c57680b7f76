import { defaultHours, openingAt } from "../../config/hours";
import type { Simulator } from "../../simulator/simulator";
import { lookAt } from "./look";
import type { Story } from "./story";

const CUSTOMER = "+15550101234";

const look = (simulator: Simulator) => lookAt(simulator, CUSTOMER);

export const smsInHours: Story = {
  name: "sms",
  channel: "sms",
  about: "An SMS in opening hours: menu, agent, answer, close.",
  async play({ simulator, promise }) {
    await simulator.customerSends(CUSTOMER, "Hello, my lamp is broken");
    promise(
      "the Flow greets and asks which team",
      look(simulator).heard.some((body) => body.includes("2 for support")),
    );
    await simulator.customerSends(CUSTOMER, "2");
    promise("one Task waits for the support team", look(simulator).task?.attributes.team === "support");
    const ada = simulator.agent("ada");
    ada.accept();
    await simulator.settled();
    ada.reply("Hi, this is Ada. Which lamp is it?");
    await simulator.settled();
    promise(
      "the agent's words reach the customer's phone",
      look(simulator).heard.at(-1) === "Hi, this is Ada. Which lamp is it?",
    );
    await simulator.customerSends(CUSTOMER, "The green one");
    promise("later messages stay in the Conversation, without a second Task", look(simulator).tasks.length === 1);
    await simulator.advance(30);
    ada.wrapUp();
    await simulator.settled();
    ada.complete();
    await simulator.settled();
    promise("the Task is completed", look(simulator).task?.status === "completed");
    promise("the Conversation is closed", look(simulator).conversation?.state === "closed");
  },
};

export const smsClosed: Story = {
  name: "sms-closed",
  channel: "sms",
  about: "An SMS at night: the customer hears so, the Task waits for the morning.",
  async play({ simulator, promise }) {
    await goToNight(simulator);
    await simulator.customerSends(CUSTOMER, "Anyone there?");
    const { heard, task } = look(simulator);
    promise(
      "the customer hears that we are closed, once",
      heard.filter((body) => body.includes("closed")).length === 1,
    );
    promise("the Task is there at once", task?.attributes.hours === "closed");
    promise("it lives past the next opening", Number(task?.timeout) >= 3 * 86_400);
  },
};

export const smsMenu: Story = {
  name: "sms-menu",
  channel: "sms",
  about: "Answers the menu does not know: asked again twice, then an agent.",
  async play({ simulator, promise }) {
    for (const body of ["Hello", "hm?", "what", "I do not know"]) await simulator.customerSends(CUSTOMER, body);
    const { heard, task } = look(simulator);
    promise("the menu is asked again exactly twice", heard.filter((body) => body.startsWith("Sorry")).length === 2);
    promise("the customer reaches an agent all the same", task?.attributes.team === "general");
  },
};

export const smsSilence: Story = {
  name: "sms-silence",
  channel: "sms",
  about: "A customer who never answers the menu still reaches an agent.",
  async play({ simulator, promise }) {
    await simulator.customerSends(CUSTOMER, "Hello");
    promise("nobody is bothered while the Flow waits", look(simulator).tasks.length === 0);
    await simulator.advance(15 * 60 + 1);
    promise("after 15 minutes there is a Task", look(simulator).tasks.length === 1);
  },
};

export const smsRejected: Story = {
  name: "sms-rejected",
  channel: "sms",
  about: "One agent rejects, another lets the offer time out, the first takes it.",
  async play({ simulator, promise }) {
    await simulator.customerSends(CUSTOMER, "Hello");
    await simulator.customerSends(CUSTOMER, "1");
    const offered = () => simulator.state().reservations.find(({ status }) => status === "pending");
    const nameOf = (sid: string | undefined) =>
      simulator.state().workers.find((worker) => worker.sid === sid)?.friendlyName;
    const first = nameOf(offered()?.workerSid);
    if (first === "ada" || first === "grace") simulator.agent(first).reject();
    await simulator.settled();
    const second = nameOf(offered()?.workerSid);
    promise("the other agent is asked next", second !== undefined && second !== first);
    await simulator.advance(121);
    const late = simulator.state().workers.find(({ friendlyName }) => friendlyName === second);
    promise("an agent who lets the offer pass is set offline", late?.activity === "Offline");
    promise("the Task is offered again", nameOf(offered()?.workerSid) === first);
    if (first === "ada" || first === "grace") simulator.agent(first).accept();
    await simulator.settled();
    promise("in the end one agent has it", look(simulator).task?.status === "assigned");
  },
};

export const smsWebhook: Story = {
  name: "sms-webhook",
  channel: "sms",
  about: "An address bound to a webhook instead of a Flow: every customer is routed by a Function.",
  async play({ centre, simulator, promise }) {
    const configurations = await centre.twilio.conversations.v1.addressConfigurations.list({ limit: 20 });
    const sms = configurations.find(({ address }) => address === "+15550100100");
    await centre.twilio.conversations.v1.addressConfigurations(sms?.sid ?? "").update({
      "autoCreation.type": "webhook",
      "autoCreation.webhookUrl": `https://${centre.domain}/inbound/message-added`,
      "autoCreation.webhookMethod": "post",
      "autoCreation.webhookFilters": ["onMessageAdded"],
    });
    await simulator.customerSends(CUSTOMER, "Hello");
    await simulator.customerSends(CUSTOMER, "Are you there?");
    promise("the first message makes a Task, the second none", look(simulator).tasks.length === 1);
    simulator.agent("ada").setActivity("Available");
    const taken = simulator.state().reservations.find(({ status }) => status === "pending");
    const worker = simulator.state().workers.find(({ sid }) => sid === taken?.workerSid)?.friendlyName;
    if (worker === "ada" || worker === "grace") {
      simulator.agent(worker).accept();
      await simulator.settled();
      simulator.agent(worker).reply("Yes, hello!");
    }
    await simulator.settled();
    promise("an agent answers", look(simulator).heard.at(-1) === "Yes, hello!");
    promise("the agent's own message routes nothing", look(simulator).tasks.length === 1);
  },
};

export const smsStories: readonly Story[] = [smsInHours, smsClosed, smsMenu, smsSilence, smsRejected, smsWebhook];

/** To a time at which the bundled hours are closed. */
async function goToNight(simulator: Simulator): Promise<void> {
  const { closesAt } = openingAt(defaultHours, simulator.clock.now());
  if (closesAt) await simulator.advance((closesAt.getTime() - simulator.clock.ms()) / 1000 + 3600);
}
