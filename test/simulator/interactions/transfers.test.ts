import { CUSTOMER } from "../use-simulator";
import { useInteractions } from "./use-interactions";

const flex = useInteractions();

let conversationSid: string;
let chat: Awaited<ReturnType<typeof flex.accepted>>;
beforeEach(async () => {
  conversationSid = await flex.conversation();
  chat = await flex.create(
    { type: "sms", initiated_by: "customer", properties: { media_channel_sid: conversationSid } },
    { attributes: { team: "sales" }, priority: 7 },
  );
  flex.simulator.agent("ada").accept();
  flex.simulator.agent("grace").setActivity("Available");
});

const worker = (name: string) => flex.world.taskrouter.worker(name).sid;
const queue = () => String([...flex.world.taskrouter.queues.keys()][0]);
const ada = () => String(flex.state().channelParticipants.find(({ identity }) => identity === "ada")?.sid);
const transfers = () => flex.interaction(chat.sid).channels(chat.channelSid).transfers;
const transfer = async (to: string, more: object = {}) => {
  const created = await transfers().create({ type: "cold", from: ada(), to, ...more });
  await flex.simulator.settled();
  return created;
};

describe("a cold transfer", () => {
  it("to a colleague takes the agent out and offers a Task like theirs", async () => {
    const created = await transfer(worker("grace"));
    expect(created).toMatchObject({
      sid: expect.stringMatching(/^UX/),
      executionSid: expect.stringMatching(/^QW/),
      instanceSid: flex.simulator.account.flexInstanceSid,
      type: "cold",
      status: "active",
      from: ada(),
      to: worker("grace"),
    });
    expect(flex.task(chat.taskSid)).toMatchObject({ status: "completed" });
    expect(flex.members(conversationSid)).toEqual([CUSTOMER]);
    expect(flex.openTasks()).toMatchObject([{ status: "reserved", priority: 7, attributes: { team: "sales" } }]);
  });

  it("is completed once the colleague has it, who then talks to the customer", async () => {
    const { sid } = await transfer(worker("grace"));
    flex.simulator.agent("grace").accept();
    expect(await transfers()(sid).fetch()).toMatchObject({ sid, status: "completed" });
    flex.simulator.agent("grace").reply("Grace here");
    expect(flex.heard()).toEqual(["Grace here"]);
    expect(flex.stateOf(conversationSid)).toBe("active");
  });

  it("to a queue waits there", async () => {
    await transfer(queue());
    expect(flex.openTasks()).toMatchObject([{ queueSid: queue(), routingTarget: queue() }]);
  });

  it("has failed when nobody took it in time", async () => {
    for (const name of ["ada", "grace"] as const) flex.simulator.agent(name).setActivity("Offline");
    const { sid } = await transfer(queue());
    await flex.simulator.advance(86_400);
    expect(await transfers()(sid).fetch()).toMatchObject({ status: "failed" });
    expect(flex.stateOf(conversationSid)).toBe("active");
  });

  it("is spelled with the Flex instance by Flex's own client", async () => {
    const { flexInstanceSid } = flex.simulator.account;
    const path = `/v1/Instances/${flexInstanceSid}/Interactions/${chat.sid}/Channels/${chat.channelSid}/Transfers`;
    const body = { type: "cold", from: ada(), to: worker("grace"), noteSid: `KQ${"0".repeat(32)}` };
    const answer = await flex.postJson(path, body);
    expect(answer).toMatchObject({ status: 201, body: { status: "active", note_sid: body.noteSid } });
    const elsewhere = path.replace(flexInstanceSid, `GO${"0".repeat(32)}`);
    expect(await flex.postJson(elsewhere, body)).toMatchObject({ status: 404 });
  });

  it("takes a note while it is under way, and no status once it is over", async () => {
    const { sid } = await transfer(worker("grace"));
    const summarySid = `KQ${"1".repeat(32)}`;
    expect(await transfers()(sid).update({ summarySid })).toMatchObject({ summarySid, status: "active" });
    flex.simulator.agent("grace").accept();
    const changing = transfers()(sid).update({ status: "failed" });
    await expect(changing).rejects.toMatchObject({ status: 400, code: 45770 });
  });
});

describe("is refused, and nothing changes:", () => {
  afterEach(() => {
    expect(flex.openTasks()).toMatchObject([{ sid: chat.taskSid, status: "assigned" }]);
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada"]);
  });

  it.each(["warm", "external"])("a %s transfer, which is not there yet", async (type) => {
    await expect(transfer(queue(), { type })).rejects.toMatchObject({ status: 501 });
  });

  it("a transfer to a Workflow, which is not there yet", async () => {
    await expect(transfer(flex.workflowSid())).rejects.toMatchObject({ status: 501 });
  });

  it("a transfer to nobody we know", async () => {
    await expect(transfer(`WK${"0".repeat(32)}`)).rejects.toMatchObject({ status: 400, code: 20001 });
  });

  it("a transfer by somebody who is no agent in the channel", async () => {
    const customer = flex.state().channelParticipants.find(({ type }) => type === "customer");
    const refused = transfer(queue(), { from: String(customer?.sid) });
    await expect(refused).rejects.toMatchObject({ status: 400, code: 20001 });
  });

  it("a body without a type", async () => {
    await expect(transfer(queue(), { type: undefined })).rejects.toMatchObject({ status: 400, code: 20001 });
  });
});

it("finds no transfer of another channel, and none on a channel that was left", async () => {
  const unknown = transfers()(`UX${"0".repeat(32)}`).fetch();
  await expect(unknown).rejects.toMatchObject({ status: 404, code: 20404 });
  const from = ada();
  await flex.updateChannel(chat, "inactive", "closed");
  const refused = transfers().create({ type: "cold", from, to: queue() });
  await expect(refused).rejects.toMatchObject({ status: 400, code: 45770 });
});
