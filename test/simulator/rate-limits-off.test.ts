import { useSimulator } from "./use-simulator";

const sim = useSimulator({ switches: { rateLimits: false } });

it("lets calls pass however fast they come", async () => {
  const { conversations } = sim.conversations;
  await Promise.all(Array.from({ length: 60 }, () => conversations.create()));
  expect(sim.simulator.state().conversations).toHaveLength(60);
});
