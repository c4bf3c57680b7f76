/** Where a customer is. An SMS with a file is an MMS; `chat` is web chat; Telegram and Viber are carried by ourselves. */
export const CHANNELS = ["sms", "mms", "whatsapp", "messenger", "chat", "telegram", "viber"] as const;
export type Channel = (typeof CHANNELS)[number];

export type Direction = "toCustomer" | "fromCustomer";
