import * as z from "zod/mini";

/**
 * How a channel of ours meets its customers: by the Flow named here, else by agents at once. An administrator's CLI writes
 * it to Sync, so that a change needs no deployment.
 */
export const channelBinding = z.object({ flowSid: z.optional(z.string().check(z.regex(/^FW[0-9a-f]{32}$/))) });
export type ChannelBinding = z.output<typeof channelBinding>;

/** Unique name of the Sync Document that says so. */
export const bindingName = (channel: string) => `channel.${channel}`;
