import type { FlowSource } from "../../src/deploy/flow-source";
import { SMS_ADDRESS, useContactCentre } from "../support/contact-centre";

const AWAY = "I am out of office.";

/** Answers every message, and asks nothing that would end it: the loop two machines can be in. */
const chatty: FlowSource = {
  name: "sms",
  definition: {
    description: "Says the same at every message",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: {},
        transitions: [{ event: "incomingConversationMessage", next: "context" }],
      },
      {
        name: "context",
        type: "run-function",
        properties: {
          url: "${function:studio/customer-context}",
          parameters: [
            { key: "conversationSid", value: "{{trigger.conversation.ConversationSid}}" },
            { key: "author", value: "{{contact.channel.address}}" },
            { key: "flowSid", value: "{{flow.flow_sid}}" },
            { key: "executionSid", value: "{{flow.sid}}" },
          ],
        },
        transitions: [{ event: "success", next: "who" }, { event: "fail" }],
      },
      {
        name: "who",
        type: "split-based-on",
        properties: { input: "{{widgets.context.parsed.state}}" },
        transitions: [
          { event: "noMatch" },
          {
            event: "match",
            next: "answer",
            conditions: [
              {
                friendly_name: "ours",
                type: "equal_to",
                arguments: ["{{widgets.context.parsed.state}}"],
                value: "flow",
              },
            ],
          },
        ],
      },
      {
        name: "answer",
        type: "send-message",
        properties: {
          service: "{{trigger.conversation.InstanceSid}}",
          channel: "{{trigger.conversation.ChannelSid}}",
          from: "{{flow.channel.address}}",
          to: "{{contact.channel.address}}",
          body: "Thank you for your message.",
        },
        transitions: [{ event: "sent" }, { event: "failed" }],
      },
    ],
  },
};

const centre = useContactCentre({ flows: [chatty], addresses: [{ type: "sms", address: SMS_ADDRESS, flow: "sms" }] });

/** The phone answers whatever it gets with the same words, as long as it gets something. */
async function autoRespond(rounds: number): Promise<void> {
  let answered = 0;
  for (let round = 0; round < rounds && centre.heard().length > answered; round += 1) {
    answered = centre.heard().length;
    await centre.simulator.advance(2);
    await centre.customerSends(AWAY);
  }
}

describe("an auto-responder", () => {
  it("answered by our bot: the bot falls silent at the fifth time, and one agent is asked", async () => {
    await centre.customerSends(AWAY);
    await autoRespond(30);
    expect(centre.heard().length).toBeLessThanOrEqual(5);
    expect(centre.tasks().filter(({ status }) => ["pending", "reserved"].includes(status))).toHaveLength(1);
    expect(centre.state().interactions).toHaveLength(1);
    const before = centre.heard().length;
    await centre.customerSends(AWAY);
    expect(centre.heard()).toHaveLength(before);
  });

  it("is no person who says different things, or takes their time", async () => {
    for (const body of ["1", "2", "1", "2", "1", "2", "1"]) await centre.customerSends(body);
    expect(centre.heard()).toHaveLength(7);
    for (let i = 0; i < 7; i += 1) {
      await centre.simulator.advance(20);
      await centre.customerSends("Hello?");
    }
    expect(centre.heard()).toHaveLength(14);
    expect(centre.tasks()).toEqual([]);
  });
});
