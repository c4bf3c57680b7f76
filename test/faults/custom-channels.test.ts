import { goToOpening } from "../../src/cli/offline/contact-centre";
import type { FaultOrder } from "../../src/simulator/faults/fault";
import { NO_FLOW_ON_OURS, useContactCentre } from "../support/contact-centre";
import { outcomeOf } from "./custom-outcome";
import { type CustomStory, customStories, stageOf } from "./custom-stories";
import { HARMS, isWhole, WEBHOOK_HARMS } from "./harms";

/**
 * Each fault at each call of Twilio and of the platform, in each story of a customer on a channel of ours. The platform
 * brings again what was not answered, the sweep sends again what bears no mark; then each customer has one Conversation and
 * one Task, and what anybody said stands, and came, once, but for the residuals, which are counted and printed.
 * FAULTS=all plays all of it, in hours; `-t "a return"` or `-t "a Flow on viber"` plays a part.
 */
/** Without that, one run in so many: it shares no factor with the numbers of faults. */
const SLICE = 401;
/** Longer than any process remembers anything: the next run's SIDs are the same. */
const FORGOTTEN_SECONDS = 3_700;

const sizes = { runs: 0, calls: 0 };
let turn = 0;
const residuals = new Map<string, number>();

describe.each([
  { bound: "a Flow", options: {} },
  { bound: "agents", options: NO_FLOW_ON_OURS },
])("with $bound", ({ bound, options }) => {
  const stories = customStories.filter((story) => story.bound === bound);
  const centre = useContactCentre({ processes: 2, ...options });

  describe.each(["telegram", "viber"] as const)("on %s", (channel) => {
    async function begin(story: CustomStory) {
      await centre.simulator.reset();
      await centre.simulator.advance(FORGOTTEN_SECONDS);
      await goToOpening(centre.simulator);
      const stage = stageOf(centre, channel);
      await story.begin?.(stage);
      centre.simulator.log.clear();
      return stage;
    }

    /** What there is to strike, in a story where nothing goes wrong. */
    async function rehearse(story: CustomStory) {
      const stage = await begin(story);
      await story.play(stage);
      const { entries } = centre.simulator.log;
      const calls = entries.filter(({ kind, invocation }) => invocation && (kind === "rest" || kind === "platform"));
      const webhooks = entries.filter(({ kind, name }) => kind === "webhook" && name.startsWith(`${channel} `));
      await stage.comesToRest();
      expect(outcomeOf(centre, stage)).toEqual({ wrongs: [], residuals: [] });
      const targets = [
        { operation: "*", times: calls.length, harms: HARMS },
        { operation: `webhook ${channel}`, times: webhooks.length, harms: WEBHOOK_HARMS },
      ];
      sizes.calls += calls.length + webhooks.length;
      const orders = targets.flatMap(({ operation, times, harms }) =>
        Array.from({ length: times }, (_, after) => harms.map((harm) => ({ operation, after, ...harm }) as FaultOrder)),
      );
      return orders.flat();
    }

    it.each(stories.map((story) => [story.name, story] as const))(
      "%s holds under every fault",
      async (_, story) => {
        const orders = await rehearse(story);
        const wrongs: string[] = [];
        for (const order of orders) {
          turn += 1;
          if (!isWhole && turn % SLICE !== 0) continue;
          const stage = await begin(story);
          centre.simulator.world().faults.add(order);
          await story.play(stage);
          await stage.comesToRest();
          sizes.runs += 1;
          const outcome = outcomeOf(centre, stage);
          const struck = centre.simulator.log.entries.find(({ kind }) => kind === "fault")?.name;
          wrongs.push(...outcome.wrongs.map((wrong) => `${order.operation} ${order.after}, ${struck}: ${wrong}`));
          for (const one of outcome.residuals) residuals.set(one, (residuals.get(one) ?? 0) + 1);
        }
        expect(wrongs).toEqual([]);
      },
      3_600_000,
    );
  });
});

afterAll(() => {
  const counted = [...residuals].map(([residual, count]) => `  ${count} times: ${residual}`);
  const head = `faults on channels of ours: ${sizes.runs} runs, at ${sizes.calls} calls`;
  process.stdout.write(`${[head, ...counted].join("\n")}\n`);
});
