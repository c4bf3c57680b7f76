import * as z from "zod/mini";

/*
 * https://core.telegram.org/bots/api#update, as far as we read it. Whatever else than text stands where a text should is
 * as good as nothing there: one odd field is no reason to lose a message.
 */

const maybe = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);

const words = maybe(z.string());
const number = maybe(z.number());
const flag = maybe(z.boolean());

/** Of users, chats and messages: they fit into a double, https://core.telegram.org/bots/api#user */
const id = z.number().check(z.int(), z.gt(0));
const seconds = z.number().check(z.int(), z.gt(0), z.lt(2 ** 33));

/** As the sender's own program says: whatever is no type stays out of headers and attributes. */
const contentType = maybe(z.string().check(z.regex(/^[\w.+-]{1,64}\/[\w.+-]{1,128}$/)));

const file = z.object({
  file_id: z.string().check(z.regex(/^[\w-]{1,512}$/)),
  file_name: words,
  mime_type: contentType,
  file_size: maybe(z.number().check(z.int(), z.gte(0))),
});
export type WireFile = z.output<typeof file>;

const entity = z.object({ type: z.string(), offset: z.number(), length: z.number(), url: words, language: words });

/** A message has at most 100: https://core.telegram.org/bots/api#messageentity. Those that are none are left out. */
const entities = maybe(
  z.pipe(
    z.array(z.unknown()),
    z.transform((given) => given.slice(0, 1000).flatMap((one) => entity.safeParse(one).data ?? [])),
  ),
);

const location = z.object({ latitude: z.number(), longitude: z.number(), live_period: number });
const titled = z.object({ title: words });

const user = z.object({
  id,
  is_bot: flag,
  first_name: words,
  last_name: words,
  username: words,
  language_code: words,
});
export type WireUser = z.output<typeof user>;

const chat = z.object({ id: z.number(), type: z.string() });

const message = z.object({
  message_id: id,
  date: seconds,
  edit_date: maybe(seconds),
  chat,
  from: user,
  media_group_id: maybe(z.string().check(z.maxLength(64))),
  reply_to_message: maybe(z.object({ message_id: id })),
  text: words,
  entities,
  caption: words,
  caption_entities: entities,
  photo: maybe(z.array(z.unknown())),
  animation: maybe(file),
  audio: maybe(file),
  document: maybe(file),
  video: maybe(file),
  video_note: maybe(file),
  voice: maybe(file),
  sticker: maybe(z.extend(file, { emoji: words, is_animated: flag, is_video: flag })),
  contact: maybe(z.object({ phone_number: words, first_name: words, last_name: words })),
  location: maybe(location),
  venue: maybe(z.object({ location, title: words, address: words })),
  poll: maybe(z.object({ question: words, options: maybe(z.array(z.unknown())) })),
  checklist: maybe(z.object({ title: words, tasks: maybe(z.array(z.unknown())) })),
  dice: maybe(z.object({ emoji: words, value: number })),
  game: maybe(titled),
  invoice: maybe(titled),
});
export type WireMessage = z.output<typeof message>;

const membership = z.object({
  date: seconds,
  chat,
  from: user,
  new_chat_member: z.object({ status: z.string() }),
});
export type WireMembership = z.output<typeof membership>;

export const readMessage = (value: unknown): WireMessage | undefined => message.safeParse(value).data;
export const readMembership = (value: unknown): WireMembership | undefined => membership.safeParse(value).data;
export const readFile = (value: unknown): WireFile | undefined => file.safeParse(value).data;
export const readWords = (value: unknown, name: string): string =>
  z.object({ [name]: z.string() }).safeParse(value).data?.[name] ?? "";
