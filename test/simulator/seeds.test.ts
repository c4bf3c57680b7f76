import { readFileSync } from "node:fs";
import { readSeeds } from "../../src/simulator/seeding/read-seeds";
import type { SeedsInput } from "../../src/simulator/seeding/seeds-schema";
import { startSimulator } from "../../src/simulator/simulator";
import { useSimulator } from "./use-simulator";

/** The example of the manual. */
function example(): SeedsInput {
  const page = readFileSync("docs/simulator.md", "utf8");
  return JSON.parse(/```json\n(\{\n {2}"agents"[\s\S]*?)```/.exec(page)?.[1] ?? "");
}

describe("the manual's seeds", () => {
  const here = useSimulator({ seeds: example() });
  const workspace = () => here.twilio.taskrouter.v1.workspaces(here.world.taskrouter.workspace.sid);

  it("put their agents at their desks, in place of the usual ones", async () => {
    const workers = await workspace().workers.list();
    expect(workers.map(({ friendlyName, activityName }) => [friendlyName, activityName])).toEqual([
      ["maria", "Available"],
      ["joao", "Break"],
    ]);
    expect(JSON.parse(workers[0]?.attributes ?? "")).toMatchObject({
      full_name: "Maria Silva",
      roles: ["agent"],
      routing: { skills: ["billing"] },
    });
  });

  it("route a Task through their Workflow to their queue, and so to who has the skill", async () => {
    const [workflow] = await workspace().workflows.list();
    const attributes = JSON.stringify({ topic: "billing" });
    await workspace().tasks.create({ workflowSid: workflow?.sid, attributes, taskChannel: "chat" });
    await here.simulator.settled();
    here.simulator.agent("maria").accept();
    const [task] = await workspace().tasks.list();
    expect(task).toMatchObject({ assignmentStatus: "assigned", taskQueueFriendlyName: "Billing" });
  });

  it("offer an agent no more than they have capacity for", async () => {
    const [workflow] = await workspace().workflows.list();
    const attributes = JSON.stringify({ topic: "billing" });
    for (let sent = 0; sent < 3; sent++) {
      await workspace().tasks.create({ workflowSid: workflow?.sid, attributes, taskChannel: "chat" });
    }
    await here.simulator.settled();
    const offered = here.simulator.state().reservations.filter(({ status }) => status === "pending");
    expect(offered).toHaveLength(2);
  });

  it("take a customer's message at their sender, by their address, in a Conversation", async () => {
    await here.simulator.customerSends("+15550101234", "hello", "+15550100300");
    const [conversation] = await here.conversations.conversations.list();
    const [hook] = await here.conversations.conversations(conversation?.sid ?? "").webhooks.list();
    expect(hook?.configuration).toMatchObject({ url: "http://localhost:3000/inbound" });
    expect(here.simulator.world().senders.has("+15550100100")).toBe(false);
  });

  it("hold their users, services, Documents and templates, also after a reset", async () => {
    await here.simulator.reset();
    const users = await here.conversations.users.list();
    expect(users.map(({ identity, attributes }) => [identity, attributes])).toEqual([["vip", '{"tier":"gold"}']]);
    const services = await here.conversations.services.list();
    expect(services.map(({ friendlyName }) => friendlyName)).toContain("Support");
    const document = await here.twilio.sync.v1.services("default").documents("settings").fetch();
    expect(document.data).toEqual({ defaultLanguage: "pt" });
    const contents = await here.twilio.content.v1.contents.list();
    expect(contents.map(({ friendlyName }) => friendlyName)).toContain("welcome_pt");
  });
});

describe("seeds that cannot be used", () => {
  const agent = { name: "a" };
  it.each([
    [{ agnts: [] }, 'The file has no "agnts": remove it'],
    [{ agents: [{ ...agent, skill: "x" }] }, 'agents[0] has no "skill": remove it'],
    [{ agents: [{}] }, "agents[0].name: write a string here."],
    [{ agents: [{ ...agent, activity: "Lunch" }] }, "agents[0].activity: write one of Available, Offline, "],
    [{ agents: [agent, agent] }, 'agents[].name: "a" stands there twice'],
    [{ agents: "ada" }, "agents: write an array here."],
    [{ senders: ["5550100"] }, "senders[0]: write +E164, or a channel and its address"],
    [
      { addresses: [{ address: "+15550100300", type: "sms", webhook: { url: "/hook" } }] },
      "addresses[0].webhook.url: write a whole URL",
    ],
    [{ queues: [{ name: "Q", targetWorkers: "skills HAS" }] }, "queues[0].targetWorkers: "],
    [
      { workflows: [{ name: "W", default: { queue: "Nowhere" } }] },
      'workflows[0].default.queue: there is no queue "Nowhere"; add it to queues, or name one of Everyone.',
    ],
    [{ workflows: [] }, "workflows: it must not be empty"],
    [[], "The file: write an object here."],
  ])("are refused with the place and the remedy: %j", (input, words) => {
    expect(() => readSeeds(input)).toThrow(words);
  });

  it("are refused as Twilio would refuse them, and nothing is started", async () => {
    const users = [{ identity: "US00000000000000000000000000000001" }];
    await expect(startSimulator({ seeds: { users } })).rejects.toThrow(
      "users: US00000000000000000000000000000001: Identity must not look like the SID of a User",
    );
  });
});
