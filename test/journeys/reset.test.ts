import { type ContactCentre, openContactCentre } from "../../src/cli/offline/contact-centre";
import { pictureOf } from "../support/picture";

let centre: ContactCentre;
beforeAll(async () => {
  centre = await openContactCentre({ whenOpen: true, deterministic: true });
}, 30_000);
afterAll(() => centre.stop());

/** The numbers of log entries go on over a reset, and so does what is known of open facts. */
async function picture() {
  const { log, openFacts: _, ...rest } = await pictureOf(centre.simulator);
  return structuredClone({ ...rest, log: log.map(({ seq: __, ...entry }) => entry) });
}

it("leaves an account that is just as it was when all began", async () => {
  const atFirst = await picture();
  for (const body of ["Hello", "Hello again"]) {
    await centre.simulator.customerSends("+15550101234", body);
    await centre.simulator.reset();
    expect(await picture()).toEqual(atFirst);
  }
});

it("dates what was bound by the time of the reset", async () => {
  await centre.simulator.advance(3600);
  await centre.simulator.reset();
  const now = centre.simulator.clock.now();
  const flows = await centre.twilio.studio.v2.flows.list();
  expect(flows.length).toBeGreaterThan(1);
  expect(flows.map(({ dateCreated }) => dateCreated)).toEqual(flows.map(() => now));
  expect(centre.simulator.log.entries.map(({ at }) => at)).toContain(now.toISOString());
});

it("binds anew under other readings of Twilio's open facts", async () => {
  centre.simulator.world().positions.interactionCreateStatus = 200;
  await centre.simulator.reset();
  const bound = await centre.twilio.conversations.v1.addressConfigurations.list();
  expect(bound.length).toBeGreaterThan(1);
  expect(centre.simulator.state().switches.interactionCreateStatus).toBe(200);
});
