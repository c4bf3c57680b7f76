import { styleText } from "node:util";
import { Command, Option } from "commander";
import type { Seeds } from "../../simulator/seeding/seeds-schema";
import type { Switches } from "../../simulator/switches";
import { playFlow } from "../flows/play/play-flow";
import { printRun } from "../flows/play/print-run";
import type { Act } from "../flows/play/script";
import { readFlowFile } from "../flows/read-flow-file";
import { type ContactCentreOptions, openContactCentre } from "../offline/contact-centre";
import { isWorthShowing, timelineLine } from "../offline/timeline";
import { readSeedsFile, SEEDS_OPTION } from "../read-seeds";
import { readSwitch, SWITCH_OPTION } from "../read-switches";
import { stories } from "../stories/stories";
import { type Played, playStory, STORY_CHANNELS, type Story } from "../stories/story";
import { CommandError, type Terminal } from "../terminal";

/** `demo`: plays the stories without anybody at the keyboard; exits 1 when one breaks a promise. */
export function demoCommand(terminal: Terminal): Command {
  return new Command("demo")
    .summary("play the contact centre's stories and check their promises")
    .description(`Plays stories on the simulator: ${stories.map(({ name }) => name).join(", ")}.`)
    .addOption(new Option("--channel <name>", "play the stories of this channel only").choices([...STORY_CHANNELS]))
    .option("--story <name>", "play this one only")
    .option("--flow <file>", "play this Flow instead: anybody's export, or a source; see `flows run` for more")
    .option("--say <text>", "with --flow: what the customer answers; may be repeated", said)
    .option("--deployed", "deploy the build into an empty simulated account first, and play on that")
    .option(...SEEDS_OPTION, readSeedsFile)
    .option(...SWITCH_OPTION, readSwitch)
    .option("--json", "print one JSON document instead of the timeline")
    .action(async ({ channel, story: only, flow, say = [], deployed, seeds, switch: switches, json }: DemoOptions) => {
      if (flow) {
        const run = await playFlow(readFlowFile(flow), { ...FLOW_PLAY, script: [HELLO, ...say], seeds, switches });
        terminal.print(json ? JSON.stringify(run, null, 2) : printRun(run));
        return;
      }
      const chosen = choose(channel, only);
      const played = await playAll(chosen, { deployed, seeds, switches }, (result, about) => {
        if (!json) terminal.print(printed(result, about));
      });
      if (json) terminal.print(JSON.stringify({ stories: played }));
      const broken = played.filter(({ ok }) => !ok).map(({ name }) => name);
      if (broken.length > 0) throw new CommandError(`Broken: ${broken.join(", ")}.`);
      if (!json) terminal.print(`All ${played.length} stories kept their promises.`);
    });
}

function choose(channel: Story["channel"] | undefined, only: string | undefined): Story[] {
  const offered = stories.filter((story) => !channel || story.channel === channel);
  const chosen = offered.filter(({ name }) => !only || name === only);
  if (chosen.length > 0) return chosen;
  const names = offered.map(({ name }) => name).join(", ") || "none";
  throw new CommandError(`There is no story ${only ? `"${only}"` : `on ${channel}`}. There is: ${names}.`, 2);
}

interface DemoOptions {
  channel?: Story["channel"];
  story?: string;
  flow?: string;
  say?: Act[];
  deployed?: boolean;
  seeds?: Seeds;
  switch?: Partial<Switches>;
  json?: boolean;
}

/** A customer who greets, and takes the first choice wherever nobody has said what to answer. */
const FLOW_PLAY = { attributes: {}, stubs: {}, choices: 5 } as const;
const HELLO: Act = { say: "Hello" };

const said = (say: string, before: Act[] = []): Act[] => [...before, { say }];

async function playAll(
  chosen: readonly Story[],
  options: Pick<ContactCentreOptions, "deployed" | "seeds" | "switches">,
  tell: (played: Played, about: string) => void,
): Promise<Played[]> {
  const centre = await openContactCentre({ whenOpen: true, ...options });
  try {
    const all: Played[] = [];
    for (const story of chosen) {
      const played = await playStory(centre, story);
      tell(played, story.about);
      all.push(played);
    }
    return all;
  } finally {
    await centre.stop();
  }
}

function printed({ name, promises, steps, calls, openFacts }: Played, about: string): string {
  const colours = process.stdout.isTTY === true;
  const bold = (text: string) => (colours ? styleText("bold", text) : text);
  return [
    bold(`${name}: ${about}`),
    ...steps.filter(isWorthShowing).map((entry) => timelineLine(entry)),
    ...promises.map(({ words, kept }) => `${kept ? "  kept   " : "  BROKEN "} ${words}`),
    ...Object.entries(calls).map(
      ([path, { count, most, mostSequential, mostOfPlatforms }]) =>
        `  calls    ${path} ran ${count} times: ${most} calls of Twilio at most, ${mostSequential} in a row` +
        (mostOfPlatforms > 0 ? `, ${mostOfPlatforms} of the platform` : ""),
    ),
    ...(openFacts.length > 0 ? [`  rests on what Twilio leaves open: ${openFacts.join(", ")}`] : []),
    "",
  ].join("\n");
}
