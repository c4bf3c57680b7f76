import * as z from "zod/mini";
import { fileOf, type LeverTable, leverFile, read } from "../levers/lever";
import { ApiError } from "../server/api-error";
import type { World } from "../world";

const text = z.string().check(z.minLength(1));
const whole = z.coerce.number().check(z.int(), z.gte(0));
const entities = z._default(
  z.array(
    z.object({ type: z.string(), offset: whole, length: whole, url: z.optional(text), language: z.optional(text) }),
  ),
  [],
);
const kinds = ["photo", "document", "video", "audio", "voice", "animation", "sticker", "video_note"] as const;
const inputs = {
  start: z.object({ payload: z.optional(text) }),
  say: z.object({ text, entities, replyTo: z.optional(whole) }),
  edit: z.object({ messageId: whole, text, entities }),
  file: z.object({ kind: z.enum(kinds), file: leverFile, caption: z.optional(z.string()), entities }),
  album: z.object({
    files: z.array(leverFile).check(z.minLength(2), z.maxLength(10)),
    caption: z.optional(z.string()),
  }),
  location: z.object({ latitude: z.coerce.number(), longitude: z.coerce.number() }),
  contact: z.object({ phone: text, firstName: text, lastName: z.optional(text) }),
  poll: z.object({ question: text, options: z.array(text).check(z.minLength(1)) }),
  other: z.object({ content: z.record(z.string(), z.unknown()) }),
  profile: z.partial(z.object({ firstName: text, lastName: text, username: text, language: text })),
  update: z.object({ update: text }),
  pace: z.object({ paced: z.union([z.boolean(), z.stringbool()]) }),
};

/** What only a user of Telegram does. */
export function telegramLevers(world: () => World): LeverTable {
  const customer = (path: string[]) => {
    const id = String(path[2]);
    if (!/^[1-9]\d{0,15}$/.test(id)) throw new ApiError(400, 20001, "id: must be a number, as Telegram gives them");
    return world().platforms.telegram.user(Number(id));
  };
  const sent = (messageId: number) => ({ messageId });
  return {
    "POST telegram/customers/:id/start": ({ path, input }) =>
      sent(customer(path).start(read(inputs.start, input).payload)),
    "POST telegram/customers/:id/say"({ path, input }) {
      const { text: said, ...more } = read(inputs.say, input);
      return sent(customer(path).say(said, more));
    },
    "POST telegram/customers/:id/edit"({ path, input }) {
      const edited = read(inputs.edit, input);
      customer(path).edit(edited.messageId, edited.text, edited.entities);
      return sent(edited.messageId);
    },
    "POST telegram/customers/:id/file"({ path, input }) {
      const { kind, file, ...caption } = read(inputs.file, input);
      return sent(customer(path).sendFile(kind, fileOf(file), caption));
    },
    "POST telegram/customers/:id/album"({ path, input }) {
      const { files, caption } = read(inputs.album, input);
      return { messageIds: customer(path).album(files.map(fileOf), caption) };
    },
    "POST telegram/customers/:id/location"({ path, input }) {
      const { latitude, longitude } = read(inputs.location, input);
      return sent(customer(path).sendLocation(latitude, longitude));
    },
    "POST telegram/customers/:id/contact": ({ path, input }) =>
      sent(customer(path).sendContact(read(inputs.contact, input))),
    "POST telegram/customers/:id/poll"({ path, input }) {
      const { question, options } = read(inputs.poll, input);
      return sent(customer(path).sendPoll(question, options));
    },
    "POST telegram/customers/:id/other": ({ path, input }) =>
      sent(customer(path).sendOther(read(inputs.other, input).content)),
    "POST telegram/customers/:id/profile"({ path, input }) {
      const profile = read(inputs.profile, input);
      customer(path).is(profile);
      return profile;
    },
    "POST telegram/customers/:id/block"({ path }) {
      customer(path).block();
      return { blocked: true };
    },
    "POST telegram/customers/:id/unblock"({ path }) {
      customer(path).unblock();
      return { blocked: false };
    },
    "POST telegram/customers/:id/deactivate"({ path }) {
      customer(path).deactivate();
      return { deactivated: true };
    },
    "POST telegram/updates"({ input }) {
      world().platforms.telegram.sendRaw(read(inputs.update, input).update);
      return { sent: true };
    },
    "POST telegram/pace"({ input }) {
      const { paced } = read(inputs.pace, input);
      world().platforms.telegram.pace(paced);
      return { paced };
    },
  };
}
