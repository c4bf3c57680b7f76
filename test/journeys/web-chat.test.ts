import { useContactCentre } from "../support/contact-centre";
import { webChatPage } from "../support/web-chat";

const centre = useContactCentre();
const page = webChatPage(() => centre.simulator);

const conversationOf = (sid: string) => centre.state().conversations.find((row) => row.sid === sid);

describe("a guest who opens a web chat", () => {
  it("is greeted, chooses a team, and talks to an agent until the agent is done", async () => {
    const guest = await page.start();
    expect(page.heard(guest)).toEqual([expect.stringContaining("thank you"), expect.stringContaining("2 for support")]);
    await page.writes(guest, "2");
    expect(centre.tasks()).toEqual([
      expect.objectContaining({
        attributes: expect.objectContaining({
          team: "support",
          customerName: page.nameOf(guest),
          customerAddress: guest.identity,
          channelType: "web",
        }),
      }),
    ]);
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.agentReplies(agent, "Which lamp is it?");
    expect(page.heard(guest).at(-1)).toBe("Which lamp is it?");
    await page.writes(guest, "The green one");
    expect(centre.tasks()).toHaveLength(1);
    await centre.agent(agent, "wrapUp");
    await centre.agent(agent, "complete");
    expect(conversationOf(guest.conversationSid)?.state).toBe("closed");
  });

  it("is asked for no team when they chose a topic before", async () => {
    const guest = await page.start({ topic: "sales", language: "es", email: "ada@example.com" });
    expect(page.heard(guest)).toEqual(["Hola, gracias por escribirnos.", "Gracias. Un compañero le responderá aquí."]);
    const [task] = centre.tasks();
    expect(task?.attributes).toMatchObject({ team: "sales", language: "es", customerEmail: "ada@example.com" });
  });

  it("chooses no team that the menu does not have", async () => {
    const guest = await page.start({ topic: "board" });
    expect(page.heard(guest).at(-1)).toContain("2 for support");
  });

  it("reaches an agent at a chat address bound to a webhook, too, under their name", async () => {
    await centre.twilio.conversations.v1.addressConfigurations("web-chat").update({
      "autoCreation.type": "webhook",
      "autoCreation.webhookUrl": `https://${centre.simulator.account.functionsDomain}/inbound/message-added`,
      "autoCreation.webhookMethod": "post",
      "autoCreation.webhookFilters": ["onMessageAdded"],
    });
    const guest = await page.start({ language: "de", topic: "sales" });
    await page.writes(guest, "Hello?");
    expect(centre.tasks().map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining({ customerName: "Ada Guest", language: "de", topic: "sales", channelType: "web" }),
    ]);
  });

  it("who never answers the menu still reaches an agent", async () => {
    await page.start();
    await centre.simulator.advance(15 * 60 + 1);
    expect(centre.tasks()).toHaveLength(1);
  });
});
