import { CUSTOMER, SENDER } from "../use-simulator";
import { useInteractions } from "./use-interactions";

const DAY = 24 * 60 * 60;

const flex = useInteractions();

let conversationSid: string;
let chat: Awaited<ReturnType<typeof flex.accepted>>;
beforeEach(async () => {
  conversationSid = await flex.conversation();
  chat = await flex.accepted(conversationSid);
});

describe("a channel that is paused", () => {
  it("completes its Task and frees its agent, while the Conversation stays open", async () => {
    expect(await flex.pauseOrResume(chat, "pause")).toMatchObject({ status: 200, body: { status: "pause" } });
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "completed" });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER]);
    expect(flex.stateOf(conversationSid)).toBe("active");
  });

  it("is resumed by its agent with a new Task, which they have at once", async () => {
    await flex.pauseOrResume(chat, "pause");
    flex.simulator.agent("grace").setActivity("Available");
    expect(await flex.pauseOrResume(chat, "active")).toMatchObject({ status: 200, body: { status: "active" } });
    expect(flex.openTasks()).toMatchObject([{ status: "assigned" }]);
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada"]);
    flex.simulator.agent("ada").reply("Here I am again");
    expect(flex.heard()).toEqual(["Here I am again"]);
  });

  it("is routed to anybody after fourteen days", async () => {
    await flex.pauseOrResume(chat, "pause");
    flex.simulator.agent("ada").setActivity("Offline");
    flex.simulator.agent("grace").setActivity("Available");
    await flex.simulator.advance(14 * DAY - 60);
    expect(flex.openTasks()).toEqual([]);
    await flex.simulator.advance(60);
    expect(flex.channel(chat.channelSid)?.status).toBe("active");
    flex.simulator.agent("grace").accept();
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "grace"]);
  });

  it("is not routed after fourteen days when it was resumed, or closed, before", async () => {
    await flex.pauseOrResume(chat, "pause");
    await flex.simulator.advance(DAY);
    await flex.pauseOrResume(chat, "active");
    await flex.updateChannel(chat, "closed", "closed");
    await flex.simulator.advance(14 * DAY);
    expect(flex.openTasks()).toEqual([]);
    expect(flex.channel(chat.channelSid)?.status).toBe("closed");
  });

  it("can be given back to an agent who left, too", async () => {
    await flex.updateChannel(chat, "inactive", "closed");
    await flex.pauseOrResume(chat, "active");
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada"]);
  });
});

describe("is refused:", () => {
  it("a pause that keeps its Task", async () => {
    const url = `https://flex-api.twilio.com/v1/Interactions/${chat.sid}/Channels/${chat.channelSid}`;
    const answer = await flex.call("POST", url, { Status: "pause", Routing: '{"status":"wrapup"}' });
    expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "assigned" });
  });

  it("a pause where no agent is at work", async () => {
    const waiting = await flex.create({ type: "web", initiated_by: "api", participants: [{ identity: "guest" }] });
    expect(await flex.pauseOrResume(waiting, "pause")).toMatchObject({ status: 400, body: { code: 45770 } });
  });

  it("a resumption of what is active", async () => {
    expect(await flex.pauseOrResume(chat, "active")).toMatchObject({ status: 400, body: { code: 45770 } });
    expect(flex.state().tasks).toHaveLength(1);
  });
});

describe("as time goes by, a channel", () => {
  it("that was left is revived by its customer for ninety days, and then no more", async () => {
    await flex.updateChannel(chat, "inactive", "closed");
    await flex.simulator.advance(90 * DAY);
    await flex.simulator.customerSends(CUSTOMER, "Me again", SENDER);
    expect(flex.openTasks()).toEqual([]);
  });

  it.each(["inactive", "closed"] as const)("that is %s is deleted 180 days after its last change", async (status) => {
    await flex.updateChannel(chat, status, "closed");
    await flex.simulator.advance(180 * DAY - 60);
    expect(await flex.interaction(chat.sid).channels(chat.channelSid).fetch()).toMatchObject({ status });
    await flex.simulator.advance(120);
    for (const call of [
      () => flex.interaction(chat.sid).channels(chat.channelSid).fetch(),
      () => flex.interaction(chat.sid).channels(chat.channelSid).participants.list(),
      () => flex.interaction(chat.sid).channels(chat.channelSid).invites.create({ routing: flex.routing() }),
    ]) {
      await expect(call()).rejects.toMatchObject({ status: 404, code: 20404 });
    }
    expect(await flex.interaction(chat.sid).channels.list()).toEqual([]);
  });

  it("lives on when it is used, but not for what happens in its Conversation", async () => {
    await flex.updateChannel(chat, "inactive", "closed");
    await flex.simulator.advance(100 * DAY);
    await flex.conversations.conversations(conversationSid).messages.create({ author: "bot", body: "Still there?" });
    await flex.interaction(chat.sid).channels(chat.channelSid).invites.create({ routing: flex.routing() });
    await flex.simulator.advance(100 * DAY);
    expect(flex.channel(chat.channelSid)).toBeDefined();
    await flex.conversations.conversations(conversationSid).messages.create({ author: "bot", body: "Still there?" });
    await flex.simulator.advance(81 * DAY);
    expect(flex.channel(chat.channelSid)).toBeUndefined();
  });
});
