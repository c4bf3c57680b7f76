import type { AgentSeed } from "./seeding/seeds-schema";
import { sidFor } from "./sids";

/** The simulated account, fixed so that documentation and tests can name it. */
export interface Account {
  sid: string;
  authToken: string;
  /** Authenticates in place of account SID and auth token. */
  apiKey: { sid: string; secret: string };
  /** The Flex Chat Service, the account's default Conversations service. */
  chatServiceSid: string;
  /** The default Sync service, also reached as `default`. */
  syncServiceSid: string;
  flexInstanceSid: string;
  /** Host of the deployed Functions. */
  functionsDomain: string;
  serverlessServiceSid: string;
  /** Senders this account owns from the start. */
  senders: readonly string[];
  /** Its bots on platforms that Twilio does not carry. */
  telegramBot: { token: string; id: number; username: string; name: string };
  viberBot: { token: string; id: string; uri: string; name: string };
}

export const account: Account = {
  sid: "AC00000000000000000000000000000001",
  authToken: "00000000000000000000000000000001",
  apiKey: { sid: "SK00000000000000000000000000000001", secret: "00000000000000000000000000000002" },
  chatServiceSid: sidFor("IS", "Flex Chat Service"),
  syncServiceSid: sidFor("IS", "Default Sync Service"),
  flexInstanceSid: sidFor("GO", "Flex"),
  functionsDomain: "flex-conversations-1234-dev.twil.io",
  serverlessServiceSid: sidFor("ZS", "flex-conversations"),
  senders: ["+15550100100", "whatsapp:+15550100200", "messenger:100200300400500"],
  telegramBot: {
    token: "4242:simulated-telegram-bot",
    id: 4242,
    username: "simulated_contact_centre_bot",
    name: "Contact Centre",
  },
  viberBot: {
    token: "0000000000000042-0000000000000042-0000000000000042",
    id: "pa:4242424242424242424",
    uri: "simulatedcontactcentre",
    name: "Contact Centre",
  },
};

/** Who works here. Ada and Grace are at their desks when the simulator starts; Sam supervises and takes no Tasks. */
export const agents: readonly AgentSeed[] = [
  { name: "ada", fullName: "Ada Lovelace", roles: ["agent"], activity: "Available", capacity: {} },
  { name: "grace", fullName: "Grace Hopper", roles: ["agent"], activity: "Available", capacity: {} },
  { name: "sam", fullName: "Sam Supervisor", roles: ["supervisor"], activity: "Offline", capacity: {} },
];

/** As the seeds give it: `ada`. */
export type AgentName = string;
