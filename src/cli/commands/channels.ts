import { Command } from "commander";
import { CUSTOM_CHANNELS, type CustomChannel } from "../../channels/custom-identity";
import { binderOf, connect, disconnect, type WantedFlow } from "../channels/connect";
import { look } from "../channels/look";
import { findPlace, nextOf, type Place, type PlaceOptions } from "../channels/place";
import { printView } from "../channels/print-view";
import { rotate } from "../channels/rotate";
import { requireEnvFile, writeEnv } from "../channels/write-env";
import { CommandError, type Terminal } from "../terminal";

interface Options extends PlaceOptions {
  /** Undefined leaves what is bound. */
  flow?: WantedFlow;
  force?: boolean;
  rotate?: boolean;
  printSecret?: boolean;
  writeEnv?: boolean;
  json?: boolean;
}

/** `channels`: the platforms that we carry ourselves, and what they are told of our Functions. */
export function channelsCommand(terminal: Terminal): Command {
  const channels = new Command("channels").description(
    "Connect the messaging platforms that Twilio does not carry with the deployed Functions of an account.",
  );
  for (const name of CUSTOM_CHANNELS) channels.addCommand(channelCommand(name, terminal));
  return channels;
}

const WHOSE =
  "The account comes from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, the channel's own variables from the deployed Functions.";

function channelCommand(channel: CustomChannel, terminal: Terminal): Command {
  const command = new Command(channel).description(`Work with the ${channel} channel.`);
  placed(command.command("connect"))
    .summary("have its events delivered to the deployed Functions")
    .description(
      `Checks the channel's variables, registers the webhook /inbound/${channel} with its secret and kinds of event, and shows how ${channel} sees it. Run again, it changes nothing. With --rotate the webhook gets a new secret, without an event lost on the way; run again, it goes on where it was interrupted. ${WHOSE}`,
    )
    .option("--flow <name>", "the Flow that meets customers, by name or SID")
    .option("--no-flow", "no Flow: agents do; without either option it stays as it is")
    .option("--force", "take the webhook over from another host")
    .option("--rotate", "draw a new secret and have it take the place of the old one; needs one of the next two")
    .option("--write-env", "write the new secret into the environment file")
    .option("--print-secret", "print the new secret")
    .action(async (options: Options) => {
      const place = await findPlace(channel, options);
      const bind = options.flow === undefined ? undefined : await binderOf(place, options.flow);
      if (options.rotate) await rotateInto(place, options, terminal);
      else await connect(place, options.force);
      await bind?.();
      terminal.print(printView(await look(await findPlace(channel, options))));
    });
  placed(command.command("status"))
    .summary("show how the platform sees it, and what is wrong")
    .description(
      `Shows the webhook, what waits to be delivered, the last failure, and the Flow. Exits 1 when something is wrong, with what to do. ${WHOSE}`,
    )
    .option("--json", "print one JSON document")
    .action(async ({ json, ...options }: Options) => {
      const view = await look(await findPlace(channel, options));
      terminal.print(json ? JSON.stringify(view) : printView(view));
      if (view.problems.length > 0) throw new CommandError(`${channel} is not as it should be.`);
    });
  placed(command.command("disconnect"))
    .summary("have no events delivered any more")
    .description(`Removes the webhook, if it is ours, and the Flow that is bound. ${WHOSE}`)
    .action(async (options: Options) => {
      const { foreign } = await disconnect(await findPlace(channel, options));
      const left = foreign ? ` Its events go to ${foreign}, which is not ours: that was left alone.` : "";
      terminal.print(`${channel} is not connected to these Functions any more.${left}`);
    });
  return command;
}

function placed(command: Command): Command {
  return command
    .option("--environment <suffix>", "environment of the deployed Functions (default: the one in .twilioserverlessrc)")
    .option("--domain <host>", "host under which the platform reaches them (default: their own)")
    .option("--env <file>", "environment file, for variables of Functions that are not in this account", ".env");
}

/** A secret that stands nowhere but in the account would be undone by the next deployment. */
async function rotateInto(place: Place, { force, printSecret, writeEnv: isWritten, env }: Options, terminal: Terminal) {
  if (place.live && !printSecret && !isWritten) {
    throw new CommandError(
      `The next deployment would put the old secret back: add --write-env to have the new one written into ${env}, or --print-secret to do so yourself.`,
      2,
    );
  }
  if (isWritten) requireEnvFile(env);
  const secret = await rotate(place, force);
  const { secret: name } = place.connector;
  if (isWritten)
    writeEnv(env, [
      [name, secret],
      [nextOf(place), undefined],
    ]);
  if (printSecret) terminal.print(`${name}=${secret}`);
  if (isWritten) terminal.print(`${name} is new, there and in ${env}.`);
}
