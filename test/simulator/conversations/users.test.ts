import { useReceiver } from "../use-receiver";
import { PAIR, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const users = () => sim.conversations.users;
const all = () => sim.conversations.conversations;
const inService = () => sim.conversations.services(sim.simulator.account.chatServiceSid);
const LOUD = { xTwilioWebhookEnabled: "true" } as const;

it("are made, found by SID and identity in both forms, changed and deleted", async () => {
  const { defaultChatServiceRoleSid } = await inService().configuration().fetch();
  const { sid } = await users().create({ identity: "ada", friendlyName: "Ada", attributes: '{"desk":7}' });
  const shown = { sid, identity: "ada", attributes: '{"desk":7}', roleSid: defaultChatServiceRoleSid };
  expect(await users()("ada").fetch()).toMatchObject({ ...shown, friendlyName: "Ada" });
  await inService().users(sid).update({ friendlyName: "Countess" });
  expect(await inService().users("ada").fetch()).toMatchObject({ ...shown, friendlyName: "Countess" });
  await users()(sid).remove();
  for (const one of [sid, "ada"]) {
    await expect(users()(one).fetch()).rejects.toMatchObject({ status: 404, code: 50200 });
  }
});

it("come to be as a chat member joins, once for all Conversations", async () => {
  const sids = [(await all().create()).sid, (await all().create()).sid];
  for (const sid of sids) await all()(sid).participants.create({ identity: "ada" });
  await all()(String(sids[0])).participants.create(PAIR);
  expect((await users().list()).map(({ identity }) => identity)).toEqual(["ada"]);
});

it("are named by the Conversations of a Participant", async () => {
  const { sid } = await all().create();
  await all()(sid).participants.create({ identity: "ada" });
  const [found] = await sim.conversations.participantConversations.list({ identity: "ada" });
  expect(found?.participantUserSid).toBe((await users()("ada").fetch()).sid);
});

it("stay where they were made by somebody who joined nothing", async () => {
  const { sid } = await users().create({ identity: "ada" });
  const conversation = await all().create();
  await all()(conversation.sid).participants.create({ identity: "ada" });
  expect((await users()("ada").fetch()).sid).toBe(sid);
});

it("are of one service", async () => {
  const { sid } = await sim.conversations.services.create({ friendlyName: "Second" });
  await users().create({ identity: "ada" });
  expect(await sim.conversations.services(sid).users.list()).toEqual([]);
  expect(await sim.conversations.services(sid).users.create({ identity: "ada" })).toMatchObject({ identity: "ada" });
});

it("leave every open Conversation as they are deleted", async () => {
  const { sid } = await all().create();
  await all()(sid).participants.create({ identity: "ada" });
  await users()("ada").remove();
  expect(await all()(sid).participants.list()).toEqual([]);
  expect(await all()(sid).participants.create({ identity: "ada" })).toMatchObject({ identity: "ada" });
});

it("tell nobody whether they are online until the service has reachability", async () => {
  await users().create({ identity: "ada" });
  sim.world.conversations.users.find(sim.simulator.account.chatServiceSid, "ada").isOnline = true;
  expect(await users()("ada").fetch()).toMatchObject({ isOnline: null, isNotifiable: null });
  await inService().configuration().update({ reachabilityEnabled: true });
  expect(await users()("ada").fetch()).toMatchObject({ isOnline: true, isNotifiable: null });
  expect((await users().list())[0]).toMatchObject({ isOnline: null });
});

it.each([
  ["no identity", { identity: "" }, 50204],
  ["an identity of more than 256 characters", { identity: "a".repeat(257) }, 50207],
  ["an identity that looks like a User's SID", { identity: `US${"0".repeat(32)}` }, 50206],
  ["attributes that are no JSON", { identity: "ada", attributes: "desk 7" }, 50304],
  ["a name of more than 256 characters", { identity: "ada", friendlyName: "a".repeat(257) }, 50003],
])("refuse %s", async (_, user, code) => {
  await expect(users().create(user)).rejects.toMatchObject({ status: 400, code });
  expect(await users().list()).toEqual([]);
});

it("refuse an identity that is taken, an unknown Role, and a change of nothing", async () => {
  await users().create({ identity: "ada" });
  await expect(users().create({ identity: "ada" })).rejects.toMatchObject({ status: 409, code: 50201 });
  const { defaultConversationRoleSid } = await inService().configuration().fetch();
  for (const roleSid of [`RL${"0".repeat(32)}`, defaultConversationRoleSid]) {
    await expect(users()("ada").update({ roleSid })).rejects.toMatchObject({ status: 404, code: 50102 });
  }
  await expect(users()("ada").update({})).rejects.toMatchObject({ status: 400, code: 20161 });
});

describe("in webhooks", () => {
  beforeEach(async () => {
    const filters = ["onUserAdded", "onUserUpdated"];
    await sim.conversations.configuration.webhooks().update({ postWebhookUrl: receiver.url(), filters });
  });

  it("are told of as they are made and changed, with the documented fields", async () => {
    const { sid, roleSid } = await users().create({ identity: "ada", ...LOUD });
    await users()(sid).update({ friendlyName: "Ada", ...LOUD });
    await sim.simulator.settled();
    expect(receiver.events().sort()).toEqual(["onUserAdded", "onUserUpdated"]);
    const updated = receiver.received.find(({ params }) => params.EventType === "onUserUpdated")?.params;
    expect(updated).toMatchObject({
      ChatServiceSid: sim.simulator.account.chatServiceSid,
      Source: "API",
      UserSid: sid,
      Identity: "ada",
      FriendlyName: "Ada",
      RoleSid: roleSid,
      Attributes: "{}",
      isOnline: "false",
      isNotifiable: "false",
    });
  });

  it("are told of as they come to be by joining", async () => {
    const { sid } = await all().create();
    await all()(sid).participants.create({ identity: "ada", ...LOUD });
    await sim.simulator.settled();
    expect(receiver.events()).toEqual(["onUserAdded"]);
  });

  it("are asked for before a change", async () => {
    const filters = ["onUserUpdate"];
    await sim.conversations.configuration.webhooks().update({ preWebhookUrl: receiver.url("/pre"), filters });
    await users().create({ identity: "ada" });
    await users()("ada").update({ friendlyName: "Ada", ...LOUD });
    const [asked, ...more] = receiver.received.map(({ params }) => params);
    expect(asked).toMatchObject({ EventType: "onUserUpdate", Identity: "ada", FriendlyName: "Ada" });
    expect(more).toEqual([]);
  });

  it("are silent without the header", async () => {
    await users().create({ identity: "ada" });
    await sim.simulator.settled();
    expect(receiver.events()).toEqual([]);
  });
});
