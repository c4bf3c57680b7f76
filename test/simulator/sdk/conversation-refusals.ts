import { PICTURE } from "../media/use-media";
import { CUSTOMER } from "../use-simulator";
import { type Refusal, refusal, type Sim, undocumented, unknownSid } from "./refusal";

const conversations = (sim: Sim) => sim.conversations.conversations;
const created = async (sim: Sim) => (await conversations(sim).create()).sid;
const at = async (sim: Sim) => conversations(sim)(await created(sim));
const long = (length: number) => "x".repeat(length);
const tooLong = JSON.stringify({ text: long(17 * 1024) });
const HOOK = { target: "webhook", "configuration.url": "https://example.test/hook" } as const;
const ADDED = ["onMessageAdded"];

/** A webhook that differs so from a good one. */
const hooking = (code: number, because: string, given: object) =>
  refusal(code, 400, because, async (sim) => {
    const { webhooks } = await at(sim);
    return () => webhooks.create({ ...HOOK, "configuration.filters": ADDED, ...given });
  });

async function closed(sim: Sim) {
  const sid = await created(sim);
  await conversations(sim)(sid).update({ state: "closed" });
  return conversations(sim)(sid);
}

/** Of the Conversation itself. */
const ofConversations: Refusal[] = [
  refusal(20161, 400, "an update says nothing", async (sim) => {
    const conversation = await at(sim);
    return () => conversation.update();
  }),
  refusal(
    50003,
    400,
    "a friendly name is too long",
    (sim) => () => conversations(sim).create({ friendlyName: long(257) }),
  ),
  refusal(50004, 400, "a unique name is too long", (sim) => () => conversations(sim).create({ uniqueName: long(257) })),
  refusal(50050, 404, "the service is unknown", (sim) => () => sim.conversations.services(unknownSid("IS")).fetch()),
  refusal(50303, 400, "attributes are too long", (sim) => () => conversations(sim).create({ attributes: tooLong })),
  refusal(50304, 400, "attributes are no JSON", (sim) => () => conversations(sim).create({ attributes: "{" })),
  refusal(50350, 404, "the Conversation is unknown", (sim) => () => conversations(sim)(unknownSid("CH")).fetch()),
  refusal(50353, 409, "the unique name is taken", async (sim) => {
    await conversations(sim).create({ uniqueName: "one" });
    return () => conversations(sim).create({ uniqueName: "one" });
  }),
  refusal(
    50375,
    400,
    "the inactive timer is under a minute",
    (sim) => () => conversations(sim).create({ state: "active", "timers.inactive": "PT30S" }),
  ),
  refusal(
    50376,
    400,
    "the closed timer is under ten minutes",
    (sim) => () => conversations(sim).create({ state: "active", "timers.closed": "PT9M" }),
  ),
  refusal(50377, 400, "the Conversation is closed", async (sim) => {
    const conversation = await closed(sim);
    return () => conversation.messages.create({ body: "Hello" });
  }),
  refusal(
    50379,
    400,
    "the inactive timer is no duration",
    (sim) => () => conversations(sim).create({ state: "active", "timers.inactive": "soon" }),
  ),
  refusal(
    50380,
    400,
    "the closed timer is no duration",
    (sim) => () => conversations(sim).create({ state: "active", "timers.closed": "later" }),
  ),
  undocumented(
    refusal(50378, 400, "the state is none", (sim) => () => conversations(sim).create({ state: "asleep" as "active" })),
  ),
  undocumented(
    refusal(50374, 400, "the state is empty", (sim) => () => conversations(sim).create({ state: "" as "active" })),
  ),
  refusal(
    50382,
    400,
    "timers come without a state",
    (sim) => () => conversations(sim).create({ "timers.inactive": "PT5M" }),
  ),
  refusal(
    50384,
    400,
    "it would be closed from the start",
    (sim) => () => conversations(sim).create({ state: "closed" }),
  ),
  refusal(50386, 400, "the Conversation is being set up", async (sim) => {
    const sid = await created(sim);
    Object.assign(sim.world.conversations.conversation(sid), { state: "initializing" });
    return () => conversations(sim)(sid).messages.create({ body: "Hello" });
  }),
  refusal(
    50390,
    400,
    "a unique name looks like a SID",
    (sim) => () => conversations(sim).create({ uniqueName: unknownSid("CH") }),
  ),
];

