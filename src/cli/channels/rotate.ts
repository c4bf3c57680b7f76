import { randomBytes } from "node:crypto";
import { changeVariables, deployAgain, type LiveFunctions } from "../../deploy/live-variables";
import { inWords } from "../in-words";
import { CommandError } from "../terminal";
import { readyToConnect } from "./connect";
import { nextOf, type Place } from "./place";

/**
 * Draws a new secret, and has it take the place of the old one: between the two, Functions accept both. What died on the
 * way is gone on with, by the secret that follows. Answers the new one.
 */
export async function rotate(place: Place, force?: boolean): Promise<string> {
  const { live, connector, url, variables } = place;
  const next = nextOf(place);
  if (!live) throw new CommandError(byHand(place), 2);
  const setUp = await readyToConnect(place, force);
  const secret = variables[next] || newSecret();
  await settle(place, live, next, secret);
  try {
    await setUp.connect(url, secret);
    await settle(place, live, connector.secret, secret);
    await inWords(() => changeVariables(place.twilio, live, [[next, undefined]]));
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new CommandError(
      `${reason}\nNo event is lost: whichever secret it comes with is right. The same command goes on.`,
    );
  }
  return secret;
}

/** Also where it was set already: whoever set it may not have come as far as the deployment. */
async function settle({ twilio }: Place, live: LiveFunctions, name: string, value: string): Promise<void> {
  await inWords(() => changeVariables(twilio, live, [[name, value]]));
  await inWords(() => deployAgain(twilio, live));
}

/** In letters that all platforms take, and a URL. */
const newSecret = () => randomBytes(32).toString("base64url");

/** Where this account has no Functions of ours. */
function byHand(place: Place): string {
  const { channel, connector, url } = place;
  return [
    `The Functions at ${new URL(url).host} are not in this account, so that their variables are yours to set:`,
    `1. Set ${nextOf(place)} to a new secret, such as of openssl rand -hex 32, there and in the environment file.`,
    `2. Run channels ${channel} connect: the secret that follows is the one that it registers.`,
    `3. Move it to ${connector.secret}, in both places, and remove ${nextOf(place)}.`,
  ].join("\n");
}
