import * as z from "zod/mini";

/*
 * https://developers.viber.com/docs/api/rest-bot-api/#callbacks, as far as we read it. Whatever else than text stands
 * where a text should is as good as nothing there: one odd field is no reason to lose a message.
 */

const maybe = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);

const words = maybe(z.string());
const amount = maybe(z.number().check(z.int(), z.gte(0)));

/** They are made of base64 and its like; longer ones would leave no room in an identity. */
const userId = z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/));

/** Milliseconds. */
const timestamp = z.number().check(z.int(), z.gt(0), z.lt(2 ** 46));

/** A text where it is exact, which a number of this size may not be. */
const token = z.union([
  z.string().check(z.regex(/^\d{1,20}$/)),
  z.number().check(z.refine(Number.isInteger), z.gt(0), z.lt(2 ** 65)),
]);

const user = z.object({ id: userId, name: words, language: words, country: words });
export type WireUser = z.output<typeof user>;

const message = z.object({
  type: z.string(),
  text: words,
  media: maybe(z.string().check(z.regex(/^\S{1,4096}$/))),
  file_name: words,
  size: amount,
  duration: amount,
  sticker_id: amount,
  location: maybe(z.object({ lat: z.number(), lon: z.number() })),
  contact: maybe(z.object({ name: words, phone_number: words })),
});
export type WireMessage = z.output<typeof message>;

const messageCallback = z.object({ timestamp, message_token: token, sender: user, message });
export type MessageCallback = z.output<typeof messageCallback>;

const subscribed = z.object({ timestamp, user });
const unsubscribed = z.object({ timestamp, user_id: userId });
const receipt = z.object({ timestamp, message_token: token, user_id: userId, desc: words });

const named = z.object({ event: z.string().check(z.regex(/^[a-z][a-z_]{0,63}$/)) });

export const readEventName = (value: unknown) => named.safeParse(value).data?.event;
export const readMessage = (value: unknown) => messageCallback.safeParse(value).data;
export const readSubscribed = (value: unknown) => subscribed.safeParse(value).data;
export const readUnsubscribed = (value: unknown) => unsubscribed.safeParse(value).data;
export const readReceipt = (value: unknown) => receipt.safeParse(value).data;
