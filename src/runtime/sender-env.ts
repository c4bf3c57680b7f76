import * as z from "zod/mini";

/** The account's addresses that agents write from, one a channel. */
export const senderEnv = z.object({
  SMS_SENDER: z.optional(z.string().check(z.regex(/^\+[1-9]\d{6,14}$/, "a number like +15550100100 is needed"))),
  WHATSAPP_SENDER: z.optional(
    z.string().check(z.regex(/^whatsapp:\+[1-9]\d{6,14}$/, "a sender like whatsapp:+15550100200 is needed")),
  ),
  MESSENGER_SENDER: z.optional(
    z.string().check(z.regex(/^messenger:\d{1,32}$/, "a page like messenger:100200300400500 is needed")),
  ),
});
