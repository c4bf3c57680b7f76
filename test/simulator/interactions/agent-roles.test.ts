import { useInteractions } from "./use-interactions";

const flex = useInteractions();
const ada = () => flex.simulator.agent("ada");

async function joined() {
  const sid = await flex.conversation();
  await flex.accepted(sid);
  const members = flex.conversations.conversations(sid).participants;
  const [agent] = (await flex.conversations.roles.list()).filter(
    ({ type, friendlyName }) => type === "conversation" && friendlyName === "agent",
  );
  return { sid, members, agent: String(agent?.sid) };
}

it("is the Role agent that who accepts joins under", async () => {
  const { members, agent } = await joined();
  expect((await members("ada").fetch()).roleSid).toBe(agent);
  await ada().reply("How can I help?");
  expect(flex.heard()).toEqual(["How can I help?"]);
});

it("keeps an agent silent whose Role lost sendMessage, and the customer hears nothing", async () => {
  const { agent } = await joined();
  await flex.conversations.roles(agent).update({ permission: ["leaveConversation"] });
  await expect((async () => ada().reply("Hello"))()).rejects.toMatchObject({ status: 403, code: 50107 });
  expect(flex.heard()).toEqual([]);
});
