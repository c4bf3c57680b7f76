import { type ConversationDocument, claimed, isAlive, mayRoute, opened } from "../../src/conversation/state";

const NOW = new Date("2026-11-24T15:00:00Z");
const later = "2026-11-24T15:00:10.000Z";
const earlier = "2026-11-24T14:59:59.000Z";

describe("who may route a Conversation", () => {
  it.each<[string, ConversationDocument, ReturnType<typeof mayRoute>]>([
    ["a Flow has the customer", { state: "flow" }, "claim"],
    ["it had ended", { state: "ended" }, "claim"],
    ["somebody holds a living claim", { state: "routing", owner: "other", until: later }, "busy"],
    ["our own claim lives", { state: "routing", owner: "me", until: later }, "settle"],
    ["somebody's claim is dead", { state: "routing", owner: "other", until: earlier }, "settle"],
    ["a claim says nothing of its end", { state: "routing", owner: "other" }, "settle"],
    ["an agent has the customer", { state: "open" }, "open"],
    ["an agent put it aside", { state: "parked" }, "open"],
    ["Flex left it", { state: "left" }, "open"],
    ["its last Task is over", { state: "closing" }, "open"],
  ])("when %s: %o -> %s", (_, document, step) => {
    expect(mayRoute(document, "me", NOW)).toBe(step);
  });

  it("holds a claim until its time has passed, and not a moment longer", () => {
    const claim = claimed({}, { owner: "me", now: NOW, seconds: 15 });
    expect(isAlive(claim, new Date(NOW.getTime() + 14_999))).toBe(true);
    expect(isAlive(claim, new Date(NOW.getTime() + 15_000))).toBe(false);
  });

  it("keeps what is known of the Flow through claim and opening, and drops the claim when open", () => {
    const flow = { state: "flow" as const, flowSid: "FW1", executionSid: "FN1" };
    const sids = { interactionSid: "KD1", channelSid: "UO1", taskSid: "WT1" };
    const open = opened(claimed(flow, { owner: "me", now: NOW, seconds: 15 }), sids);
    expect(open).toEqual({ state: "open", flowSid: "FW1", executionSid: "FN1", ...sids });
  });
});
