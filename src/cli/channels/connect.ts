import type { ChannelSetUp } from "../../channels/set-up";
import { applyChannel, removeBinding } from "../../deploy/apply-channel";
import { resolveTokens } from "../../deploy/resolve-tokens";
import { inWords } from "../in-words";
import { CommandError } from "../terminal";
import { isForeign, nextOf, type Place, setUpOf, shownUrl } from "./place";

/**
 * Has the platform's events come to our Functions, with the secret that follows where there is one: both are right then.
 * `force` takes over what points to somebody else.
 */
export async function connect(place: Place, force?: boolean): Promise<void> {
  const { variables, connector, url } = place;
  const setUp = await readyToConnect(place, force);
  await setUp.connect(url, variables[nextOf(place)] || variables[connector.secret] || "");
}

/** Refuses what would take a channel from somebody who uses it. */
export async function readyToConnect(place: Place, force = false): Promise<ChannelSetUp> {
  const setUp = setUpOf(place);
  const { url, account } = await setUp.status();
  if (!force && isForeign(place, url)) {
    throw new CommandError(
      `The events of ${account} on ${place.channel} go to ${shownUrl(url)}, which is not ours. An account there has one place for them: take it over with --force.`,
      2,
    );
  }
  return setUp;
}

/** A Flow by name or SID; false for none. */
export type WantedFlow = string | false;

/** Makes sure that there is such a Flow; answers what has it meet the customers. Without one, agents do. */
export async function binderOf(place: Place, flow: WantedFlow): Promise<() => Promise<void>> {
  const { twilio, channel } = place;
  if (flow === false) return () => inWords(() => removeBinding(twilio, channel));
  const flowSid = await inWords(() => findFlow(place, flow));
  return () => inWords(() => applyChannel(twilio, channel, { flowSid }));
}

async function findFlow({ twilio, url }: Place, flow: string): Promise<string> {
  if (/^FW[0-9a-f]{32}$/.test(flow)) return (await twilio.studio.v2.flows(flow).fetch()).sid;
  const token = { kind: "flow", name: flow } as const;
  return (await resolveTokens(twilio, [token], { domain: new URL(url).host }))(token);
}

/** Undoes it. Somebody else's place for events is left alone; answers whose it is then. */
export async function disconnect(place: Place): Promise<{ foreign?: string }> {
  const setUp = setUpOf(place);
  const { url } = await setUp.status();
  const foreign = isForeign(place, url) ? shownUrl(url) : undefined;
  if (url && !foreign) await setUp.disconnect();
  await inWords(() => removeBinding(place.twilio, place.channel));
  return foreign ? { foreign } : {};
}
