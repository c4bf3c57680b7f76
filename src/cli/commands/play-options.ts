import { type Command, Option } from "commander";
import { CHANNELS, type Channel } from "../flows/play/entrance";
import type { PlayOptions } from "../flows/play/play-flow";
import { type Act, readAttribute, readSeconds } from "../flows/play/script";
import { readStub, readStubsFile, type Stubs } from "../flows/play/stubs";
import { readSeedsFile, SEEDS_OPTION } from "../read-seeds";
import { readSwitch, SWITCH_OPTION } from "../read-switches";

interface Given extends Pick<PlayOptions, "seeds"> {
  channel?: Channel;
  set?: Record<string, unknown>;
  stub?: Stubs;
  stubs?: Stubs;
  switch?: PlayOptions["switches"];
}

/** Adds the options of a play to a command; what is read from them is answered once they are parsed. */
export function playOptions(command: Command): () => PlayOptions {
  const script: Act[] = [];
  command
    .option("--say <text>", "the customer writes this; in the order given", (text) => void script.push({ say: text }))
    .option("--advance <seconds>", "time passes; in the order given", (text) => {
      script.push({ advance: readSeconds(text) });
    })
    .addOption(
      new Option(
        "--channel <name>",
        "where the customer writes (default: as the Flow is bound or marked, else sms)",
      ).choices([...CHANNELS]),
    )
    .option("--set <key=value>", "an attribute the Conversation has from the start; may be repeated", readAttribute)
    .option("--stub <url=json>", "what a host elsewhere answers; may be repeated", readStub)
    .option("--stubs <file>", "a JSON object of such answers by URL", readStubsFile)
    .option(...SEEDS_OPTION, readSeedsFile)
    .option(...SWITCH_OPTION, readSwitch);
  return () => {
    const { channel, set = {}, stub, stubs, seeds, switch: switches } = command.opts<Given>();
    return { script, channel, attributes: set, stubs: { ...stubs, ...stub }, seeds, switches };
  };
}
