import { readFileSync } from "node:fs";
import { readSeeds, SeedsError } from "../simulator/seeding/read-seeds";
import type { Seeds } from "../simulator/seeding/seeds-schema";
import { CommandError } from "./terminal";

/** Usage of the option that says who and what is in the simulated account. */
export const SEEDS_OPTION = ["--seeds <file>", "JSON that says who and what is there (docs/simulator.md)"] as const;

/** Reads that file; what cannot be used is said with its place. */
export function readSeedsFile(file: string): Seeds {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new CommandError(`${file} cannot be read: name a JSON file with --seeds.`, 2);
  }
  try {
    return readSeeds(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandError(`${file} is not JSON: ${error.message}`, 2);
    if (error instanceof SeedsError) throw new CommandError(`${file} cannot be used:\n${error.message}`, 2);
    throw error;
  }
}
