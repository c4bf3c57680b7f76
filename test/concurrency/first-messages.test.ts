import { useContactCentre } from "../support/contact-centre";
import { useCustomChannel } from "../support/custom-channel";
import { AT_ONCE, slowTwilio } from "./crowd";

/** SEEDS=50 plays more of them. */
const SEEDS = Number(process.env.SEEDS ?? 2);

describe.each([
  { channel: "telegram", closedConversationKeepsUniqueName: true },
  { channel: "viber", closedConversationKeepsUniqueName: false },
] as const)(
  `${AT_ONCE} first messages at once on $channel, ${SEEDS} seeds, four processes`,
  ({ channel, ...names }) => {
    const centre = useContactCentre({
      addresses: [],
      processes: 4,
      limits: { concurrent: 1_000, answerMs: 30_000 },
      // Two hundred calls at one moment are more than any account may make.
      switches: { ...names, rateLimits: false },
    });
    const { bring, message, live, said, pointer } = useCustomChannel(centre, channel);
    const seeds = Array.from({ length: SEEDS }, (_, seed) => 100 + seed);
    const texts = Array.from({ length: AT_ONCE }, (_, i) => `Message ${i}`);
    /** Of live Conversations. */
    const open = () => {
      const sids = seeds.flatMap((who) => live(who).map(({ sid }) => sid));
      return centre.tasks().filter(({ attributes }) => sids.includes(String(attributes.conversationSid)));
    };

    beforeEach(() => slowTwilio(centre, SEEDS));

    /** All customers write at the same moment. */
    async function allWrite() {
      const statuses = await Promise.all(seeds.flatMap((who) => texts.map((text) => bring(message(text, { who })))));
      await centre.simulator.settled();
      return statuses;
    }

    /** What did not come, by a claim that died or an event that is to come again, does then. */
    function expectOneOfEach(n: number) {
      for (const who of seeds) {
        expect(said(who).at(-1)?.toSorted()).toEqual(texts.toSorted());
        expect(live(who)).toHaveLength(1);
        expect(live(who)[0]?.webhooks).toHaveLength(2);
        expect(pointer(who)).toMatchObject({ conversation: live(who)[0]?.sid, n });
      }
      expect(open()).toHaveLength(SEEDS);
    }

    it("make one Conversation, with one hook of each kind, and one Task", async () => {
      expect(await allWrite()).toEqual(seeds.flatMap(() => texts.map(() => 200)));
      expectOneOfEach(1);
    }, 60_000);

    it("do so as well when the customer comes back", async () => {
      for (const who of seeds) await bring(message("Hello", { who }));
      await centre.simulator.settled();
      centre.leavesUnattended("the first Conversations were closed by hand, before an agent had them");
      for (const who of seeds) {
        for (const { sid } of live(who)) {
          centre.simulator.world().conversations.setState(sid, "closed", "API", false);
        }
      }
      expect(await allWrite()).toEqual(seeds.flatMap(() => texts.map(() => 200)));
      expectOneOfEach(2);
    }, 60_000);

    it("complete what a call that died has begun", async () => {
      centre.simulator
        .world()
        .faults.add({ operation: "CreateConversationScopedWebhook", kind: "refused", status: 500, times: SEEDS });
      const statuses = await allWrite();
      expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
      for (const who of seeds) {
        expect(live(who)).toHaveLength(1);
        expect(live(who)[0]?.webhooks).toHaveLength(2);
      }
      expect(open()).toHaveLength(SEEDS);
    }, 60_000);
  },
);
