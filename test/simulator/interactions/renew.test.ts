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
});

const renew = async (routing?: object, sid = chat.channelSid) => {
  const answer = await flex.twilio.flexApi.v1.interaction.create({ channel: { sid }, ...(routing ? { routing } : {}) });
  await flex.simulator.settled();
  return answer;
};

describe("a create request that names a channel", () => {
  it("puts a new Task on it, and answers with its own Interaction", async () => {
    const answer = await renew(flex.routing({ attributes: { team: "support" } }));
    const taskSid = answer.routing.properties.sid;
    expect(answer).toMatchObject({ sid: chat.sid, channel: { sid: chat.channelSid } });
    expect(taskSid).not.toBe(chat.taskSid);
    expect(flex.task(taskSid)?.attributes).toMatchObject({ team: "support", conversationSid });
    expect(flex.state().interactions).toHaveLength(1);
  });

  it("routes as before when it says nothing of routing", async () => {
    const answer = await renew();
    expect(flex.task(answer.routing.properties.sid)).toMatchObject({ priority: 7, attributes: { team: "sales" } });
  });

  it("makes a channel that was left active again", async () => {
    await flex.updateChannel(chat, "inactive", "closed");
    await renew();
    expect(flex.channel(chat.channelSid)?.status).toBe("active");
    flex.simulator.agent("ada").accept();
    expect(flex.members(conversationSid)).toEqual([CUSTOMER, "ada"]);
  });

  it("is refused where the channel is closed", async () => {
    await flex.updateChannel(chat, "closed", "closed");
    await expect(renew()).rejects.toMatchObject({ status: 400, code: 45770 });
  });

  it("is refused where there is no such channel", async () => {
    await expect(renew(undefined, `UO${"0".repeat(32)}`)).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it("is refused with a Workflow that does not exist, and makes no Task", async () => {
    const routing = flex.routing({ workflow_sid: `WW${"0".repeat(32)}` });
    await expect(renew(routing)).rejects.toMatchObject({ status: 400, code: 20001 });
    expect(flex.state().tasks).toHaveLength(1);
  });
});
