import { CUSTOMER, SMS_ADDRESS } from "./contact-centre";

/** A customer on each of Twilio's messaging channels, and the account's sender there. */
export const CHANNELS = [
  { channel: "sms", customer: CUSTOMER, sender: SMS_ADDRESS },
  { channel: "whatsapp", customer: "whatsapp:+15550101234", sender: "whatsapp:+15550100200" },
  { channel: "messenger", customer: "messenger:4242424242", sender: "messenger:100200300400500" },
] as const;
