import { MINUTE, useSweeps } from "../support/sweep-bench";

const bench = useSweeps();
const { centre, sweep, expectRepaired, world, openTasks, conversation, sidOf, hooks } = bench;
const { write, stopClocks, later, customerWaits, withAgent, cancelUnheard } = bench;

const channel = () => [...world().interactions.channels.values()].at(-1);

/** As if TaskRouter and Conversations had told nobody. */
async function unheard(act: () => Promise<void> | void): Promise<void> {
  for (const path of ["/hooks/task-events", "/hooks/conversation-events", "/inbound/message-added"]) {
    centre.functionFails(path, 20);
  }
  await act();
  await centre.simulator.settled();
  world().faults.clear();
}

describe("a customer whom an agent left", () => {
  it("and who wrote without Flex, or our hook, asking anybody: they are invited", async () => {
    await withAgent();
    await centre.agentLeaves();
    const { positions } = world();
    const { flexRevivesLeftChannel } = positions;
    positions.flexRevivesLeftChannel = false;
    await unheard(async () => void (await centre.customerSends("Are you there?")));
    await stopClocks();
    await later();
    await expectRepaired("unanswered: invite");
    expect(openTasks()).toHaveLength(1);
    positions.flexRevivesLeftChannel = flexRevivesLeftChannel;
  });

  it("and whose channel lives again, with no Task on it: routed", async () => {
    await withAgent();
    await centre.agentLeaves();
    const row = channel();
    if (row) row.status = "active";
    await stopClocks();
    await later();
    await expectRepaired("no-task: route");
    expect(openTasks()).toHaveLength(1);
  });
});

describe("a Task", () => {
  it("in wrap-up whose channel closed unheard: what was missed is made up for", async () => {
    const { positions } = world();
    const { flexClosesConversationAt } = positions;
    // Where Flex closes the Conversation earlier, that is found instead.
    positions.flexClosesConversationAt = "complete";
    const agent = await withAgent();
    await centre.simulator.advance(10);
    await unheard(() => void centre.simulator.agent(agent).wrapUp());
    await later();
    await expectRepaired("no-channel: follow-task");
    expect(centre.state().documents.map(({ data }) => Object(data).state)).toContain("closing");
    positions.flexClosesConversationAt = flexClosesConversationAt;
  });

  it("that TaskRouter has deleted, unheard: the customer is with somebody again", async () => {
    await customerWaits();
    await cancelUnheard();
    for (const { sid } of centre.tasks()) (world().taskrouter.tasks as Map<string, unknown>).delete(sid);
    await stopClocks();
    await later();
    await expectRepaired("no-task: follow-task");
    expect(openTasks()).toHaveLength(1);
  });
});

it("closed amid the Flow without a word to the customer: what they wrote goes on in a successor", async () => {
  await centre.customerSends("Hello");
  const [execution] = world().studio.executions.values();
  if (execution) world().studio.endExecution(execution, "ended by somebody");
  for (const { sid } of hooks()) world().conversations.removeWebhook(sidOf(), sid);
  await unheard(async () => void (await centre.customerSends("Anybody?")));
  world().conversations.setState(sidOf(), "closed", "API", false);
  await later();
  await expectRepaired("close-unheard: write-down");
  expect(centre.state().conversations.map(({ state }) => state)).toEqual(["closed", "active"]);
  expect(openTasks()).toHaveLength(1);
});

it("closing, with a late message that nobody took on: it goes on in a successor", async () => {
  const agent = await withAgent();
  await centre.simulator.advance(MINUTE);
  await unheard(async () => {
    await centre.customerSends("Wait, one more thing");
    centre.simulator.agent(agent).wrapUp();
  });
  await write({ state: "closing", closingAt: centre.simulator.clock.now().toISOString() });
  await later();
  await expectRepaired("late-message: succeed");
  expect(openTasks()).toHaveLength(1);
});

it("a hook on a host that is ours no more, beside the right one: removed", async () => {
  await customerWaits();
  const [right] = hooks();
  const url = "https://flex-conversations-1111-dev.twil.io/inbound/message-added";
  world().conversations.scopedWebhooks.add(sidOf(), { target: "webhook", url, filters: ["onMessageAdded"] });
  await later();
  await expectRepaired("hook-elsewhere: remove-hook");
  expect(hooks()).toEqual([right]);
});

it("one that cannot be looked at keeps no other from being repaired, and is found at the next sweep", async () => {
  await customerWaits();
  await cancelUnheard();
  await centre.customerSends("Hello", "+15550104321");
  await centre.customerSends("1", "+15550104321");
  await stopClocks();
  await later();
  const [first] = centre.state().conversations;
  centre.twilioFails("ListConversationScopedWebhook", 400);
  const found = await sweep({ fix: "true" });
  expect(found).toEqual(expect.arrayContaining(["failed: report", expect.stringContaining(", done")]));
  expect(first?.sid).toBe(conversation()?.sid);
  await sweep({ fix: "true" });
  expect(await sweep({ fix: "true" })).toEqual([]);
  expect(openTasks()).toHaveLength(2);
});
