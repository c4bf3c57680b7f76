import twilio from "twilio";
import { PAIR, SENDER } from "../use-simulator";
import { NOTE } from "./note-flow";
import { type Refusal, refusal, type Sim, unknownSid } from "./refusal";

const CLOSED = { status: "closed", routing: { status: "closed" } } as const;

const routing = (sim: Sim) => ({
  type: "TaskRouter",
  properties: { workspace_sid: sim.world.taskrouter.workspace.sid },
});
const ofCustomer = (conversation: string) => ({
  type: "sms",
  initiated_by: "customer",
  properties: { media_channel_sid: conversation },
});
const interact = (sim: Sim, channel: object) =>
  sim.twilio.flexApi.v1.interaction.create({ channel, routing: routing(sim) });

async function withCustomer(sim: Sim): Promise<string> {
  const { sid } = await sim.conversations.conversations.create();
  await sim.conversations.conversations(sid).participants.create(PAIR);
  return sid;
}

/** The channel of an Interaction that is set up. */
async function channel(sim: Sim) {
  const { sid, channel } = await interact(sim, ofCustomer(await withCustomer(sim)));
  await sim.simulator.settled();
  return sim.twilio.flexApi.v1.interaction(sid).channels(String(channel.sid));
}

const ofInteractions: Refusal[] = [
  refusal(45354, 400, "the Conversation of an Interaction is closed", async (sim) => {
    const sid = await withCustomer(sim);
    await sim.conversations.conversations(sid).update({ state: "closed" });
    return () => interact(sim, ofCustomer(sid));
  }),
  refusal(45355, 400, "the Conversation of an Interaction is empty", async (sim) => {
    const { sid } = await sim.conversations.conversations.create();
    return () => interact(sim, ofCustomer(sid));
  }),
  refusal(
    45356,
    400,
    "the Conversation of an Interaction is unknown",
    (sim) => () => interact(sim, ofCustomer(unknownSid("CH"))),
  ),
  refusal(45361, 400, "a Participant of a channel cannot join its Conversation", async (sim) => {
    const { participants } = await channel(sim);
    const supervisor = { type: "supervisor", mediaProperties: { identity: "sam" } } as const;
    await participants.create(supervisor);
    return () => participants.create(supervisor);
  }),
  refusal(45367, 400, "an agent joins without an Invite", async (sim) => {
    const { participants } = await channel(sim);
    return () => participants.create({ type: "agent", mediaProperties: { identity: "ada" } });
  }),
  refusal(45770, 400, "a closed channel gets an Invite", async (sim) => {
    const closed = await channel(sim);
    await closed.update(CLOSED);
    await sim.simulator.settled();
    return () => closed.invites.create({ routing: routing(sim) });
  }),
  refusal(45700, 400, "a web chat has a guest that Conversations refuses", async (sim) => {
    const address = await sim.conversations.addressConfigurations.create({ type: "chat", address: "web-chat" });
    return () => sim.twilio.flexApi.v2.webChannels.create({ addressSid: address.sid, identity: "x".repeat(257) });
  }),
];

const documents = ({ twilio: { sync } }: Sim) => sync.v1.services("default").documents;
const workspace = (sim: Sim) => sim.twilio.taskrouter.v1.workspaces(sim.world.taskrouter.workspace.sid);
const workflowSid = (sim: Sim) => String([...sim.world.taskrouter.workflows.keys()][0]);
const EMPTY_FLOW = { description: "", states: [], initial_state: "Trigger", flags: {} };

async function flowIn(sim: Sim): Promise<string> {
  const flow = { friendlyName: "Note", status: "published" as const, definition: NOTE };
  return (await sim.twilio.studio.v2.flows.create(flow)).sid;
}

const ofOthers: Refusal[] = [
  refusal(20003, 401, "the credentials are wrong", (sim) => {
    const stranger = twilio(sim.simulator.account.sid, "wrong");
    return () => stranger.conversations.v1.conversations.create();
  }),
  refusal(20404, 404, "an object is unknown", (sim) => () => workspace(sim).tasks(unknownSid("WT")).fetch()),
  refusal(20412, 412, "a Task has changed", async (sim) => {
    const { sid } = await workspace(sim).tasks.create({ workflowSid: workflowSid(sim) });
    return () => workspace(sim).tasks(sid).update({ priority: 7, ifMatch: "9" });
  }),
  refusal(40153, 400, "a page is asked for by its number", (sim) => () => workspace(sim).tasks.page({ pageNumber: 1 })),
  refusal(
    54006,
    413,
    "a Document is too big",
    (sim) => () => documents(sim).create({ data: { text: "x".repeat(17_000) } }),
  ),
  refusal(54010, 400, "a Document is updated by nothing", async (sim) => {
    const { sid } = await documents(sim).create();
    return () => documents(sim)(sid).update();
  }),
  refusal(54011, 400, "a Document would live too long", (sim) => () => documents(sim).create({ ttl: 31_536_001 })),
  refusal(54103, 412, "a Document has changed", async (sim) => {
    const { sid } = await documents(sim).create({ data: { n: 1 } });
    return () => documents(sim)(sid).update({ data: { n: 2 }, ifMatch: "9" });
  }),
  refusal(54301, 409, "a Document's name is taken", async (sim) => {
    await documents(sim).create({ uniqueName: "one" });
    return () => documents(sim).create({ uniqueName: "one" });
  }),
  refusal(
    54302,
    400,
    "a Document's name looks like a SID",
    (sim) => () => documents(sim).create({ uniqueName: unknownSid("ET") }),
  ),
  refusal(81021, 404, "a Flow has no such revision", async (sim) => {
    const flow = await flowIn(sim);
    return () => sim.twilio.studio.v2.flows(flow).revisions("9").fetch();
  }),
  refusal(81023, 400, "an Execution has too long addresses", async (sim) => {
    const flow = await flowIn(sim);
    return () => sim.twilio.studio.v2.flows(flow).executions.create({ to: "x".repeat(301), from: SENDER });
  }),
  refusal(
    81022,
    400,
    "a Flow's definition is not valid",
    (sim) => () => sim.twilio.studio.v2.flows.create({ friendlyName: "F", status: "draft", definition: EMPTY_FLOW }),
  ),
];

export const otherRefusals = [...ofInteractions, ...ofOthers];
