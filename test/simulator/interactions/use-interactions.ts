import type { Switches } from "../../../src/simulator/switches";
import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

export const CUSTOMER_ADDRESSES = { address: CUSTOMER, proxy_address: SENDER };

/** Interactions on an account where Ada alone is at her desk. */
export function useInteractions(switches: Partial<Switches> = {}) {
  const sim = useSimulator({ switches });
  beforeEach(() => sim.simulator.agent("grace").setActivity("Offline"));

  const state = () => sim.simulator.state();
  const routing = (properties: object = {}) => ({
    type: "TaskRouter",
    properties: { workspace_sid: sim.world.taskrouter.workspace.sid, ...properties },
  });
  const interaction = (sid: string) => sim.twilio.flexApi.v1.interaction(sid);

  async function create(channel: object, properties: object = {}) {
    const created = await sim.twilio.flexApi.v1.interaction.create({ channel, routing: routing(properties) });
    await sim.simulator.settled();
    return {
      sid: created.sid,
      channelSid: String(created.channel.sid),
      taskSid: String(created.routing.properties.sid),
    };
  }

  return Object.assign(sim, {
    state,
    routing,
    interaction,
    create,
    ada: () => sim.world.taskrouter.worker("ada").sid,
    /** The seeded Workflow. */
    workflowSid: () => String([...sim.world.taskrouter.workflows.keys()][0]),
    /** As Flex's own client posts JSON, through the SDK. */
    async postJson(path: string, data: object) {
      const headers = { "Content-Type": "application/json" };
      const uri = `https://flex-api.twilio.com${path}`;
      const { statusCode, body } = await sim.twilio.request({ method: "post", uri, headers, data });
      await sim.simulator.settled();
      return { status: statusCode, body: body as Record<string, unknown> };
    },
    /** A Conversation with a customer in it. */
    async conversation(): Promise<string> {
      const { sid } = await sim.conversations.conversations.create();
      await sim.conversations.conversations(sid).participants.create(PAIR);
      return sid;
    },
    /** An Interaction as a customer's message makes one. */
    async inbound(conversationSid: string, properties: object = {}) {
      return create(fromCustomer(conversationSid), properties);
    },
    async accepted(conversationSid: string) {
      const created = await create(fromCustomer(conversationSid));
      sim.simulator.agent("ada").accept();
      return created;
    },
    task: (sid: string) => state().tasks.find((task) => task.sid === sid),
    channel: (sid: string) => state().channels.find((channel) => channel.sid === sid),
    stateOf: (conversationSid: string) => state().conversations.find(({ sid }) => sid === conversationSid)?.state,
    /** Who is in a Conversation: identities and addresses. */
    members: (conversationSid: string) =>
      sim.world.conversations
        .participants(conversationSid)
        .map(({ identity, binding }) => identity ?? binding?.address),
    async updateChannel(
      { sid, channelSid }: { sid: string; channelSid: string },
      status: "closed" | "inactive",
      how?: string,
    ) {
      const updated = await interaction(sid)
        .channels(channelSid)
        .update({ status, ...(how ? { routing: { status: how } } : {}) });
      await sim.simulator.settled();
      return updated;
    },
    /** As Flex's own client does, besides what is documented. */
    async pauseOrResume({ sid, channelSid }: { sid: string; channelSid: string }, status: "pause" | "active") {
      const answer = await sim.call(
        "POST",
        `https://flex-api.twilio.com/v1/Interactions/${sid}/Channels/${channelSid}`,
        {
          Status: status,
          ...(status === "pause" ? { Routing: '{"status":"closed"}' } : {}),
        },
      );
      await sim.simulator.settled();
      return answer;
    },
    openTasks: () => state().tasks.filter(({ status }) => !["completed", "canceled"].includes(status)),
  });
}

export function fromCustomer(conversationSid: string) {
  return { type: "sms", initiated_by: "customer", properties: { media_channel_sid: conversationSid } };
}
