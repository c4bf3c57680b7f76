import { LIMITS } from "../../src/channels/limits";
import type { SentFile } from "../../src/simulator/conversations/inbound-media";
import type { MessageRow } from "../../src/simulator/conversations/rows";
import { requireGuest } from "../../src/simulator/levers/guests";
import type { AgentName } from "../../src/simulator/seeds";
import { CHANNELS } from "./channels";
import type { useContactCentre } from "./contact-centre";
import { webChatPage } from "./web-chat";

export const MB = 1024 * 1024;
export const FILE_CHANNELS = ["sms", "whatsapp", "messenger", "web"] as const;
export type FileChannel = (typeof FILE_CHANNELS)[number];

/** The row of our table that holds for what agents send there. */
export const limitsTo = (channel: FileChannel) =>
  LIMITS[channel === "web" ? "chat" : channel === "sms" ? "mms" : channel].toCustomer;

/** A customer of a channel who is with an agent, and what both exchange. */
export interface Talk {
  customer: string;
  agent: AgentName;
  /** Without waiting for what comes of it. */
  sends(...files: SentFile[]): Promise<void>;
  /** The answer of Twilio, when it refuses. */
  replies(body: string, ...files: SentFile[]): Promise<{ status?: number; code?: number } | undefined>;
  messages(): readonly MessageRow[];
  /** What the customer's end received from the agent on, oldest first, each with the bytes of its files. */
  received(): Promise<{ body: string; files: Buffer[] }[]>;
  /** As Flex reads a file: by the Media resource and its link. */
  read(mediaSid: string): Promise<Buffer>;
}

const hook = { "autoCreation.type": "webhook", "autoCreation.webhookMethod": "post" } as const;

export function fileTalks(centre: ReturnType<typeof useContactCentre>) {
  const page = webChatPage(() => centre.simulator);
  const world = () => centre.simulator.world();

  async function read(mediaSid: string): Promise<Buffer> {
    const { chatServiceSid, sid, authToken } = centre.simulator.account;
    const authorization = `Basic ${Buffer.from(`${sid}:${authToken}`).toString("base64")}`;
    const url = `https://mcs.us1.twilio.com/v1/Services/${chatServiceSid}/Media/${mediaSid}`;
    const media = (await (await fetch(url, { headers: { authorization } })).json()) as {
      links: { content_direct_temporary: string };
    };
    return Buffer.from(await (await fetch(media.links.content_direct_temporary)).arrayBuffer());
  }

  async function bindToWebhook(channel: FileChannel): Promise<void> {
    const address = CHANNELS.find((one) => one.channel === channel)?.sender ?? "web-chat";
    await centre.twilio.conversations.v1.addressConfigurations(address).update({
      ...hook,
      "autoCreation.webhookUrl": `https://${centre.simulator.account.functionsDomain}/inbound/message-added`,
      "autoCreation.webhookFilters": ["onMessageAdded"],
    });
  }

  /** A guest of a web chat, or a customer on a phone; how they send, and what they have received. */
  async function arrive(channel: FileChannel, binding: "flow" | "webhook") {
    const phone = CHANNELS.find((one) => one.channel === channel);
    if (!phone) {
      const { identity } = await page.start({ topic: "support" });
      const guest = requireGuest(world(), identity);
      return {
        customer: identity,
        send: (body: string, media: SentFile[]) => guest.send({ body, media }),
        received: () =>
          guest
            .messages()
            .filter(({ direction }) => direction === "in")
            .map(({ messageSid, body }) => ({
              body,
              files: [...world().media.media.values()].filter((file) => file.messageSid === messageSid),
            })),
      };
    }
    const { customer } = phone;
    await centre.customerSends("Hello", customer);
    if (binding === "flow") await centre.customerSends("2", customer);
    return {
      customer,
      send: (body: string, media: SentFile[]) => world().phones.send({ from: customer, body, media }),
      received: () =>
        world()
          .phones.messages(customer)
          .filter(({ direction }) => direction === "in")
          .map(({ body, media = [] }) => ({ body, files: media })),
    };
  }

  return {
    /** The customer is with an agent now; nothing of what was said on the way there counts any more. */
    async talk(channel: FileChannel, binding: "flow" | "webhook" = "flow"): Promise<Talk> {
      if (binding === "webhook") await bindToWebhook(channel);
      const { customer, send, received } = await arrive(channel, binding);
      const agent = centre.offeredTo() ?? "ada";
      await centre.agent(agent, "accept");
      const [conversation] = [...world().conversations.conversations.values()];
      const messages = () => world().conversations.messages(conversation?.sid ?? "");
      const said = messages().length;
      const heard = received().length;
      const settled = () => centre.simulator.settled();
      return {
        customer,
        agent,
        read,
        messages: () => messages().slice(said),
        async sends(...files) {
          await send("", files);
        },
        async replies(body, ...files) {
          const refusal = await centre.simulator
            .agent(agent)
            .reply(body, undefined, files)
            .then(
              () => undefined,
              ({ status, code }: { status: number; code: number }) => ({ status, code }),
            );
          await settled();
          return refusal;
        },
        received: async () =>
          received()
            .slice(heard)
            .map(({ body, files }) => ({
              body,
              files: files.flatMap(({ sha256 }) => world().media.files.read(sha256 ?? "") ?? []),
            })),
      };
    },
  };
}
