import * as z from "zod/mini";
import { outcomeStatuses } from "../phone/outcomes";
import type { World } from "../world";
import { customerEnd } from "./customer-end";
import { type LeverTable, message, read, readContent } from "./lever";

const customerMessage = z.object({ ...message, to: z.optional(z.string()) });
const behaviour = z.object({
  status: z.enum(outcomeStatuses),
  errorCode: z.optional(z.coerce.number().check(z.int(), z.positive())),
});

/** What customers do, on whichever channel. */
export function customerLevers(world: () => World): LeverTable {
  return {
    "POST customers/:address/messages"({ path, input }) {
      const { to, ...written } = read(customerMessage, input);
      const { body, files } = readContent(written);
      const media = files.length > 0 ? { media: files } : {};
      return customerEnd(world(), String(path[1])).send({ body, ...(to ? { to } : {}), ...media });
    },
    "POST customers/:address/read": ({ path }) => ({ read: customerEnd(world(), String(path[1])).read() }),
    "POST customers/:address/behaviour": ({ path, input }) =>
      world().phones.behave(String(path[1]), read(behaviour, input)),
    "GET customers/:address/messages": ({ path }) => customerEnd(world(), String(path[1])).messages(),
  };
}
