import * as z from "zod/mini";
import type { CustomChannel } from "../../channels/custom-identity";
import { remember } from "../../runtime/remember";
import { readDocument } from "../../twilio/sync";
import type { Desk } from "../desk";

/** By the channel's name. `flowSid` is undefined where customers go to agents at once. */
const remembered = remember<{ flowSid?: string }>({ most: 10, forMs: 60_000 });

const schema = z.object({ flowSid: z.string().check(z.regex(/^FW[0-9a-f]{32}$/)) });

/** Name of the Sync Document that says by which Flow a channel's customers are met. */
export const bindingName = (channel: CustomChannel) => `channel.${channel}`;

/** The Flow that meets the customers of a channel, as an administrator has bound it. */
export async function flowOf(desk: Desk, channel: CustomChannel): Promise<string | undefined> {
  const known = remembered.recall(channel, desk.now());
  if (known) return known.flowSid;
  const found = schema.safeParse((await readDocument(desk.twilio, bindingName(channel)))?.data);
  remembered.keep(channel, found.success ? found.data : {}, desk.now());
  return found.data?.flowSid;
}
