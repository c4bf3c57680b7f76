import type { FaultOrder } from "../../src/simulator/faults/fault";
import { unattended } from "../../src/simulator/levers/who-is-responsible";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";
import { HARMS, isWhole } from "./harms";
import { type FaultStory, stories } from "./stories";

/**
 * Each fault at each Twilio call of each story in turn. Afterwards, whether what failed is delivered again or not, and
 * once the watchdog has rung, somebody is responsible for every customer and nothing is doubled.
 * The whole matrix takes many minutes: FAULTS=all plays it; without that, every fourth call meets one fault, in turn,
 * and every second of those is delivered again.
 */
const centre = useContactCentre({ processes: 2 });

/** One run in so many. It shares no factor with the number of faults, so that calls meet all of them in turn. */
const SLICE = 41;
const WATCHDOG_SECONDS = 21 * 60;

async function begin(story: FaultStory): Promise<void> {
  await centre.simulator.reset();
  await story.begin?.(centre);
  centre.simulator.log.clear();
}

/** How many Twilio calls our Functions make in a story where nothing goes wrong. */
async function callsOf(story: FaultStory): Promise<number> {
  await begin(story);
  await story.play(centre);
  return centre.simulator.log.entries.filter(({ kind, invocation }) => kind === "rest" && invocation).length;
}

/** Delivers again what got no answer, or a failure: as a provider that retries, or an agent who clicks again. */
async function deliverAgain(story: FaultStory): Promise<void> {
  const { sendWebhook } = centre.simulator.world();
  const failed = centre.simulator.log.entries.filter(
    ({ kind, status, data }) => kind === "webhook" && (status === 0 || Number(status) >= 500) && data?.url,
  );
  for (const { name, data } of failed) {
    if (name.startsWith("Studio")) continue;
    await sendWebhook({
      name: `${name} again`,
      url: String(data?.url),
      params: data?.params as Record<string, string>,
      timeoutMs: 10_000,
    });
  }
  await story.again?.(centre);
  await centre.simulator.settled();
}

/** What is wrong with the world after a story, in words. */
function wrongs(story: FaultStory): string[] {
  const state = centre.state();
  const said = state.phones
    .filter(({ direction, customer }) => direction === "in" && customer === CUSTOMER)
    .map(({ body }) => body);
  const twice = said.filter((body, i) => body === "Hello, this is us" && said.indexOf(body) !== i);
  const copies = state.conversations
    .flatMap(({ messages }) => messages)
    .map(({ attributes }) => (JSON.parse(attributes) as { copiedFrom?: string }).copiedFrom)
    .filter((sid, i, all) => sid && all.indexOf(sid) !== i);
  return [
    ...unattended(centre.simulator.world()).map(({ who, detail }) => `${who}: ${detail}`),
    ...twice.map(() => "the outbound message reached the customer twice"),
    ...copies.map(() => "a late message was copied twice"),
    ...(story.wrongs?.(centre) ?? []),
  ];
}

let size = 0;
let turn = 0;
afterAll(() => {
  process.stdout.write(`fault matrix: ${size} runs of ${stories.length} stories\n`);
});

describe.each(stories.map((story) => [story.name, story] as const))("%s", (_, story) => {
  it("holds under every fault at every call", async () => {
    const calls = await callsOf(story);
    expect(calls).toBeGreaterThan(2);
    const residuals: string[] = [];
    for (let call = 0; call < calls; call += 1) {
      for (const harm of HARMS) {
        turn += 1;
        if (!isWhole && turn % SLICE !== 0) continue;
        for (const again of isWhole ? [false, true] : [size % 2 === 1]) {
          await begin(story);
          centre.simulator.world().faults.add({ operation: "*", after: call, ...harm } as FaultOrder);
          await story.play(centre);
          if (again) await deliverAgain(story);
          await centre.simulator.advance(WATCHDOG_SECONDS);
          size += 1;
          const struck = centre.simulator.log.entries.find(({ kind }) => kind === "fault")?.name;
          for (const wrong of wrongs(story))
            residuals.push(`${harm.kind} at call ${call} (${struck})${again ? ", delivered again" : ""}: ${wrong}`);
        }
      }
    }
    expect(residuals).toEqual([]);
  }, 1_200_000);
});
