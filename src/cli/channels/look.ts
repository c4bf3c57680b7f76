import type { ChannelStatus } from "../../channels/set-up";
import { readBinding } from "../../deploy/apply-channel";
import { envProblems } from "../../runtime/env";
import { refusalOf } from "../../runtime/twilio-client";
import { inWords } from "../in-words";
import { isOurs, nextOf, type Place, setUpOf, shownUrl } from "./place";

/** How a channel stands, as the platform and the account have it. */
export interface ChannelView {
  channel: string;
  /** Where its events belong. */
  belongs: string;
  /** Undefined where the platform could not be asked. */
  platform?: Omit<ChannelStatus, "secret">;
  /** The Flow that meets its customers; undefined where agents do. `name` is undefined where there is no such Flow. */
  flow?: { sid: string; name?: string };
  /** What is wrong, with what to do. */
  problems: string[];
}

export async function look(place: Place, now = new Date()): Promise<ChannelView> {
  const { channel, url: belongs } = place;
  const flow = await inWords(() => findBound(place));
  const missing = envProblems(place.connector.env, place.variables).map(({ message }) => message);
  const lost = flow && !flow.name ? [`${flow.sid} is no Flow of this account. ${again(place, "--flow <name>")}`] : [];
  const view = { channel, belongs, ...(flow ? { flow } : {}) };
  if (missing.length > 0) return { ...view, problems: [...missing, ...lost] };
  const { secret, ...told } = await setUpOf(place).status();
  const platform = { ...told, ...(told.url ? { url: shownUrl(told.url) } : {}) };
  return { ...view, platform, problems: [...problemsOf(place, { ...platform, secret }, now), ...lost] };
}

async function findBound({ twilio, channel }: Place): Promise<ChannelView["flow"]> {
  const { flowSid: sid } = (await readBinding(twilio, channel)) ?? {};
  if (!sid) return undefined;
  try {
    return { sid, name: (await twilio.studio.v2.flows(sid).fetch()).friendlyName };
  } catch (error) {
    if (refusalOf(error)?.status === 404) return { sid };
    throw error;
  }
}

const again = ({ channel }: Place, more = "") => `Run: channels ${channel} connect ${more}`.trimEnd();

function problemsOf(place: Place, status: ChannelStatus, now: Date): string[] {
  const { url } = status;
  if (!url) return [`No events are delivered: the channel is not connected. ${again(place)}`];
  if (!isOurs(place, url)) return [`Events go to ${url}, and not to ${place.url}. ${again(place, "--force")}`];
  return [...secretProblems(place, status), ...eventProblems(place, status), ...deliveryProblems(place, status, now)];
}

function secretProblems(place: Place, { secret }: ChannelStatus): string[] {
  const { connector, variables } = place;
  const next = variables[nextOf(place)];
  const isKnown = secret === undefined || [variables[connector.secret], next].includes(secret);
  return [
    ...(isKnown ? [] : [`Events come with another secret than ${connector.secret}. ${again(place)}`]),
    ...(next ? [`${nextOf(place)} is set: a rotation was not finished. ${again(place, "--rotate")}`] : []),
  ];
}

/** A platform that names none delivers the usual ones. */
function eventProblems(place: Place, { events }: ChannelStatus): string[] {
  const missing = place.connector.events.filter((event) => events && !events.includes(event));
  return missing.length > 0 ? [`These events are not delivered: ${missing.join(", ")}. ${again(place)}`] : [];
}

/** A failure that is over is told for as long as the platform remembers it. */
const LATELY_MS = 3_600_000;

function deliveryProblems(place: Place, { pending = 0, lastError, lastErrorAt }: ChannelStatus, now: Date): string[] {
  if (!lastError) return [];
  const isRecent = lastErrorAt !== undefined && now.getTime() - lastErrorAt.getTime() < LATELY_MS;
  if (pending === 0 && !isRecent) return [];
  return [`Events are refused: ${lastError}. ${remedyFor(place, lastError)}`];
}

function remedyFor(place: Place, error: string): string {
  if (/\b403\b/.test(error)) return `The secrets differ. ${again(place)}`;
  if (/\b404\b/.test(error)) return "There is no such Function: npm run deploy.";
  return `The log of the Function /inbound/${place.channel} says more: Console, Functions, the service, Logs.`;
}
