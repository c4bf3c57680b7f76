import type { AgentName } from "../../simulator/seeds";
import type { Simulator } from "../../simulator/simulator";
import type { Stage, Story } from "./story";

const CUSTOMER = "+15550101234";
const SMS_ADDRESS = "+15550100100";

const heard = (simulator: Simulator) =>
  simulator
    .world()
    .phones.messages(CUSTOMER)
    .filter(({ direction }) => direction === "in")
    .map(({ body }) => body);

const openTasks = (simulator: Simulator) =>
  simulator.state().tasks.filter(({ status }) => ["pending", "reserved", "assigned"].includes(status));

/** Takes the customer to an agent, who then has had a minute to read. */
async function toAgent({ simulator }: Stage): Promise<AgentName> {
  for (const body of ["Hello", "2"]) await simulator.customerSends(CUSTOMER, body);
  const offer = simulator.state().reservations.find(({ status }) => status === "pending");
  const name = simulator.state().workers.find(({ sid }) => sid === offer?.workerSid)?.friendlyName as AgentName;
  simulator.agent(name).accept();
  await simulator.advance(60);
  return name;
}

export const outbound: Story = {
  name: "outbound",
  channel: "sms",
  about: "An agent writes first, clicks twice, and the customer answers.",
  async play({ simulator, promise }) {
    const fields = {
      Token: simulator.agent("ada").token(),
      to: CUSTOMER,
      body: "Hello, your lamp is ready",
      idempotencyKey: "click-0001",
    };
    const click = async () => {
      const url = `http://127.0.0.1:${simulator.port}/outbound/start-interaction`;
      const { status } = await fetch(url, { method: "POST", body: new URLSearchParams(fields) });
      await simulator.settled();
      return status;
    };
    promise("the click is accepted", (await click()) === 200);
    promise("the same click again is answered alike", (await click()) === 200);
    promise("the customer hears it once", heard(simulator).length === 1);
    await simulator.customerSends(CUSTOMER, "Great, thank you");
    promise("the answer comes to the same agent", openTasks(simulator).length === 1);
    promise("there is one Conversation", simulator.state().conversations.length === 1);
  },
};

export const closingRace: Story = {
  name: "closing-race",
  channel: "sms",
  about: "A customer writes in the second in which the agent closes: the message goes on in a successor.",
  async play(stage) {
    const { simulator, promise } = stage;
    const agent = simulator.agent(await toAgent(stage));
    simulator.world().phones.send({ from: CUSTOMER, to: SMS_ADDRESS, body: "Wait, one more thing" });
    agent.wrapUp();
    await simulator.settled();
    agent.complete();
    await simulator.settled();
    const successor = simulator.state().conversations.find(({ uniqueName }) => uniqueName?.startsWith("after."));
    promise("the old Conversation is closed", simulator.state().conversations[0]?.state === "closed");
    promise("the message is in a successor", successor?.messages[0]?.body === "Wait, one more thing");
    promise("an agent is asked, without a menu", openTasks(simulator).length === 1);
  },
};

export const handover: Story = {
  name: "handover",
  channel: "sms",
  about: "A Task is canceled, an agent leaves the Task but not the customer: somebody is asked each time.",
  async play(stage) {
    const { simulator, promise } = stage;
    for (const body of ["Hello", "2"]) await simulator.customerSends(CUSTOMER, body);
    const [task] = openTasks(simulator);
    simulator.world().taskrouter.cancelTask(task?.sid ?? "", "canceled by somebody");
    await simulator.settled();
    promise("a canceled Task is followed by an Invite", openTasks(simulator).length === 1);
    const offer = simulator.state().reservations.find(({ status }) => status === "pending");
    const name = simulator.state().workers.find(({ sid }) => sid === offer?.workerSid)?.friendlyName as AgentName;
    simulator.agent(name).accept();
    await simulator.advance(60);
    simulator.agent(name).finish();
    await simulator.settled();
    promise("a completed Task on a channel that lives is followed by an Invite", openTasks(simulator).length === 1);
    promise("all on one Interaction", simulator.state().interactions.length === 1);
  },
};

export const lifeCycleStories: readonly Story[] = [outbound, closingRace, handover];
