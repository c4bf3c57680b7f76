import { useSimulator } from "../use-simulator";

const sim = useSimulator();
const service = () => sim.conversations.services(sim.simulator.account.chatServiceSid);
const roleNamed = async (name: string) =>
  String((await service().roles.list()).find((r) => r.friendlyName === name)?.sid);

it("says which Roles members get, and they get these", async () => {
  const guest = await roleNamed("guest");
  expect((await service().configuration().fetch()).defaultConversationRoleSid).toBe(guest);
  const { sid } = await sim.conversations.conversations.create();
  const { participants } = sim.conversations.conversations(sid);
  expect((await participants.create({ identity: "visitor" })).roleSid).toBe(guest);
  const agent = await roleNamed("agent");
  const supervisor = await roleNamed("supervisor");
  const changed = await service()
    .configuration()
    .update({ defaultConversationRoleSid: agent, defaultChatServiceRoleSid: supervisor, reachabilityEnabled: true });
  expect(changed).toMatchObject({ defaultConversationRoleSid: agent, reachabilityEnabled: true });
  expect((await participants.create({ identity: "ada" })).roleSid).toBe(agent);
  expect((await sim.conversations.users("ada").fetch()).roleSid).toBe(supervisor);
  expect((await participants("visitor").fetch()).roleSid).toBe(guest);
});

it("gives the creator's Role to whoever made the Conversation through a client SDK", async () => {
  const { conversations } = sim.world;
  const { sid } = conversations.create({ createdBy: "ada" });
  const join = (identity: string) =>
    conversations.addParticipant(sid, { identity, source: "SDK", webhooks: false }).roleSid;
  const { defaultConversationCreatorRoleSid, defaultConversationRoleSid } = await service().configuration().fetch();
  expect([join("ada"), join("grace")]).toEqual([defaultConversationCreatorRoleSid, defaultConversationRoleSid]);
  const [mine] = await sim.conversations.participantConversations.list({ identity: "ada" });
  expect(mine?.conversationCreatedBy).toBe("ada");
});

it("refuses a default that is no Role, or of the other kind", async () => {
  const agent = await roleNamed("agent");
  const change = (given: object) => service().configuration().update(given);
  await expect(change({ defaultConversationRoleSid: `RL${"0".repeat(32)}` })).rejects.toMatchObject({ code: 50109 });
  await expect(change({ defaultChatServiceRoleSid: agent })).rejects.toMatchObject({ status: 404, code: 50102 });
  expect((await service().configuration().fetch()).defaultConversationRoleSid).toBe(await roleNamed("guest"));
});

it("keeps all that is said of notifications", async () => {
  const notifications = () => service().configuration.notifications();
  await notifications().update({
    logEnabled: true,
    "newMessage.enabled": true,
    "newMessage.template": "New: ${MESSAGE}",
    "newMessage.sound": "ring",
    "newMessage.badgeCountEnabled": true,
    "newMessage.withMedia.enabled": true,
    "newMessage.withMedia.template": "File: ${MEDIA}",
    "addedToConversation.enabled": true,
    "removedFromConversation.sound": "knock",
  });
  await notifications().update({ "addedToConversation.template": "Welcome" });
  expect(await notifications().fetch()).toMatchObject({
    logEnabled: true,
    newMessage: {
      enabled: true,
      template: "New: ${MESSAGE}",
      sound: "ring",
      badge_count_enabled: true,
      with_media: { enabled: true, template: "File: ${MEDIA}" },
    },
    addedToConversation: { enabled: true, template: "Welcome", sound: "" },
    removedFromConversation: { enabled: false, template: "", sound: "knock" },
  });
});

it("has no Bindings, as no device registers here", async () => {
  expect(await service().bindings.list({ bindingType: ["fcm"] })).toEqual([]);
  const binding = service().bindings(`BS${"0".repeat(32)}`);
  await expect(binding.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(binding.remove()).rejects.toMatchObject({ status: 404, code: 20404 });
});

it("says that it holds no Credentials for push notifications", async () => {
  await expect(sim.conversations.credentials.list()).rejects.toMatchObject({ status: 501 });
});
