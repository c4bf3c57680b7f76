import { CUSTOMER, SENDER } from "../use-simulator";
import { useInteractions } from "./use-interactions";

const flex = useInteractions();

let conversationSid: string;
let chat: Awaited<ReturnType<typeof flex.accepted>>;
beforeEach(async () => {
  conversationSid = await flex.conversation();
  chat = await flex.create(
    { type: "sms", initiated_by: "customer", properties: { media_channel_sid: conversationSid } },
    { workflow_sid: flex.workflowSid(), attributes: { team: "sales" }, priority: 7 },
  );
  flex.simulator.agent("ada").accept();
  await flex.simulator.settled();
});

const writes = (body = "Me again") => flex.simulator.customerSends(CUSTOMER, body, SENDER);
const openTasks = () => flex.state().tasks.filter(({ status }) => !["completed", "canceled"].includes(status));

describe("a customer who writes into a channel that was left", () => {
  it("gets a new Task on the same channel from Flex, by the Workflow and with the attributes of the last", async () => {
    await flex.updateChannel(chat, "inactive", "closed");
    await writes();
    expect(openTasks()).toMatchObject([
      {
        workflowSid: flex.workflowSid(),
        priority: 7,
        attributes: { team: "sales", flexInteractionChannelSid: chat.channelSid, conversationSid },
      },
    ]);
    expect(flex.channel(chat.channelSid)).toMatchObject({ status: "active", leftAt: null });
  });

  it("is routed anew though the last Task is deleted by then", async () => {
    await flex.updateChannel(chat, "inactive", "closed");
    await flex.simulator.advance(601);
    await writes();
    expect(openTasks()).toMatchObject([{ attributes: { team: "sales" } }]);
  });

  it("may be offered to any agent, not only the one it was aimed at", async () => {
    await flex.updateChannel(chat, "inactive", "closed");
    flex.simulator.agent("ada").setActivity("Offline");
    flex.simulator.agent("grace").setActivity("Available");
    await writes();
    const [offer] = flex.state().reservations.filter(({ status }) => status === "pending");
    expect(offer?.workerSid).toBe(flex.world.taskrouter.worker("grace").sid);
  });

  it("gets one Task of several messages at once", async () => {
    await flex.updateChannel(chat, "inactive", "closed");
    for (const body of ["One", "Two", "Three"]) flex.world.phones.send({ from: CUSTOMER, to: SENDER, body });
    await flex.simulator.settled();
    expect(openTasks()).toHaveLength(1);
  });

  it("is revived from a pause as well", async () => {
    await flex.updateChannel(chat, "inactive", "closed");
    Object.assign(flex.world.interactions.channel(chat.channelSid), { status: "pause" });
    await writes();
    expect(openTasks()).toHaveLength(1);
  });
});

it("does not revive a channel for what an agent or a program writes", async () => {
  await flex.updateChannel(chat, "inactive", "closed");
  for (const author of ["ada", "bot"]) {
    await flex.conversations.conversations(conversationSid).messages.create({ author, body: "Hello?" });
  }
  await flex.simulator.settled();
  expect(openTasks()).toEqual([]);
  expect(flex.channel(chat.channelSid)?.status).toBe("inactive");
});

it("makes no Task for a message into a channel that is active", async () => {
  await writes();
  expect(flex.state().tasks).toHaveLength(1);
});

it("remembers when a channel was left, and when it was closed", async () => {
  await flex.updateChannel(chat, "inactive", "closed");
  const { leftAt } = flex.channel(chat.channelSid) ?? {};
  await flex.simulator.advance(60);
  await flex.updateChannel(chat, "closed");
  expect(flex.channel(chat.channelSid)).toMatchObject({ leftAt, closedAt: expect.any(Date) });
  expect(Number(flex.channel(chat.channelSid)?.closedAt) - Number(leftAt)).toBeGreaterThanOrEqual(60_000);
});

describe("where routing is custom", () => {
  const custom = useInteractions({ flexRevivesLeftChannel: false });

  it("a message into a channel that was left makes no Task by itself", async () => {
    const sid = await custom.conversation();
    const left = await custom.accepted(sid);
    await custom.updateChannel(left, "inactive", "closed");
    await custom.simulator.customerSends(CUSTOMER, "Me again", SENDER);
    expect(custom.state().tasks).toHaveLength(1);
    expect(custom.channel(left.channelSid)?.status).toBe("inactive");
  });
});
