import { sidFor } from "../../src/simulator/sids";
import { CHANNELS } from "../support/channels";
import { useContactCentre } from "../support/contact-centre";

const centre = useContactCentre();

const MINUTE = 60;
const DAY = 24 * 3600;
const OPEN = ["pending", "reserved", "assigned", "wrapping"];

const openTasks = () => centre.tasks().filter(({ status }) => OPEN.includes(status));
const NOBODY = /nobody could answer you/;

/** Whose Task is canceled again and again; the last one lives for a day. */
async function nobodyAnswers(customer: string): Promise<void> {
  for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
  await centre.customerSends("Hello", customer);
  await centre.customerSends("1", customer);
  for (let i = 0; i < 2; i += 1) await cancelTask();
}

async function cancelTask(): Promise<void> {
  centre.simulator.world().taskrouter.cancelTask(openTasks()[0]?.sid ?? "", "canceled by somebody");
  await centre.simulator.settled();
}

const skipped = () =>
  centre.simulator.log.entries.filter(({ kind, name }) => kind === "output" && name.includes("notice_skipped"));

describe.each(CHANNELS)("a customer on $channel whom nobody can answer", ({ customer }) => {
  it("is told so while they may be written to, and the Conversation is closed", async () => {
    await nobodyAnswers(customer);
    await centre.simulator.advance(35 * MINUTE);
    await cancelTask();
    expect(centre.heard(customer).at(-1)).toMatch(NOBODY);
    expect(centre.state().conversations[0]?.state).toBe("closed");
    expect(skipped()).toEqual([]);
  });
});

const [, ...WITH_WINDOW] = CHANNELS;

describe.each(WITH_WINDOW)("a customer on $channel whose last message is a day old", ({ customer }) => {
  it("is not sent away without a word that may not go: agents are asked again", async () => {
    await nobodyAnswers(customer);
    const before = centre.heard(customer);
    await centre.simulator.advance(DAY + 5 * MINUTE);
    expect(openTasks()).toEqual([]);
    expect(skipped()).toEqual([expect.objectContaining({ name: expect.stringContaining('"code":"window_closed"') })]);
    await centre.simulator.advance(31 * MINUTE);
    expect(openTasks()).toHaveLength(1);
    expect(centre.state().conversations.map(({ state }) => state)).toEqual(["active"]);
    expect(centre.heard(customer)).toEqual(before);
  });
});

it("on WhatsApp a template says it, where an administrator has set one", async () => {
  const [, { customer }] = CHANNELS;
  const data = { templates: { en: { nobody: sidFor("HX", "greeting") } } };
  await centre.twilio.sync.v1.services("default").documents.create({ uniqueName: "settings", data });
  await nobodyAnswers(customer);
  await centre.simulator.advance(DAY + 5 * MINUTE);
  expect(centre.heard(customer).at(-1)).toBe("Hello there, we are here to help with your order.");
  expect(centre.state().conversations.map(({ state }) => state)).toEqual(["closed"]);
});
