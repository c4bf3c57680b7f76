import { type ContactCentre, openContactCentre } from "../../src/cli/offline/contact-centre";
import { stories } from "../../src/cli/stories/stories";
import { playStory } from "../../src/cli/stories/story";
import { allAt, readings, type Switches, type SwitchName } from "../../src/simulator/switches";

/**
 * A switch that a story never asked cannot change it, so each is flipped alone only where it was asked.
 * `npm run test:switches` plays the journeys under every reading.
 */
const names = Object.keys(readings) as SwitchName[];

let centre: ContactCentre;
beforeAll(async () => {
  centre = await openContactCentre({ whenOpen: true });
}, 30_000);
afterAll(() => centre.stop());

async function play(given: Partial<Switches>, wanted: (name: string) => boolean = () => true) {
  Object.assign(centre.simulator.world().positions, allAt(0), given);
  const played = [];
  for (const story of stories) if (wanted(story.name)) played.push(await playStory(centre, story));
  return played;
}

/** What a message costs with ten thousand Conversations behind it is counted once. */
const isCheap = (story: string) => !story.endsWith("-calls");

const broken = (played: Awaited<ReturnType<typeof play>>) =>
  played.flatMap(({ name, promises }) => promises.filter(({ kept }) => !kept).map(({ words }) => `${name}: ${words}`));

describe("the stories keep their promises", () => {
  const asked = new Map<SwitchName, Set<string>>();
  const note = (played: Awaited<ReturnType<typeof play>>) => {
    for (const { name, openFacts } of played) {
      for (const fact of openFacts) asked.set(fact, (asked.get(fact) ?? new Set()).add(name));
    }
  };

  it("at the harshest readings of all that Twilio leaves open", async () => {
    const played = await play({});
    note(played);
    expect(broken(played)).toEqual([]);
    expect(played).toHaveLength(stories.length);
  }, 60_000);

  it("at the mildest", async () => {
    const played = await play(allAt(-1), isCheap);
    note(played);
    expect(broken(played)).toEqual([]);
  }, 60_000);

  const flips = names.flatMap((name) => readings[name].slice(1).map((reading) => [name, reading] as const));
  it.each(flips)(
    "with %s alone at %s",
    async (name, reading) => {
      const touched = asked.get(name) ?? new Set();
      const isTold = (story: string) => touched.has(story) && isCheap(story);
      if (touched.size > 0) expect(broken(await play({ [name]: reading }, isTold))).toEqual([]);
    },
    60_000,
  );
});
