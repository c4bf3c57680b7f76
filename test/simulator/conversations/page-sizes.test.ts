import { useSimulator } from "../use-simulator";

const sim = useSimulator();

it.each([
  ["Services", 100],
  ["Conversations", 100],
  ["Conversations/:conversation/Participants", 100],
  ["Conversations/:conversation/Messages", 100],
  ["Conversations/:conversation/Messages/:message/Receipts", 50],
  ["Conversations/:conversation/Webhooks", 5],
  ["ParticipantConversations?Identity=ada", 50],
  ["Users", 50],
  ["Users/ada/Conversations", 50],
  ["Roles", 50],
  ["Configuration/Addresses", 50],
  ["Services/:service/Bindings", 100],
])("%s come in pages of %i at most", async (path, largest) => {
  const { sid } = await sim.conversations.conversations.create();
  await sim.conversations.conversations(sid).participants.create({ identity: "ada" });
  const message = await sim.conversations.conversations(sid).messages.create({ body: "Hello" });
  const found = path
    .replace(":conversation", sid)
    .replace(":message", message.sid)
    .replace(":service", sim.simulator.account.chatServiceSid);
  const query = `${found.includes("?") ? "&" : "?"}PageSize=1000`;
  const { body } = await sim.call("GET", `https://conversations.twilio.com/v1/${found}${query}`);
  expect(body.meta).toMatchObject({ page_size: largest });
});
