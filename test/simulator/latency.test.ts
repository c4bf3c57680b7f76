import { createLatency } from "../../src/simulator/latency";

it("is none until somebody sets it", () => {
  expect(createLatency().of("CreateInteraction")).toBe(0);
});

it("is an operation's own before everybody's", () => {
  const latency = createLatency();
  latency.set("*", 20);
  latency.set("CreateInteraction", 300);
  expect([latency.of("CreateInteraction"), latency.of("CreateConversation")]).toEqual([300, 20]);
});

it("is none again when it is cleared", () => {
  const latency = createLatency();
  latency.set("*", 20);
  latency.clear();
  expect(latency.of("CreateInteraction")).toBe(0);
});
