import { writeFileSync } from "node:fs";
import { CommandError } from "./terminal";

/** Writes what `--output` names; where it cannot, that is misuse. */
export function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, `${text}\n`);
  } catch {
    throw new CommandError(`${file} cannot be written: name a file in a folder you may write to.`, 2);
  }
}
