import { CUSTOM_CHANNELS } from "./custom-identity";

/** Where a customer is. An SMS with a file is an MMS; `chat` is web chat; those that we carry ourselves are as they are called. */
export const CHANNELS = ["sms", "mms", "whatsapp", "messenger", "chat", ...CUSTOM_CHANNELS] as const;
export type Channel = (typeof CHANNELS)[number];

export type Direction = "toCustomer" | "fromCustomer";