const ofMessages: Refusal[] = [
  refusal(50056, 403, "the pre-event webhook refuses", async (sim) => {
    const sid = await created(sim);
    // Nothing is served there.
    const preWebhookUrl = `http://localhost:${sim.simulator.port}/simulator/refusal`;
    await sim.conversations.configuration.webhooks().update({ preWebhookUrl, filters: ["onMessageAdd"] });
    return () => conversations(sim)(sid).messages.create({ body: "Hello", xTwilioWebhookEnabled: "true" });
  }),
  refusal(50310, 400, "the author is too long", async (sim) => {
    const { messages } = await at(sim);
    return () => messages.create({ body: "Hello", author: long(257) });
  }),
  refusal(50503, 400, "a Message holds nothing", async (sim) => {
    const { messages } = await at(sim);
    return () => messages.create();
  }),
  refusal(50504, 400, "the body is too long", async (sim) => {
    const { messages } = await at(sim);
    return () => messages.create({ body: long(33 * 1024) });
  }),
  refusal(50507, 400, "the media is unknown", async (sim) => {
    const { messages } = await at(sim);
    return () => messages.create({ mediaSid: unknownSid("ME") });
  }),
  refusal(50508, 400, "the media is another Message's", async (sim) => {
    const { messages } = await at(sim);
    const { sid: mediaSid } = await sim.upload(PICTURE);
    await messages.create({ mediaSid });
    return () => messages.create({ mediaSid });
  }),
  refusal(50527, 400, "content variables are no JSON", async (sim) => {
    const { messages } = await at(sim);
    return () => messages.create({ contentSid: unknownSid("HX"), contentVariables: "name" });
  }),
  refusal(50528, 400, "content variables come without a template", async (sim) => {
    const { messages } = await at(sim);
    return () => messages.create({ body: "Hello", contentVariables: "{}" });
  }),
  refusal(21655, 400, "the template is unknown", async (sim) => {
    const { messages } = await at(sim);
    return () => messages.create({ contentSid: unknownSid("HX") });
  }),
];

const ofWebhooks: Refusal[] = [
  refusal(
    50054,
    400,
    "a webhook's URL is none",
    (sim) => () => sim.conversations.configuration.webhooks().update({ postWebhookUrl: "inbound/telegram" }),
  ),
  refusal(
    50055,
    400,
    "a webhook's method is neither GET nor POST",
    (sim) => () => sim.conversations.configuration.webhooks().update({ method: "PUT" }),
  ),
  refusal(50360, 404, "the webhook is unknown", async (sim) => {
    const { webhooks } = await at(sim);
    return () => webhooks(unknownSid("WH")).fetch();
  }),
  refusal(50361, 400, "a sixth webhook is added", async (sim) => {
    const { webhooks } = await at(sim);
    const one = () => webhooks.create({ ...HOOK, "configuration.filters": ADDED });
    for (let count = 0; count < 5; count += 1) await one();
    return one;
  }),
  hooking(50362, "a trigger has six words", {
    target: "trigger",
    "configuration.triggers": ["a", "b", "c", "d", "e", "f"],
  }),
  hooking(50365, "a filter is no event", { "configuration.filters": ["onMessageSent"] }),
  hooking(50366, "a trigger's word is too long", { target: "trigger", "configuration.triggers": [long(249)] }),
  undocumented(hooking(50364, "the target is none", { target: "pigeon" })),
  undocumented(hooking(50368, "the target is missing", { target: "" })),
  hooking(50367, "the Flow is unknown", { target: "studio", "configuration.flowSid": unknownSid("FW") }),
  hooking(50369, "the URL is missing", { "configuration.url": "" }),
  hooking(50370, "filters are missing", { "configuration.filters": [] }),
  hooking(50371, "triggers are missing", { target: "trigger" }),
];

const ofUsers: Refusal[] = [
  refusal(50100, 404, "the Role is unknown", (sim) => () => sim.conversations.roles(unknownSid("RL")).fetch()),
  refusal(
    50102,
    404,
    "a User's Role is unknown",
    (sim) => () => sim.conversations.users.create({ identity: "visitor", roleSid: unknownSid("RL") }),
  ),
  refusal(
    50104,
    400,
    "the permission is unknown",
    (sim) => () =>
      sim.conversations.roles.create({ friendlyName: "all", type: "conversation", permission: ["flyAway"] }),
  ),
  refusal(50200, 404, "the User is unknown", (sim) => () => sim.conversations.users("nobody").fetch()),
  refusal(50201, 409, "the User exists", async (sim) => {
    await sim.conversations.users.create({ identity: "visitor" });
    return () => sim.conversations.users.create({ identity: "visitor" });
  }),
  refusal(
    50206,
    400,
    "an identity looks like a SID",
    (sim) => () => sim.conversations.users.create({ identity: unknownSid("US") }),
  ),
  refusal(
    50207,
    400,
    "an identity is too long",
    (sim) => () => sim.conversations.users.create({ identity: long(257) }),
  ),
  refusal(50430, 404, "the User is not in that Conversation", async (sim) => {
    const sid = await created(sim);
    const user = await sim.conversations.users.create({ identity: "visitor" });
    return () => sim.conversations.users(user.sid).userConversations(sid).fetch();
  }),
  refusal(
    50451,
    400,
    "memberships are asked of two at once",
    (sim) => () => sim.conversations.participantConversations.list({ identity: "visitor", address: CUSTOMER }),
  ),
  refusal(20409, 409, "a default Role is deleted", async (sim) => {
    const service = sim.conversations.services(sim.simulator.account.chatServiceSid);
    const { defaultConversationRoleSid } = await service.configuration().fetch();
    return () => sim.conversations.roles(defaultConversationRoleSid).remove();
  }),
];

export const conversationRefusals = [...ofConversations, ...ofMessages, ...ofWebhooks, ...ofUsers];
