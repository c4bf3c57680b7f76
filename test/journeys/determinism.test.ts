import { type ContactCentre, openContactCentre } from "../../src/cli/offline/contact-centre";
import type { LogEntry } from "../../src/simulator/event-log";
import { withoutDurations } from "../support/picture";

const CUSTOMER = "+15550101234";
const SENDER = "+15550100100";

it("does and says the same again in another simulator, with Functions in processes of their own", async () => {
  const [first, second] = [await run("lamps"), await run("lamps")];
  expect(second).toEqual(first);
}, 60_000);

it("has other SIDs with another seed", async () => {
  const [lamps, chairs] = [conversationsIn(await run("lamps")), conversationsIn(await run("chairs"))];
  expect(lamps).toHaveLength(1);
  expect(chairs).toHaveLength(1);
  expect(chairs).not.toEqual(lamps);
}, 60_000);

it("lets time stand still until it is advanced", async () => {
  const { log } = await run("lamps");
  expect([...new Set(log.map(({ at }) => at))]).toEqual(["2026-01-05T14:00:00.000Z", "2026-01-05T14:00:30.000Z"]);
});

/** A whole story: a Flow with its Functions, hooks that come together, an agent. */
async function run(seed: string) {
  const centre = await openContactCentre({ whenOpen: true, deterministic: true, seed });
  try {
    await playIn(centre);
    return { log: withoutDurations(centre.simulator.log.entries), tables: (await centre.simulator.snapshot()).tables };
  } finally {
    await centre.stop();
  }
}

async function playIn({ simulator }: ContactCentre): Promise<void> {
  for (const body of ["Hello", "2"]) await simulator.customerSends(CUSTOMER, body);
  const ada = simulator.agent("ada");
  ada.accept();
  await simulator.settled();
  await ada.reply("Which lamp is it?");
  // Two at once: they are taken in as they came.
  const { phones } = simulator.world();
  await Promise.all(
    ["The green one", "No, the red one"].map((body) => phones.send({ from: CUSTOMER, to: SENDER, body })),
  );
  await simulator.settled();
  await simulator.advance(30);
  ada.wrapUp();
  await simulator.settled();
  ada.complete();
  await simulator.settled();
}

const conversationsIn = ({ log }: { log: Pick<LogEntry, "conversationSid">[] }) => [
  ...new Set(log.flatMap(({ conversationSid }) => conversationSid ?? [])),
];
