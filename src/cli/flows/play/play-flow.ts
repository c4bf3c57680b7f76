import { RestException } from "twilio";
import type { Seeds } from "../../../simulator/seeding/seeds-schema";
import type { Switches } from "../../../simulator/switches";
import { CommandError } from "../../terminal";
import { type Finding, lintFlow } from "../lint/lint-flow";
import { type LintedState, readStates } from "../lint/read-states";
import { unplayable } from "../lint/rules";
import { printFindings } from "../print-findings";
import type { FlowFile } from "../read-flow-file";
import { CHANNELS, type Channel, type Entrance, enter, startOf } from "./entrance";
import { nextChoice } from "./next-choice";
import { type FlowRun, reportOf } from "./run-report";
import type { Act } from "./script";
import { openStage, type Stage } from "./stage";
import type { Stubs } from "./stubs";

export interface PlayOptions {
  script: readonly Act[];
  /** As the Flow is bound or marked, where nobody says; else SMS. */
  channel?: Channel;
  /** Of the Conversation, before the first message. */
  attributes: Record<string, unknown>;
  stubs: Stubs;
  seeds?: Seeds;
  switches?: Partial<Switches>;
  /** How many waits are answered by the menu's first choice once the script is over. */
  choices?: number;
}

/** Plays a Flow with a customer who follows a script; throws CommandError for one that cannot be played. */
export async function playFlow(flow: FlowFile, options: PlayOptions): Promise<FlowRun> {
  const hindrances = lintFlow(flow).filter(({ rule }) => unplayable.has(rule));
  if (hindrances.length > 0) throw new CommandError(`It cannot be played.\n${hindering(flow.file, hindrances)}`);
  const states = readStates(flow.definition);
  const startedBy = startOf(states);
  if (!startedBy) throw new CommandError(`${flow.file} has no trigger that starts it.`);
  const stage = await openStage(flow, options);
  try {
    const { simulator, notes } = stage;
    const setUp = simulator.log.entries.length;
    simulator.world().openFacts.clear();
    const entrance = await enter(stage, startedBy, { ...options, channel: options.channel ?? channelOf(flow) });
    for (const act of options.script) await perform(stage, entrance, act);
    await choose(stage, entrance, states, options.choices ?? 0);
    const report = reportOf(simulator.world(), simulator.log.entries.slice(setUp), entrance);
    return { file: flow.file, ...report, notes };
  } catch (error) {
    if (error instanceof RestException) throw new CommandError(`Twilio would refuse (${error.code}): ${error.message}`);
    throw error;
  } finally {
    await stage.stop();
  }
}

/** What lint has as a note is an error to whoever wants to play, with its remedy. */
const hindering = (file: string, findings: readonly Finding[]) =>
  printFindings(
    file,
    findings.map((finding) => ({ ...finding, severity: "error" })),
  );

const channelOf = ({ channels }: FlowFile) => CHANNELS.find((one) => channels.includes(one)) ?? "sms";

async function perform({ simulator }: Stage, { say }: Entrance, act: Act): Promise<void> {
  if ("say" in act) await say(act.say);
  else await simulator.advance(act.advance);
  await simulator.settled();
}

async function choose({ simulator }: Stage, { say }: Entrance, states: readonly LintedState[], most: number) {
  for (let count = 0; count < most; count += 1) {
    const choice = nextChoice(states, simulator.world());
    if (choice === undefined) return;
    await say(choice);
    await simulator.settled();
  }
}
