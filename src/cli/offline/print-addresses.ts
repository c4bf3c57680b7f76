import type { AddressBinding } from "../../deploy/apply-address";

/** What people call the channels, and whom the simulator's customers on it are called. */
const CHANNELS: Record<AddressBinding["type"], { name: string; customer: string }> = {
  sms: { name: "SMS, MMS", customer: "+15550101234" },
  whatsapp: { name: "WhatsApp", customer: "whatsapp:+15550101234" },
  messenger: { name: "Messenger", customer: "messenger:4242424242" },
  chat: { name: "Web chat", customer: "webchat_…" },
};

/** A line for each address: who answers there, and as whom customers write. */
export function printAddresses(addresses: readonly AddressBinding[]): string[] {
  return addresses.map(({ type, address, flow, webhook }) => {
    const { name, customer } = CHANNELS[type];
    const answered = flow ? `studio-flows/${flow}.json` : `/${webhook}`;
    const writes = customer ? `; try customers/${customer}/messages` : "";
    return `${name.padEnd(12)} ${address}, answered by ${answered}${writes}`;
  });
}
