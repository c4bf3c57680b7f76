import { applyHooks } from "../../src/deploy/apply-hooks";
import { useContactCentre } from "../support/contact-centre";

const centre = useContactCentre();

it("leaves another program's pre-event webhook the events it listens to", async () => {
  const { conversations } = centre.twilio;
  const { defaultChatServiceSid } = await conversations.v1.configuration().fetch();
  const webhooks = conversations.v1.services(defaultChatServiceSid).configuration.webhooks();
  await webhooks.update({ preWebhookUrl: "https://example.com/before", filters: ["onMessageAdd"] });
  await applyHooks(centre.twilio, centre.simulator.account.functionsDomain);
  const { preWebhookUrl, filters } = await webhooks.fetch();
  expect(preWebhookUrl).toBe("https://example.com/before");
  expect([...filters].sort()).toEqual(["onConversationStateUpdated", "onDeliveryUpdated", "onMessageAdd"]);
});
