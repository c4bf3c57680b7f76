import twilio from "twilio";
import { CUSTOMER, PAIR, SENDER } from "../use-simulator";
import { type Refusal, refusal, type Sim, unknownSid } from "./refusal";
import { textTemplate } from "./use-majors";

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

const message = (sim: Sim, given: object) =>
  sim.twilio.messages.create({ to: CUSTOMER, from: SENDER, body: "Hi", ...given });
const sending = (code: number, because: string, given: object) =>
  refusal(code, 400, because, (sim) => () => message(sim, given));

const ofMessaging: Refusal[] = [
  sending(21211, "the recipient is no number", { to: "somebody" }),
  sending(21212, "the sender is no number", { from: "us" }),
  sending(21266, "sender and recipient are one", { to: SENDER }),
  sending(21602, "there is no body", { body: undefined }),
  sending(21603, "there is no sender", { from: undefined }),
  sending(21617, "the body is too long", { body: "x".repeat(1601) }),
  sending(21654, "variables come without a template", { contentVariables: "{}" }),
  sending(21660, "the sender is not ours", { from: "+15550109999" }),
  sending(21910, "sender and recipient are of two channels", { to: `whatsapp:${CUSTOMER}` }),
  sending(63007, "the WhatsApp sender is not ours", { to: `whatsapp:${CUSTOMER}`, from: "whatsapp:+15550109999" }),
  refusal(21610, 400, "the recipient wrote STOP", async (sim) => {
    await sim.simulator.customerSends(CUSTOMER, "STOP").catch(() => undefined);
    return () => message(sim, {});
  }),
  refusal(21656, 400, "variables are no JSON", async (sim) => {
    const { sid } = await sim.twilio.content.v1.contents.create(textTemplate("Hello {{1}}"));
    return () => message(sim, { contentSid: sid, contentVariables: "name" });
  }),
  refusal(
    21422,
    400,
    "the number is not for sale",
    (sim) => () => sim.twilio.incomingPhoneNumbers.create({ phoneNumber: "+14155550100" }),
  ),
];

const documents = ({ twilio: { sync } }: Sim) => sync.v1.services("default").documents;
const workspace = (sim: Sim) => sim.twilio.taskrouter.v1.workspaces(sim.world.taskrouter.workspace.sid);
const EMPTY_FLOW = { description: "", states: [], initial_state: "Trigger", flags: {} };

const ofOthers: Refusal[] = [
  refusal(20003, 401, "the credentials are wrong", (sim) => {
    const stranger = twilio(sim.simulator.account.sid, "wrong");
    return () => stranger.conversations.v1.conversations.create();
  }),
  refusal(20404, 404, "an object is unknown", (sim) => () => workspace(sim).tasks(unknownSid("WT")).fetch()),
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
  refusal(
    81022,
    400,
    "a Flow's definition is not valid",
    (sim) => () => sim.twilio.studio.v2.flows.create({ friendlyName: "F", status: "draft", definition: EMPTY_FLOW }),
  ),
];

export const otherRefusals = [...ofInteractions, ...ofMessaging, ...ofOthers];
