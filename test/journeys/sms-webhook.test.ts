import { CUSTOMER, SMS_ADDRESS, useContactCentre } from "../support/contact-centre";

const centre = useContactCentre({ processes: 4 });
const document = () => centre.state().documents.find(({ uniqueName }) => uniqueName?.startsWith("conversation."))?.data;

beforeEach(() => centre.bindToWebhook());

describe("an address bound to a webhook", () => {
  it("routes a customer's first message to an agent, and no later one while they are with one", async () => {
    await centre.customerSends("Hello");
    await centre.customerSends("Are you there?");
    expect(centre.tasks()).toEqual([
      expect.objectContaining({
        status: "reserved",
        attributes: expect.objectContaining({
          customerAddress: CUSTOMER,
          customerName: CUSTOMER,
          from: CUSTOMER,
          channelType: "sms",
        }),
      }),
    ]);
    expect(document()).toMatchObject({ state: "open", taskSid: centre.tasks()[0]?.sid });
  });

  it("takes three Twilio calls for it: claim, create, write", async () => {
    await centre.customerSends("Hello");
    const calls = centre.callsIn("/inbound/message-added");
    // The timers are set alongside, and the settings read where the process does not know them.
    const alongside = ["POST UpdateConversation", "GET FetchDocument"];
    expect(calls.filter((name) => !alongside.includes(name))).toEqual([
      "POST CreateDocument",
      "POST CreateInteraction",
      "POST UpdateDocument",
    ]);
  });

  it("ignores agents and bots, without a single call", async () => {
    await centre.customerSends("Hello");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    const runs = () => centre.state().calls["/inbound/message-added"]?.count ?? 0;
    const before = runs();
    await centre.agentReplies(agent, "Hi there");
    expect(runs()).toBe(before + 1);
    expect(centre.callsIn("/inbound/message-added")).toEqual([]);
    expect(centre.heard()).toEqual(["Hi there"]);
    expect(centre.tasks()).toHaveLength(1);
  });

  it("makes one Interaction of three messages at once", async () => {
    const { phones } = centre.simulator.world();
    centre.simulator.world().latency.set("*", 30);
    for (const body of ["One", "Two", "Three"]) phones.send({ from: CUSTOMER, to: SMS_ADDRESS, body });
    await centre.simulator.settled();
    expect(centre.state().interactions).toHaveLength(1);
    expect(centre.tasks()).toHaveLength(1);
  });

  it("routes the next message when creating the Interaction was refused", async () => {
    centre.twilioFails("CreateInteraction", 400);
    await centre.customerSends("Hello");
    expect(centre.tasks()).toEqual([]);
    await centre.customerSends("Hello?");
    expect(centre.tasks()).toHaveLength(1);
  });

  it("asks TaskRouter before it takes over a claim whose holder gave no answer", async () => {
    centre.twilioFails("UpdateDocument", 503, 2);
    await centre.customerSends("Hello");
    await centre.simulator.advance(16);
    await centre.customerSends("Hello?");
    expect(centre.callsOf("ListTask")).toHaveLength(1);
    expect(centre.state().interactions).toHaveLength(1);
    expect(document()).toMatchObject({ state: "open" });
  });

  it("tries again after a 429, which was never processed", async () => {
    centre.twilioFails("CreateInteraction", 429, 2);
    const { interactionCreateStatus: created } = centre.simulator.world().switches;
    await centre.customerSends("Hello");
    expect(centre.callsOf("CreateInteraction").map(({ status }) => status)).toEqual([429, 429, created]);
    expect(centre.tasks()).toHaveLength(1);
  });
});
