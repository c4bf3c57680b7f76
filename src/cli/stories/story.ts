import { CUSTOM_CHANNELS } from "../../channels/custom-identity";
import type { LogEntry } from "../../simulator/event-log";
import { callCounts, type FunctionCalls } from "../../simulator/levers/call-counts";
import { unattended } from "../../simulator/levers/who-is-responsible";
import type { Simulator } from "../../simulator/simulator";
import type { SwitchName } from "../../simulator/switches";
import { type ContactCentre, goToOpening } from "../offline/contact-centre";

export const STORY_CHANNELS = ["sms", "mms", "whatsapp", "messenger", "web-chat", ...CUSTOM_CHANNELS] as const;

/** A story of the contact centre that can be played, with the promises it must keep. */
export interface Story {
  name: string;
  /** Where its customer is. */
  channel: (typeof STORY_CHANNELS)[number];
  about: string;
  /** Set by a story that makes Functions fail: in the others none may, even where the Flow makes up for it. */
  letsFunctionsFail?: boolean;
  /** Told on the simulator as a newcomer finds it: open, agents at their desks, Flows bound. */
  play(stage: Stage): Promise<void>;
}

export interface Stage {
  centre: ContactCentre;
  simulator: Simulator;
  /** Something the story must show; the demo fails on the first that is not kept. */
  promise(words: string, kept: boolean): void;
}

export interface Played {
  name: string;
  ok: boolean;
  promises: { words: string; kept: boolean }[];
  steps: readonly LogEntry[];
  /** What each Function asked of Twilio. */
  calls: Record<string, FunctionCalls>;
  /** The open facts about Twilio that it met: under their other readings it might end differently. */
  openFacts: SwitchName[];
}

/** Plays one story on a fresh account. */
export async function playStory(centre: ContactCentre, story: Story): Promise<Played> {
  const { simulator } = centre;
  await simulator.reset();
  await goToOpening(simulator);
  simulator.log.clear();
  simulator.world().openFacts.clear();
  const promises: Played["promises"] = [];
  try {
    await story.play({ centre, simulator, promise: (words, kept) => promises.push({ words, kept }) });
  } catch (error) {
    promises.push({
      words: `the story could be played (${error instanceof Error ? error.message : error})`,
      kept: false,
    });
  }
  await simulator.settled();
  const told = promises.length > 0;
  const failed = simulator.log.entries.some(({ kind, status }) => kind === "function" && Number(status) >= 500);
  if (!story.letsFunctionsFail) promises.push({ words: "no Function failed", kept: !failed });
  promises.push({ words: "every customer has somebody", kept: unattended(simulator.world()).length === 0 });
  promises.push({ words: "nothing left Twilio's documented contract", kept: simulator.violations().length === 0 });
  return {
    name: story.name,
    ok: told && promises.every(({ kept }) => kept),
    promises,
    steps: [...simulator.log.entries],
    calls: callCounts(simulator.log.entries),
    openFacts: [...simulator.world().openFacts].sort(),
  };
}
