import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();

const newService = async () => sim.conversations.services.create({ friendlyName: "Second" });

describe("Conversations services", () => {
  it("keep Conversations and their names apart", async () => {
    const second = await newService();
    const theirs = await sim.conversations.services(second.sid).conversations.create({ uniqueName: "order-1" });
    const ours = await sim.conversations.conversations.create({ uniqueName: "order-1" });
    expect(theirs.chatServiceSid).toBe(second.sid);
    expect((await sim.conversations.services(second.sid).conversations("order-1").fetch()).sid).toBe(theirs.sid);
    expect((await sim.conversations.conversations("order-1").fetch()).sid).toBe(ours.sid);
    await expect(sim.conversations.conversations(theirs.sid).fetch()).rejects.toMatchObject({
      status: 404,
      code: 50350,
    });
    expect(await sim.conversations.services(second.sid).conversations.list()).toHaveLength(1);
  });

  it("answer for the default one in both forms", async () => {
    const { chatServiceSid } = sim.simulator.account;
    const { sid } = await sim.conversations.conversations.create({});
    const inService = sim.conversations.services(chatServiceSid).conversations(sid);
    const { sid: participantSid } = await inService.participants.create(PAIR);
    const message = await inService.messages.create({ author: "system", body: "Hello" });
    expect(message.chatServiceSid).toBe(chatServiceSid);
    expect(message.url).toContain(`/v1/Services/${chatServiceSid}/Conversations/${sid}/Messages/`);
    expect((await sim.conversations.conversations(sid).participants(participantSid).fetch()).url).not.toContain(
      "Services",
    );
    expect(sim.heard()).toEqual(["Hello"]);
  });

  it("hold the pair of an address for the whole account", async () => {
    const second = await newService();
    const elsewhere = await sim.conversations.services(second.sid).conversations.create({});
    await sim.conversations.services(second.sid).conversations(elsewhere.sid).participants.create(PAIR);
    const { sid } = await sim.conversations.conversations.create({});
    await expect(sim.conversations.conversations(sid).participants.create(PAIR)).rejects.toMatchObject({
      status: 409,
      code: 50416,
      message: expect.stringContaining(elsewhere.sid),
    });
  });

  it("take what an Address Configuration creates for them", async () => {
    const second = await newService();
    await sim.conversations.addressConfigurations.create({
      type: "sms",
      address: SENDER,
      "autoCreation.enabled": true,
      "autoCreation.type": "default",
      "autoCreation.conversationServiceSid": second.sid,
    });
    const { conversationSid } = await sim.simulator.customerSends(CUSTOMER, "Hello");
    const found = await sim.conversations.services(second.sid).participantConversations.list({ address: CUSTOMER });
    expect(found.map((row) => row.conversationSid)).toEqual([conversationSid]);
    expect(await sim.conversations.participantConversations.list({ address: CUSTOMER })).toEqual([]);
  });

  it("go with all they hold, but for the default one", async () => {
    const second = await newService();
    const { sid } = await sim.conversations.services(second.sid).conversations.create({});
    await sim.conversations.services(second.sid).conversations(sid).participants.create(PAIR);
    await sim.conversations.services(second.sid).remove();
    await expect(sim.conversations.services(second.sid).fetch()).rejects.toMatchObject({ status: 404, code: 50050 });
    const { sid: next } = await sim.conversations.conversations.create({});
    await expect(sim.conversations.conversations(next).participants.create(PAIR)).resolves.toMatchObject({});
    const { chatServiceSid } = sim.simulator.account;
    await expect(sim.conversations.services(chatServiceSid).remove()).rejects.toMatchObject({ status: 400 });
  });

  it("can be the account's default", async () => {
    const second = await newService();
    await sim.conversations.configuration().update({ defaultChatServiceSid: second.sid });
    const { chatServiceSid } = await sim.conversations.conversations.create({});
    expect(chatServiceSid).toBe(second.sid);
    await expect(
      sim.conversations.configuration().update({ defaultChatServiceSid: `IS${"0".repeat(32)}` }),
    ).rejects.toMatchObject({ status: 404, code: 50050 });
  });
});
