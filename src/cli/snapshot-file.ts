import { accessSync, constants, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Simulator } from "../simulator/simulator";
import { readSnapshot, type Snapshot } from "../simulator/snapshot/snapshot";
import { SnapshotError } from "../simulator/snapshot/snapshot-error";
import { CommandError } from "./terminal";

/** Usage of the options by which a run goes on where another one ended. */
export const FROM_OPTION = ["--from <file>", "go on from a snapshot of the simulated world"] as const;
export const SAVE_OPTION = ["--save <file>", "at the end, write a snapshot of the simulated world"] as const;
export const DETERMINISTIC_OPTION = [
  "--deterministic",
  "the same from run to run: time stands still until it is advanced, and one thing happens after another",
] as const;

/** Reads a snapshot; what cannot be used is said, with what to do. */
export function readSnapshotFile(file: string): Snapshot {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new CommandError(`${file} cannot be read: name a snapshot with --from.`, 2);
  }
  try {
    return readSnapshot(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandError(`${file} is not JSON: ${error.message}`, 2);
    if (error instanceof SnapshotError) throw new CommandError(`${file} cannot be used. ${error.message}`, 2);
    throw error;
  }
}

/** A world must not be lost at its end for a name that could never be written. */
export function readSaveFile(file: string): string {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new CommandError(`${file} cannot be written: name a file with --save, in a folder you may write to.`, 2);
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandError(`${file} is a folder: name a file with --save.`, 2);
  }
  return file;
}

/** Under its name there is the whole snapshot or what was there before, whatever happens meanwhile. */
export async function saveSnapshot(simulator: Simulator, file: string): Promise<void> {
  const unfinished = join(dirname(file), `.snapshot-${process.pid}.json`);
  try {
    const text = JSON.stringify(await simulator.snapshot(), null, 2);
    writeFileSync(unfinished, `${text}\n`, { mode: 0o600 });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new CommandError(`No snapshot was written to ${file}: ${error instanceof Error ? error.message : error}`);
  }
}
