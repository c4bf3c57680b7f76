import { identityOf } from "../../src/channels/custom-identity";
import { useContactCentre } from "../support/contact-centre";
import { AT_ONCE, slowTwilio } from "./crowd";

/** SEEDS=50 plays more of them, and both stories on both channels. */
const SEEDS = Number(process.env.SEEDS ?? 1);
const isWhole = process.env.SEEDS !== undefined;
/** How many customers write side by side. */
const ABREAST = 5;
/** Past the second pause of both platforms; and past the next, where a busy machine answers late. */
const REDELIVERED_SECONDS = [75, 300, 600, 900];
/** Past the watchdog, which finds those whose routing died. */
const WATCHDOG_SECONDS = 21 * 60;
const FRESH_MS = 2_000;

interface Attributes {
  platformId: string;
  platformTime: string;
}

describe.each([
  { channel: "telegram", userOf: (seed: number) => String(6_000 + seed) },
  { channel: "viber", userOf: (seed: number) => `Crowd/${seed}+==` },
] as const)(
  `${AT_ONCE} first messages at once on $channel, some of which come again, ${SEEDS} seeds, four processes`,
  ({ channel, userOf }) => {
    const centre = useContactCentre({
      addresses: [],
      processes: 4,
      limits: { concurrent: 1_000, answerMs: 30_000 },
      // More calls at one moment than any account may make.
      switches: { rateLimits: false },
    });
    const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
    const texts = Array.from({ length: AT_ONCE }, (_, i) => `Message ${i}`);
    const customerOf = (seed: number) => identityOf({ channel, userId: userOf(seed) });
    let doubled = 0;

    beforeEach(() => slowTwilio(centre, SEEDS));
    afterAll(() => {
      const residual =
        "a call died, or its answer was lost, after its post, and the message came again within two seconds";
      process.stdout.write(`${SEEDS * AT_ONCE} first messages on ${channel}, ${doubled} times: ${residual}\n`);
    });

    /** All at the same moment; the platform brings again what is not answered. */
    async function allWrite(): Promise<void> {
      const { platforms } = centre.simulator.world();
      for (let first = 0; first < SEEDS; first += ABREAST) {
        for (const seed of seeds.slice(first, first + ABREAST)) {
          for (const body of texts) platforms.customer(customerOf(seed))?.send({ body });
        }
        await centre.simulator.settled();
      }
      for (const seconds of REDELIVERED_SECONDS) {
        if (platforms[channel].waiting() > 0) await centre.simulator.advance(seconds);
      }
      expect(platforms[channel].waiting()).toBe(0);
      await centre.simulator.advance(WATCHDOG_SECONDS);
    }

    function messagesOf(seed: number) {
      const [conversation, ...more] = centre
        .state()
        .conversations.filter(({ uniqueName }) => uniqueName?.startsWith(`${customerOf(seed)}.`));
      expect(more).toEqual([]);
      return (conversation?.messages ?? []).map(({ body, createdAt, attributes }) => ({
        ...{ body, createdAt: +new Date(createdAt) },
        ...(JSON.parse(attributes) as Attributes),
      }));
    }

    /** Each once; counts those posted anew before a post looks whether it was there, which only `fresh` ones are. */
    function expectOneOfEach(): void {
      for (const seed of seeds) {
        const messages = messagesOf(seed);
        const isSecond = ({ platformId }: Attributes, at: number) =>
          messages.findIndex((one) => one.platformId === platformId) < at;
        const again = messages.filter(isSecond);
        doubled += again.length;
        for (const { createdAt, platformTime } of again) {
          expect(createdAt - Date.parse(platformTime)).toBeLessThan(FRESH_MS);
        }
        expect(new Set(messages.map(({ body }) => body))).toEqual(new Set(texts));
      }
      const open = centre.tasks().filter(({ status }) => ["pending", "reserved", "assigned"].includes(status));
      expect(open.map(({ attributes }) => attributes.customerAddress).toSorted()).toEqual(
        seeds.map(customerOf).toSorted(),
      );
    }

    const unheard = {
      why: "since nothing heard them, or nobody answered in time",
      play: async () => {
        const { faults } = centre.simulator.world();
        for (let i = 0; i < SEEDS; i += 1) {
          const here = { operation: `webhook ${channel}`, after: i * AT_ONCE };
          faults.add({ ...here, kind: "reset before", times: 3 });
          faults.add({ ...here, after: here.after + 9, kind: "refused", status: 503, times: 2 });
        }
        await allWrite();
        expectOneOfEach();
        expect(doubled).toBe(0);
      },
    };
    const halfDone = {
      why: "since answers were lost, Twilio failed, and processes died",
      play: async () => {
        const { faults } = centre.simulator.world();
        for (let i = 0; i < SEEDS; i += 1) {
          faults.add({ operation: `webhook ${channel}`, after: i * AT_ONCE, kind: "reset after", times: 2 });
          faults.add({ operation: "CreateConversationMessage", after: i * AT_ONCE + 5, kind: "reset after" });
          faults.add({ operation: "CreateConversationMessage", after: i * AT_ONCE + 11, kind: "refused", status: 503 });
          faults.add({ operation: "CreateConversation", after: i, kind: "error after" });
        }
        faults.add({ operation: "CreateConversationScopedWebhook", kind: "crash after", times: 2 });
        faults.add({ operation: "CreateConversationMessage", kind: "crash before" });
        await allWrite();
        expectOneOfEach();
        if (channel === "viber") expect(doubled).toBe(0);
      },
    };
    const plays = isWhole ? [unheard, halfDone] : [channel === "telegram" ? unheard : halfDone];

    it.each(plays)("stand in one Conversation once, $why", ({ play }) => play(), 1_800_000);
  },
);
