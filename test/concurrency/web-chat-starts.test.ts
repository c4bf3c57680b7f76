import { useContactCentre } from "../support/contact-centre";
import { form, newKey, type Pass, webChatPage } from "../support/web-chat";
import { AT_ONCE } from "./crowd";

const SEEDS = Number(process.env.SEEDS ?? 3);
const PLACES = 60;

const centre = useContactCentre({
  processes: 4,
  limits: { concurrent: 1_000, answerMs: 30_000 },
  // More at one moment than any account may ask for.
  switches: { rateLimits: false },
});
const page = webChatPage(() => centre.simulator);
const start = (startKey: string) => page.call<Pass>("start", { startKey, ...form });

it(`${AT_ONCE} starts with one key make one chat, in which the guest's words stand once`, async () => {
  for (let seed = 0; seed < SEEDS; seed += 1) {
    centre.simulator.world().latency.set("*", () => 20 + ((seed * 7_919) % 180));
    const startKey = newKey();
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => start(startKey)));
    await centre.simulator.settled();
    expect(answers.filter(({ status }) => status !== 200 && status !== 202)).toEqual([]);
    const made = answers.flatMap(({ body }) => body.conversationSid ?? []);
    expect(new Set(made).size).toBe(1);
  }
  const said = centre.state().conversations.map(({ messages }) => messages.filter(({ body }) => body === form.query));
  expect(said.map((messages) => messages.length)).toEqual(Array(SEEDS).fill(1));
}, 60_000);

it("of more starts than a minute has places no more get one, and only the last few are refused early", async () => {
  const keys = Array.from({ length: PLACES + 15 }, () => newKey());
  const answers = await Promise.all(keys.map(start));
  await centre.simulator.settled();
  const refused = answers.filter(({ status }) => status === 429);
  const taken = answers.filter(({ status }) => status === 200);
  expect(taken.length + refused.length).toBe(keys.length);
  expect(taken.length).toBeLessThanOrEqual(PLACES);
  expect(taken.length).toBeGreaterThan(PLACES * 0.8);
  expect(centre.state().conversations).toHaveLength(taken.length);
}, 60_000);
