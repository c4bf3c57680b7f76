import { useSimulator } from "../use-simulator";

const sim = useSimulator();
const roles = () => sim.conversations.roles;
const inService = () => sim.conversations.services(sim.simulator.account.chatServiceSid);
const ROLE = { friendlyName: "reader", type: "conversation", permission: ["leaveConversation"] } as const;
const newRole = (given: object = {}) => roles().create({ ...ROLE, permission: [...ROLE.permission], ...given });

it("are those that Flex sets up, and the usual ones of a service", async () => {
  const named = (await roles().list()).map(({ friendlyName, type }) => `${type} ${friendlyName}`);
  expect(named).toEqual([
    "service service admin",
    "service service user",
    "conversation channel admin",
    "conversation channel user",
    "service admin",
    "service supervisor",
    "conversation guest",
    "conversation agent",
    "conversation admin",
    "conversation supervisor",
  ]);
});

it("let agents and guests do what Twilio's pages say", async () => {
  const of = async (name: string) => (await roles().list()).find(({ friendlyName }) => friendlyName === name);
  expect([...((await of("agent"))?.permissions ?? [])].sort()).toEqual([
    "deleteOwnMessage",
    "editConversationAttributes",
    "editOwnMessage",
    "editOwnMessageAttributes",
    "leaveConversation",
    "sendMediaMessage",
    "sendMessage",
  ]);
  expect((await of("guest"))?.permissions).toEqual(["sendMessage", "sendMediaMessage", "leaveConversation"]);
});

it("are made, shown in both forms, changed and deleted", async () => {
  const { sid } = await newRole();
  expect(await inService().roles(sid).fetch()).toMatchObject({
    sid,
    friendlyName: "reader",
    type: "conversation",
    permissions: ["leaveConversation"],
    url: expect.stringContaining("/Services/"),
  });
  await roles()(sid).update({ permission: ["sendMessage", "deleteOwnMessage"] });
  expect((await roles()(sid).fetch()).permissions).toEqual(["sendMessage", "deleteOwnMessage"]);
  await roles()(sid).remove();
  await expect(roles()(sid).fetch()).rejects.toMatchObject({ status: 404, code: 50100 });
});

it("come in pages of fifty at most", async () => {
  for (let n = 0; n < 45; n++) {
    const serviceSid = sim.simulator.account.chatServiceSid;
    sim.world.conversations.roles.create({ serviceSid, ...ROLE, permissions: [] });
  }
  const first = await roles().page({ pageSize: 50 });
  expect([first.instances.length, (await first.nextPage())?.instances.length]).toEqual([50, 5]);
});

it("are of one service", async () => {
  const { sid } = await sim.conversations.services.create({ friendlyName: "Second" });
  const second = sim.conversations.services(sid);
  expect(await second.roles.list()).toHaveLength(4);
  const { sid: ours } = await newRole();
  await expect(second.roles(ours).fetch()).rejects.toMatchObject({ status: 404, code: 50100 });
});

it.each([
  ["a permission nobody knows", { permission: ["fly"] }, 50104],
  ["a permission of services on Conversations", { permission: ["createConversation"] }, 50104],
  ["a permission of Conversations on services", { type: "service", permission: ["sendMessage"] }, 50104],
  ["a name of more than 64 characters", { friendlyName: "r".repeat(65) }, 50003],
])("refuse %s", async (_, role, code) => {
  await expect(newRole(role)).rejects.toMatchObject({ status: 400, code });
});

describe("that are in use", () => {
  const inUse = { status: 409 };

  it("stay while they are a default of the service", async () => {
    const { defaultConversationRoleSid } = await inService().configuration().fetch();
    await expect(roles()(defaultConversationRoleSid).remove()).rejects.toMatchObject(inUse);
  });

  it("stay while a member has them", async () => {
    const { sid: roleSid } = await newRole();
    const { sid } = await sim.conversations.conversations.create();
    const { participants } = sim.conversations.conversations(sid);
    await participants.create({ identity: "ada", roleSid });
    await expect(roles()(roleSid).remove()).rejects.toMatchObject(inUse);
    await participants("ada").remove();
    expect(await roles()(roleSid).remove()).toBe(true);
  });

  it("stay while a User has them", async () => {
    const { sid: roleSid } = await newRole({ type: "service", permission: ["joinConversation"] });
    await sim.conversations.users.create({ identity: "ada", roleSid });
    await expect(roles()(roleSid).remove()).rejects.toMatchObject(inUse);
  });
});
