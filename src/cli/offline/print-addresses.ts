import type { AddressBinding } from "../../deploy/apply-address";

/** What people call the channels, and where the simulator's customers on them write. */
const CHANNELS: Record<AddressBinding["type"], { name: string; path: string }> = {
  sms: { name: "SMS, MMS", path: "customers/+15550101234/messages" },
  whatsapp: { name: "WhatsApp", path: "customers/whatsapp:+15550101234/messages" },
  messenger: { name: "Messenger", path: "customers/messenger:4242424242/messages" },
  chat: { name: "Web chat", path: "/webchat/start" },
  telegram: { name: "Telegram", path: "customers/telegram_4711/messages" },
  viber: { name: "Viber", path: "customers/viber_MDEyMzQ1Njc4OWFiY2RlZg/messages" },
};

/** A line for each address: who answers there, and as whom customers write. */
export function printAddresses(addresses: readonly AddressBinding[]): string[] {
  return addresses.map(({ type, address, flow, webhook }) => {
    const { name, path } = CHANNELS[type];
    const answered = flow ? `studio-flows/${flow}.json` : `/${webhook}`;
    return `${name.padEnd(12)} ${address}, answered by ${answered}; try ${path}`;
  });
}
