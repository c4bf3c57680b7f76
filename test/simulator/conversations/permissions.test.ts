import { useSimulator } from "../use-simulator";

const sim = useSimulator();
const all = () => sim.conversations.conversations;
const permit = (sid: string, identity: string, permission: string) => () =>
  sim.world.conversations.permit(sid, identity, permission);

let sid: string;
beforeEach(async () => {
  ({ sid } = await all().create());
  await all()(sid).participants.create({ identity: "visitor" });
});

it("are those of the member's Role in the Conversation", async () => {
  expect(permit(sid, "visitor", "sendMessage")).not.toThrow();
  expect(permit(sid, "visitor", "leaveConversation")).not.toThrow();
  expect(permit(sid, "visitor", "editConversationAttributes")).toThrow(
    expect.objectContaining({ status: 403, code: 50107 }),
  );
});

it("are also those of the User's Role in the service", async () => {
  const [admin] = (await sim.conversations.roles.list()).filter(
    ({ type, friendlyName }) => type === "service" && friendlyName === "admin",
  );
  await sim.conversations.users("visitor").update({ roleSid: admin?.sid });
  expect(permit(sid, "visitor", "editConversationAttributes")).not.toThrow();
});

it("follow the Role as it changes", async () => {
  const silent = { friendlyName: "silent", type: "conversation" as const, permission: ["leaveConversation"] };
  const role = await sim.conversations.roles.create(silent);
  await all()(sid).participants("visitor").update({ roleSid: role.sid });
  expect(permit(sid, "visitor", "sendMessage")).toThrow(expect.objectContaining({ code: 50107 }));
  await sim.conversations.roles(role.sid).update({ permission: ["sendMessage"] });
  expect(permit(sid, "visitor", "sendMessage")).not.toThrow();
});

it("are none for whoever is no member", () => {
  expect(permit(sid, "ada", "sendMessage")).toThrow(expect.objectContaining({ status: 403, code: 50430 }));
});

it("do not limit REST", async () => {
  const message = await all()(sid).messages.create({ author: "nobody", body: "Hello" });
  expect(message).toMatchObject({ author: "nobody", participantSid: null });
});
