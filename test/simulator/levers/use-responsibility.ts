import { unattended, type Who, whoIsResponsible } from "../../../src/simulator/levers/who-is-responsible";
import { account } from "../../../src/simulator/seeds";
import type { Switches } from "../../../src/simulator/switches";
import { useInteractions } from "../interactions/use-interactions";
import { ask, flowOf } from "../studio/studio-bench";
import { CUSTOMER, SENDER } from "../use-simulator";

/** Worlds made by hand, to be asked who has the customer. */
export function useResponsibility(switches: Partial<Switches> = {}) {
  const flex = useInteractions(switches);
  const { functionsDomain } = account;
  const conversations = () => flex.world.conversations;

  return Object.assign(flex, {
    /** The verdicts, oldest Conversation first. */
    who: (): Who[] => whoIsResponsible(flex.world).map(({ who }) => who),
    verdictOn: (sid: string) => whoIsResponsible(flex.world).find(({ conversationSid }) => conversationSid === sid),
    left: () => unattended(flex.world),
    writes: (body = "Hello") => flex.simulator.customerSends(CUSTOMER, body, SENDER),
    says: (sid: string, body: string, attributes?: object) =>
      conversations().addMessage(sid, {
        author: "system",
        body,
        attributes: attributes && JSON.stringify(attributes),
        source: "API",
        webhooks: false,
      }),
    note: (sid: string, data: Record<string, unknown>) =>
      flex.world.sync.createDocument({ uniqueName: `conversation.${sid}`, data }),
    inSeconds: (seconds: number) => new Date(flex.world.clock.ms() + seconds * 1000).toISOString(),
    hook: (sid: string, path: string, filters = ["onMessageAdded"]) =>
      conversations().scopedWebhooks.add(sid, { target: "webhook", url: `https://${functionsDomain}${path}`, filters }),
    /** A Flow that asks and waits, as yet of no Conversation. */
    flow: () =>
      flex.world.studio.createFlow({
        friendlyName: "Flow",
        status: "published",
        definition: flowOf(ask("ask", "What can we do?")),
      }).sid,
    attach: (sid: string, flowSid: string) => conversations().scopedWebhooks.add(sid, { target: "studio", flowSid }),
    armTimer: (sid: string) =>
      conversations().states.setTimers(conversations().conversation(sid), { inactive: "PT10M" }),
    /** The service webhook, on a URL that nobody serves here. */
    hearStates(url = `https://${functionsDomain}/hooks/conversation-events`) {
      const { store } = conversations();
      Object.assign(store.services.get(store.defaults.chatServiceSid)?.webhooks ?? {}, {
        postWebhookUrl: url,
        filters: ["onConversationStateUpdated"],
      });
    },
    close: (sid: string) => conversations().setState(sid, "closed", "API", false),
    async successor(attributes: object, messages: string[], uniqueName?: string) {
      const { sid } = conversations().create({ uniqueName, attributes: JSON.stringify(attributes) });
      conversations().addParticipant(sid, {
        binding: { type: "sms", address: CUSTOMER, proxyAddress: SENDER },
        source: "API",
        webhooks: false,
      });
      for (const body of messages)
        conversations().addMessage(sid, { author: CUSTOMER, body, source: "API", webhooks: false });
      await flex.inbound(sid);
      return sid;
    },
  });
}
