import { useReceiver } from "../use-receiver";
import { useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;
const mine = () => sim.conversations.users("ada").userConversations;

let sid: string;
beforeEach(async () => {
  ({ sid } = await all().create({ uniqueName: "order-1", attributes: '{"lang":"pt"}' }));
  await all()(sid).participants.create({ identity: "ada" });
});
const say = async (...bodies: string[]) => {
  for (const body of bodies) await all()(sid).messages.create({ body });
};

it("show what the User sees of each", async () => {
  const [participant] = await all()(sid).participants.list();
  const user = await sim.conversations.users("ada").fetch();
  expect(await mine()("order-1").fetch()).toMatchObject({
    conversationSid: sid,
    participantSid: participant?.sid,
    userSid: user.sid,
    uniqueName: "order-1",
    attributes: '{"lang":"pt"}',
    conversationState: "active",
    createdBy: "system",
    notificationLevel: "default",
    unreadMessagesCount: null,
    lastReadMessageIndex: null,
  });
});

it("count what was written since the User last read", async () => {
  await say("one", "two", "three");
  expect((await mine()(sid).fetch()).unreadMessagesCount).toBeNull();
  expect(await mine()(sid).update({ lastReadMessageIndex: 0 })).toMatchObject({ unreadMessagesCount: 2 });
  await say("four");
  expect((await mine()(sid).fetch()).unreadMessagesCount).toBe(3);
  await all()(sid).participants("ada").update({ lastReadMessageIndex: 3 });
  expect(await mine()(sid).fetch()).toMatchObject({ unreadMessagesCount: 0, lastReadMessageIndex: 3 });
});

it("keep how far was read for the Participant too, and who wants no notice", async () => {
  await mine()(sid).update({ lastReadTimestamp: new Date("2026-11-24T15:00:00Z"), notificationLevel: "muted" });
  expect(await all()(sid).participants("ada").fetch()).toMatchObject({ lastReadTimestamp: "2026-11-24T15:00:00Z" });
  expect((await mine()(sid).fetch()).notificationLevel).toBe("muted");
});

it("list open and closed ones, fifty a page at most", async () => {
  await all()(sid).update({ state: "closed" });
  const { conversations } = sim.world;
  for (let n = 0; n < 60; n++) {
    conversations.addParticipant(conversations.create({}).sid, { identity: "ada", source: "API", webhooks: false });
  }
  const first = await mine().page({ pageSize: 50 });
  const second = await first.nextPage();
  expect([first.instances.length, second?.instances.length]).toEqual([50, 11]);
  const states = [...first.instances, ...(second?.instances ?? [])].map(({ conversationState }) => conversationState);
  expect(states.filter((state) => state === "closed")).toHaveLength(1);
});

it("end as they are deleted, which no webhook hears of", async () => {
  await all()(sid).webhooks.create({
    target: "webhook",
    "configuration.url": receiver.url(),
    "configuration.filters": ["onParticipantRemoved", "onParticipantUpdated"],
  });
  await mine()(sid).update({ lastReadMessageIndex: 0 });
  await mine()(sid).remove();
  await sim.simulator.settled();
  expect(await all()(sid).participants.list()).toEqual([]);
  expect(await mine().list()).toEqual([]);
  expect(receiver.events()).toEqual([]);
});

it("refuse what is not theirs, a change of nothing, and changes of a closed one", async () => {
  const other = await all().create();
  await expect(mine()(other.sid).fetch()).rejects.toMatchObject({ status: 404, code: 50430 });
  await expect(mine()(`CH${"0".repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 50350 });
  const grace = sim.conversations.users("grace").userConversations;
  await expect(grace.list()).rejects.toMatchObject({ status: 404, code: 50200 });
  await expect(mine()(sid).update({})).rejects.toMatchObject({ status: 400, code: 20161 });
  await expect(mine()(sid).update({ lastReadMessageIndex: -1 })).rejects.toMatchObject({ status: 400, code: 50421 });
  await all()(sid).update({ state: "closed" });
  const late = mine()(sid).update({ lastReadMessageIndex: 0 });
  await expect(late).rejects.toMatchObject({ status: 400, code: 50377 });
  await expect(mine()(sid).remove()).rejects.toMatchObject({ status: 400, code: 50377 });
});

it("are a thousand at most, closed ones aside", async () => {
  const { conversations } = sim.world;
  const join = () =>
    conversations.addParticipant(conversations.create({}).sid, { identity: "ada", source: "API", webhooks: false });
  for (let n = 1; n < 1000; n++) join();
  const { sid: last } = await all().create();
  const joining = () => all()(last).participants.create({ identity: "ada" });
  await expect(joining()).rejects.toMatchObject({ status: 400, code: 50214 });
  await all()(sid).update({ state: "closed" });
  expect(await joining()).toMatchObject({ identity: "ada" });
});
