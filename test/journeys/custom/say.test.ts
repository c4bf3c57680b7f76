import type { AddressBinding } from "../../../src/deploy/apply-address";
import type { FlowSource, JsonObject } from "../../../src/deploy/flow-source";
import { CUSTOMER, SMS_ADDRESS, useContactCentre } from "../../support/contact-centre";
import { CUSTOM_CHANNELS, customTalks } from "../../support/custom-talks";

const QUESTION = "Is it about a **lamp** of ours?";

/** Asks once, and says that it has heard the answer. */
const asking: FlowSource = {
  name: "asking",
  definition: {
    description: "Waits by being started again",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: {},
        transitions: [{ event: "incomingConversationMessage", next: "context" }],
      },
      call(
        "context",
        "customer-context",
        { author: "{{trigger.conversation.Author}}", flowSid: "{{flow.flow_sid}}" },
        "who",
      ),
      split("who", "{{widgets.context.parsed.state}}", "flow", "where"),
      split("where", "{{widgets.context.parsed.step}}", "kind", "heard", "ask"),
      call("ask", "say", {
        body: QUESTION,
        next: "kind",
        asked: "{{widgets.context.parsed.asked | plus: 1}}",
        wait: "120",
      }),
      call("heard", "say", { body: "Heard, after asking {{widgets.context.parsed.asked}} time." }),
    ],
  },
};

function call(name: string, path: string, fields: Record<string, string>, next?: string): JsonObject {
  const common = { conversationSid: "{{trigger.conversation.ConversationSid}}", executionSid: "{{flow.sid}}" };
  const parameters = Object.entries({ ...common, ...fields }).map(([key, value]) => ({ key, value }));
  return {
    ...{ name, type: "run-function", properties: { url: `\${function:studio/${path}}`, parameters } },
    transitions: [{ event: "success", ...(next ? { next } : {}) }, { event: "fail" }],
  };
}

function split(name: string, input: string, value: string, next: string, otherwise?: string): JsonObject {
  const conditions = [{ friendly_name: value, type: "equal_to", arguments: [input], value }];
  return {
    ...{ name, type: "split-based-on", properties: { input } },
    transitions: [
      { event: "noMatch", ...(otherwise ? { next: otherwise } : {}) },
      { event: "match", next, conditions },
    ],
  };
}

const addresses: AddressBinding[] = [
  { type: "sms", address: SMS_ADDRESS, flow: "asking" },
  { type: "telegram", address: "telegram", flow: "asking" },
  { type: "viber", address: "viber", flow: "asking" },
];
const centre = useContactCentre({ processes: 1, flows: [asking], addresses });
const talks = customTalks(centre);

const flowDocument = () => {
  const found = centre.state().documents.find(({ uniqueName }) => uniqueName?.startsWith("conversation."));
  return { sid: String(found?.uniqueName).slice("conversation.".length), data: (found?.data ?? {}) as JsonObject };
};

/** As the Flow that has the customer says something more. */
function say(more: Record<string, string>) {
  const { sid, data } = flowDocument();
  return talks.call("/studio/say", {
    conversationSid: sid,
    executionSid: String(data.executionSid),
    body: "Well?",
    ...more,
  });
}

describe.each(CUSTOM_CHANNELS)("a Flow on $channel", ({ channel, customer, says, refusals, came }) => {
  const bodies = () => talks.heard(customer).map(({ body }) => body);
  const asked = channel === "telegram" ? "Is it about a lamp of ours?" : "Is it about a *lamp* of ours?";

  it("asks, ends, and goes on at the answer where it stopped", async () => {
    await talks.writes(customer, "Hello");
    expect(bodies()).toEqual([asked]);
    expect(flowDocument().data).toMatchObject({ state: "flow", step: { name: "kind", asked: 1 } });
    expect(talks.mark(customer, QUESTION).delivery).toMatchObject({ status: came });
    await talks.writes(customer, "Yes");
    expect(bodies()).toEqual([asked, "Heard, after asking 1 time."]);
    expect(centre.state().executions.map(({ status }) => status)).toEqual(["ended", "ended"]);
  });

  it("gives a customer who does not answer to an agent when its patience ends", async () => {
    await talks.writes(customer, "Hello");
    await centre.simulator.advance(110);
    expect(centre.tasks()).toEqual([]);
    await centre.simulator.advance(30);
    expect(centre.tasks()).toHaveLength(1);
    expect(flowDocument().data).toMatchObject({ state: "open" });
    expect(flowDocument().data.step).toBeUndefined();
  });

  it("says nothing once somebody else has the customer", async () => {
    await talks.writes(customer, "Hello");
    await centre.simulator.advance(140);
    const heard = bodies().length;
    expect((await say({})).body).toEqual({ status: "taken", newer: "" });
    expect((await say({ next: "kind", executionSid: `FN${"d".repeat(32)}` })).body.status).toBe("taken");
    expect(bodies()).toHaveLength(heard);
    expect(talks.said(customer)).toHaveLength(heard);
  });

  it("is told what the customer wrote since, and that in their order", async () => {
    await talks.writes(customer, "Hello");
    const [first] = talks.messages(customer);
    expect((await say({ after: first?.sid ?? "" })).body).toEqual({ status: "said", newer: "" });
    await talks.writes(customer, "It is broken");
    await talks.writes(customer, "and dark");
    expect((await say({ after: first?.sid ?? "" })).body.newer).toBe("It is broken\nand dark");
    expect((await say({ after: "0" })).body.newer).toBe("It is broken\nand dark");
    expect((await say({})).body.newer).toBe("");
  });

  it("starts no Flow by what it says, and is heard by no hook", async () => {
    await talks.writes(customer, "Hello");
    const before = centre.state().executions.length;
    expect((await say({})).body.status).toBe("said");
    expect(centre.state().executions).toHaveLength(before);
    expect(bodies().filter((body) => body === "Well?")).toHaveLength(1);
  });

  it("learns when the customer cannot be told now, or at all", async () => {
    await talks.writes(customer, "Hello");
    talks.fails(says, { ...refusals.rateLimited, retryAfter: 60 });
    expect((await say({ body: "Slow" })).body.status).toBe("pending");
    talks.fails(says, refusals.unreachable);
    expect((await say({ body: "Gone" })).body.status).toBe("failed");
    expect(talks.mark(customer, "Gone").delivery).toMatchObject({ status: "failed" });
  });

  it.each([
    ["no words", { body: " " }, "body"],
    ["too little patience", { wait: "59" }, "wait"],
    ["a step that is no word", { next: "two words" }, "next"],
    ["no Message", { after: "SM1" }, "after"],
  ])("is refused with %s", async (_, more, field) => {
    await talks.writes(customer, "Hello");
    expect(await say(more)).toMatchObject({ status: 400, body: { error: { field } } });
  });
});

describe("a Flow on SMS", () => {
  it("speaks in the same way, as the phone shows it, and Twilio delivers", async () => {
    await centre.customerSends("Hello");
    expect(centre.heard()).toEqual(["Is it about a lamp of ours?"]);
    expect((await say({ body: "- one\n- _two_" })).body).toEqual({ status: "said", newer: "" });
    expect(centre.heard(CUSTOMER).at(-1)).toBe("- one\n- two");
    await centre.simulator.advance(150);
    expect(centre.tasks()).toHaveLength(1);
  });
});
