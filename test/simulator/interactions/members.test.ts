import { useReceiver } from "../use-receiver";
import { CUSTOMER } from "../use-simulator";
import { useInteractions } from "./use-interactions";

const flex = useInteractions();
const receiver = useReceiver();

let conversationSid: string;
let chat: Awaited<ReturnType<typeof flex.accepted>>;
beforeEach(async () => {
  conversationSid = await flex.conversation();
  chat = await flex.accepted(conversationSid);
});

const participants = () => flex.interaction(chat.sid).channels(chat.channelSid).participants;
const add = (type: "supervisor" | "customer" | "agent" | "external" | "unknown", mediaProperties: object) =>
  participants().create({ type, mediaProperties });

describe("a supervisor who looks on", () => {
  it("joins the Conversation beside customer and agent, without a Task", async () => {
    const sam = await add("supervisor", { identity: "sam" });
    expect(sam).toMatchObject({ sid: expect.stringMatching(/^UT/), type: "supervisor", routingProperties: null });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada", "sam"]);
    expect(flex.openTasks()).toHaveLength(1);
    expect((await participants().list()).map(({ type }) => type)).toEqual(["customer", "agent", "supervisor"]);
  });

  it("is announced to the Conversation's webhooks", async () => {
    await flex.conversations.conversations(conversationSid).webhooks.create({
      target: "webhook",
      "configuration.url": receiver.url(),
      "configuration.filters": ["onParticipantAdded"],
    });
    await add("supervisor", { identity: "sam" });
    await flex.simulator.settled();
    expect(receiver.received).toMatchObject([{ params: { Identity: "sam" } }]);
  });

  it("goes again, while the chat goes on, and stays listed", async () => {
    const { sid } = await add("supervisor", { identity: "sam" });
    await flex.interaction(chat.sid).channels(chat.channelSid).participants(sid).update({ status: "closed" });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada"]);
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "assigned" });
    expect(await participants().list()).toHaveLength(3);
  });

  it("has nothing to wrap up, and does not go twice", async () => {
    const { sid } = await add("supervisor", { identity: "sam" });
    const part = flex.interaction(chat.sid).channels(chat.channelSid).participants(sid);
    await expect(part.update({ status: "wrapup" })).rejects.toMatchObject({ status: 400, code: 45770 });
    await part.update({ status: "closed" });
    await expect(part.update({ status: "closed" })).rejects.toMatchObject({ status: 400, code: 45770 });
  });
});

it("takes another customer in", async () => {
  await add("customer", { address: "+15550109999", proxy_address: "+15550100100" });
  flex.simulator.agent("ada").reply("Hello both");
  expect(flex.heard("+15550109999")).toEqual(["Hello both"]);
});

describe("refuses", () => {
  it("an agent, who joins by an Invite", async () => {
    await expect(add("agent", { identity: "grace" })).rejects.toMatchObject({ status: 400, code: 45367 });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada"]);
  });

  it.each(["external", "unknown"] as const)("the type %s, which is not there yet", async (type) => {
    await expect(add(type, { identity: "someone" })).rejects.toMatchObject({ status: 501 });
  });

  it("somebody who is in the Conversation already", async () => {
    await expect(add("supervisor", { identity: "ada" })).rejects.toMatchObject({ status: 400, code: 45361 });
  });

  it("a supervisor without an identity", async () => {
    await expect(add("supervisor", {})).rejects.toMatchObject({ status: 400, code: 45367 });
  });

  it("an identity with a character that URIs reserve", async () => {
    await expect(add("supervisor", { identity: "sam@home" })).rejects.toMatchObject({ status: 400, code: 20001 });
  });

  it("anybody on a channel that is closed", async () => {
    await flex.updateChannel(chat, "closed", "closed");
    await expect(add("supervisor", { identity: "sam" })).rejects.toMatchObject({ status: 400, code: 45770 });
  });
});

it("keeps an agent in the Conversation who is in it by a second Task as well", async () => {
  const { channelSid, sid } = chat;
  const again = flex.routing({ worker_sid: flex.ada() });
  await flex.interaction(sid).channels(channelSid).invites.create({ routing: again });
  await flex.simulator.settled();
  flex.simulator.agent("ada").accept();
  const [first] = flex.state().channelParticipants.filter(({ type }) => type === "agent");
  await flex.interaction(sid).channels(channelSid).participants(String(first?.sid)).update({ status: "closed" });
  expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada"]);
});

describe("an offer that Flex's client answers", () => {
  const offered = async (to: "ada" | "grace" = "ada") => {
    flex.simulator.agent(to).setActivity("Available");
    const worker_sid = flex.world.taskrouter.worker(to).sid;
    const invites = flex.interaction(chat.sid).channels(chat.channelSid).invites;
    const { sid, routing } = await invites.create({ routing: flex.routing({ worker_sid }) });
    await flex.simulator.settled();
    const [reservation] = flex.world.taskrouter.reservationsOf(routing.properties.sid);
    return { sid, taskSid: String(routing.properties.sid), reservationSid: String(reservation?.sid) };
  };
  const answer = (inviteSid: string, action: string, reservationSid: string) =>
    flex.postJson(`/v1/Interactions/${chat.sid}/Channels/${chat.channelSid}/Invites/${inviteSid}`, {
      action,
      routing: { type: "taskrouter", reservation: { sid: reservationSid } },
    });

  it("with accept brings the agent in", async () => {
    const { sid, taskSid, reservationSid } = await offered("grace");
    expect(await answer(sid, "accept", reservationSid)).toMatchObject({ status: 200, body: { sid } });
    expect(flex.task(taskSid)).toMatchObject({ status: "assigned" });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada", "grace"]);
  });

  it("with decline, where it was aimed at one Worker, cancels the Task and leaves the customer alone", async () => {
    await flex.updateChannel(chat, "inactive", "closed");
    const { sid, taskSid, reservationSid } = await offered("grace");
    expect(await answer(sid, "decline", reservationSid)).toMatchObject({ status: 200 });
    expect(flex.task(taskSid)).toMatchObject({ status: "canceled" });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER]);
    expect([flex.stateOf(conversationSid), flex.channel(chat.channelSid)?.status]).toEqual(["active", "active"]);
  });

  it("is refused when it is answered already, or is another Invite's", async () => {
    const { sid, reservationSid } = await offered("grace");
    await answer(sid, "accept", reservationSid);
    expect(await answer(sid, "accept", reservationSid)).toMatchObject({ status: 400 });
    const first = String(flex.state().invites[0]?.sid);
    expect(await answer(first, "accept", reservationSid)).toMatchObject({ status: 400, body: { code: 20001 } });
  });

  it("is refused when it says something else, and not found when it does not exist", async () => {
    const { sid, reservationSid } = await offered("grace");
    expect(await answer(sid, "ponder", reservationSid)).toMatchObject({ status: 400, body: { code: 20001 } });
    expect(await answer(`KG${"0".repeat(32)}`, "accept", reservationSid)).toMatchObject({ status: 404 });
  });
});
