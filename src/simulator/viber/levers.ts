import * as z from "zod/mini";
import { fileOf, type LeverTable, leverFile, read } from "../levers/lever";
import type { World } from "../world";
import type { ViberCustomer } from "./customer";
import { identityOf } from "./identity";

const text = z.string().check(z.minLength(1));
const inputs = {
  open: z.object({ context: z.optional(text) }),
  say: z.object({ text }),
  picture: z.object({ file: leverFile, text: z.optional(z.string()) }),
  file: z.object({ file: leverFile }),
  sticker: z.object({ stickerId: z.coerce.number().check(z.int()) }),
  contact: z.object({ name: text, phone: text }),
  location: z.object({ lat: z.coerce.number(), lon: z.coerce.number() }),
  url: z.object({ url: text }),
  fail: z.object({ reason: z._default(text, "the device cannot show it") }),
  profile: z.partial(z.object({ name: text, language: text, country: text })),
  event: z.object({ event: text }),
};

/** What only a user of Viber does; their id comes as in an identity, `viber_…`. */
export function viberLevers(world: () => World): LeverTable {
  type Deed = (customer: ViberCustomer, input: unknown) => unknown;
  const deed =
    (run: Deed): LeverTable[string] =>
    ({ path, input }) => {
      const [, , id = ""] = path;
      const { viber } = world().platforms;
      const customer = viber.customer(id) ?? viber.user(id);
      return run(customer, input) ?? { identity: customer.identity };
    };
  const sending = (run: (customer: ViberCustomer, input: unknown) => string) =>
    deed((customer, input) => ({ messageToken: run(customer, input), identity: identityOf(customer.id) }));
  return {
    "POST viber/customers/:id/open": deed((customer, input) => customer.open(read(inputs.open, input).context)),
    "POST viber/customers/:id/subscribe": deed((customer) => customer.subscribe()),
    "POST viber/customers/:id/unsubscribe": deed((customer) => customer.unsubscribe()),
    "POST viber/customers/:id/say": sending((customer, input) => customer.say(read(inputs.say, input).text)),
    "POST viber/customers/:id/picture": sending((customer, input) => {
      const { file, text: caption } = read(inputs.picture, input);
      return customer.sendPicture(fileOf(file), caption);
    }),
    "POST viber/customers/:id/video": sending((customer, input) =>
      customer.sendVideo(fileOf(read(inputs.file, input).file)),
    ),
    "POST viber/customers/:id/file": sending((customer, input) =>
      customer.sendFile(fileOf(read(inputs.file, input).file)),
    ),
    "POST viber/customers/:id/sticker": sending((customer, input) =>
      customer.sendSticker(read(inputs.sticker, input).stickerId),
    ),
    "POST viber/customers/:id/contact": sending((customer, input) => {
      const { name, phone } = read(inputs.contact, input);
      return customer.sendContact(name, phone);
    }),
    "POST viber/customers/:id/location": sending((customer, input) => {
      const { lat, lon } = read(inputs.location, input);
      return customer.sendLocation(lat, lon);
    }),
    "POST viber/customers/:id/url": sending((customer, input) => customer.sendUrl(read(inputs.url, input).url)),
    "POST viber/customers/:id/see": deed((customer) => ({ seen: customer.see() })),
    "POST viber/customers/:id/device-off": deed((customer) => customer.deviceOff()),
    "POST viber/customers/:id/device-on": deed((customer) => customer.deviceOn()),
    "POST viber/customers/:id/fail-next": deed((customer, input) => customer.failNext(read(inputs.fail, input).reason)),
    "POST viber/customers/:id/profile": deed((customer, input) => customer.is(read(inputs.profile, input))),
    "POST viber/events"({ input }) {
      world().platforms.viber.sendRaw(read(inputs.event, input).event);
      return { sent: true };
    },
  };
}
