import { whoIsResponsible } from "../../src/simulator/levers/who-is-responsible";
import { CHANNELS } from "../support/channels";
import { useContactCentre } from "../support/contact-centre";
import { webChatPage } from "../support/web-chat";

const MINUTE = 60;

const centre = useContactCentre();
const page = webChatPage(() => centre.simulator);

/** What an administrator does, with any client of Sync. */
async function block(...blocked: unknown[]): Promise<void> {
  const { documents } = centre.twilio.sync.v1.services("default");
  const data = { blocked };
  await documents.create({ uniqueName: "settings", data }).catch(() => documents("settings").update({ data }));
  // What processes have read of the settings holds for a minute.
  await centre.simulator.advance(MINUTE);
}

const openTasks = () => centre.tasks().filter(({ status }) => ["pending", "reserved", "assigned"].includes(status));
const documentOf = () =>
  centre.state().documents.find(({ uniqueName }) => uniqueName?.startsWith("conversation."))?.data;
const who = () => whoIsResponsible(centre.simulator.world()).map(({ who }) => who);
const says = (body: string) => centre.customerSends(body, customer);

/** Another for each test: processes remember settings for a minute, and a reset sets the clock back. */
let customer = "";
let tests = 0;
beforeEach(() => {
  tests += 1;
  customer = `+15550300${String(tests).padStart(3, "0")}`;
});

describe("a blocked sender", () => {
  it.each(["their number", "the beginning of it"])("told by %s, gets no word of the Flow and no Task", async (by) => {
    await block(by === "their number" ? customer : `${customer.slice(0, -1)}*`);
    await says("Hello");
    await says("Hello?");
    expect(centre.heard(customer)).toEqual([]);
    expect(centre.tasks()).toEqual([]);
    expect(who()).toEqual(["blocked"]);
  });

  it("at an address bound to a webhook gets no Task", async () => {
    await centre.bindToWebhook();
    await block(customer);
    await says("Hello");
    await says("Hello?");
    expect(centre.tasks()).toEqual([]);
    expect(documentOf()).toMatchObject({ state: "blocked" });
  });

  it("who goes on writing costs no Execution, no further Conversation, and two reads at most", async () => {
    await block(customer);
    await says("Hello");
    const executions = centre.state().executions.length;
    centre.simulator.log.clear();
    await says("Hello?");
    expect(centre.state().executions).toHaveLength(executions);
    expect(centre.state().conversations).toHaveLength(1);
    expect(centre.callsIn("/inbound/message-added").length).toBeLessThanOrEqual(2);
    expect(centre.callsIn("/inbound/message-added").filter((name) => !name.includes("Fetch"))).toEqual([]);
  });

  it("stays so when the watchdog rings, and when Flow and Task are asked for by hand", async () => {
    await block(customer);
    await says("Hello");
    await centre.simulator.advance(3 * 60 * MINUTE);
    expect(centre.tasks()).toEqual([]);
    expect(centre.heard(customer)).toEqual([]);
  });

  it("in the middle of a Flow: it ends, and nothing more comes of it", async () => {
    await says("Hello");
    await block(customer);
    await says("1");
    await centre.simulator.advance(30 * MINUTE);
    expect(centre.tasks()).toEqual([]);
    expect(centre.state().executions.filter(({ status }) => status === "active")).toEqual([]);
  });

  it("is not taken from the agent who has them", async () => {
    await says("Hello");
    await says("1");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await block(customer);
    await says("Are you there?");
    await centre.agentReplies(agent, "For the last time");
    expect(centre.heard(customer).at(-1)).toBe("For the last time");
    expect(openTasks()).toHaveLength(1);
  });

  it("whose Task is canceled is not put before the agents again", async () => {
    for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
    await says("Hello");
    await says("1");
    await block(customer);
    centre.simulator.world().taskrouter.cancelTask(openTasks()[0]?.sid ?? "", "not this one");
    await centre.simulator.settled();
    expect(openTasks()).toEqual([]);
    expect(documentOf()).toMatchObject({ state: "blocked" });
  });

  it("who writes while their agent wraps up gets no successor", async () => {
    await says("Hello");
    await says("1");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await block(customer);
    await says("And another thing");
    centre.simulator.agent(agent).wrapUp();
    centre.simulator.agent(agent).complete();
    await centre.simulator.settled();
    expect(centre.state().conversations).toHaveLength(1);
    expect(openTasks()).toEqual([]);
  });
});

describe.each(CHANNELS)("a blocked sender on $channel", ({ channel, sender }) => {
  const address = () =>
    ({ sms: customer, whatsapp: `whatsapp:${customer}`, messenger: `messenger:${customer.slice(1)}` })[channel];

  it.each(["flow", "webhook"])(
    "gets no word and no Task at an address bound to a %s, not for a file either",
    async (bound) => {
      if (bound === "webhook") await centre.bindToWebhook("inbound/message-added", sender);
      await block(address());
      await centre.customerSends("Hello", address());
      await centre.customerSendsPicture(address());
      expect(centre.heard(address())).toEqual([]);
      expect(centre.tasks()).toEqual([]);
      expect(who()).toEqual(["blocked"]);
    },
  );
});

it("a guest of a web chat, another at each start, can be blocked for as long as their chat lives", async () => {
  const guest = await page.start();
  await block(guest.identity);
  await page.writes(guest, "1");
  const heard = page.heard(guest).length;
  await page.writes(guest, "Hello?");
  await centre.simulator.advance(30 * MINUTE);
  expect(centre.tasks()).toEqual([]);
  expect(page.heard(guest)).toHaveLength(heard);
  expect(who()).toEqual(["blocked"]);
});

describe("a sender who is blocked no longer", () => {
  it.each(["a Flow", "a webhook"])("reaches an agent again where the address is bound to %s", async (bound) => {
    if (bound === "a webhook") await centre.bindToWebhook();
    await block(customer);
    await says("Hello");
    await block();
    await says("Hello again");
    expect(openTasks()).toHaveLength(1);
    expect(centre.state().conversations).toHaveLength(1);
  });
});

describe("a block list", () => {
  it("with entries that are none turns away whom the others name, and nobody else", async () => {
    await block("*", "", 7, null, "+1*", customer);
    await says("Hello");
    await centre.customerSends("Hello", "+15550102222");
    expect(centre.heard(customer)).toEqual([]);
    expect(centre.heard("+15550102222").at(-1)).toContain("What can we help you with?");
  });

  it("that cannot be read stops no customer", async () => {
    await block(customer);
    centre.twilioFails("FetchDocument", 503, 50);
    await says("Hello");
    expect(centre.heard(customer).at(-1)).toContain("What can we help you with?");
  });
});
