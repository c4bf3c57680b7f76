import { useSimulator } from "../use-simulator";

const sim = useSimulator({ switches: { closedMessageCanBeUpdated: true, messengerOutsideWindow: "tagged" } });
const all = () => sim.conversations.conversations;

it("can be changed in a closed Conversation where Twilio allows it, and still not be written", async () => {
  const { sid } = await all().create();
  const { sid: message } = await all()(sid).messages.create({ body: "Hello" });
  await all()(sid).update({ state: "closed" });
  await all()(sid).messages(message).update({ attributes: '{"relay":"sent"}' });
  expect(await all()(sid).messages(message).fetch()).toMatchObject({ attributes: '{"relay":"sent"}' });
  await expect(all()(sid).messages.create({ body: "More" })).rejects.toMatchObject({ code: 50377 });
});

it("reaches Messenger after a day where Twilio tags it", async () => {
  const customer = "messenger:1234567890";
  const { sid } = await all().create();
  await all()(sid).participants.create({
    "messagingBinding.address": customer,
    "messagingBinding.proxyAddress": "messenger:100200300400500",
  });
  await all()(sid).messages.create({ body: "Hello" });
  expect(sim.heard(customer)).toEqual(["Hello"]);
});
