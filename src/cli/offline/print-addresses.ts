import { forCustomChannels, titleOf } from "../../channels/custom-identity";
import type { AddressBinding } from "../../deploy/apply-address";
import { KNOWN } from "../../simulator/platforms/known";

/** What people call the channels, and where the simulator's customers on them write. */
const CHANNELS: Record<AddressBinding["type"], { name: string; path: string }> = {
  sms: { name: "SMS, MMS", path: "customers/+15550101234/messages" },
  whatsapp: { name: "WhatsApp", path: "customers/whatsapp:+15550101234/messages" },
  messenger: { name: "Messenger", path: "customers/messenger:4242424242/messages" },
  chat: { name: "Web chat", path: "/webchat/start" },
  ...forCustomChannels((channel) => ({ name: titleOf(channel), path: `customers/${KNOWN[channel].someone}/messages` })),
};

/** A line for each address: who answers there, and as whom customers write. */
export function printAddresses(addresses: readonly AddressBinding[]): string[] {
  return addresses.map(({ type, address, flow, webhook }) => {
    const { name, path } = CHANNELS[type];
    const answered = flow ? `studio-flows/${flow}.json` : `/${webhook}`;
    return `${name.padEnd(12)} ${address}, answered by ${answered}; try ${path}`;
  });
}
