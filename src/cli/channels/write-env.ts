import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { CommandError } from "../terminal";

/** An environment file that is to hold a new secret. */
export function requireEnvFile(file: string): void {
  if (!existsSync(file)) throw new CommandError(`There is no ${file} to write to: name the file with --env.`, 2);
}

/** Sets variables in an environment file, and empties those without a value; whatever else stands there stays. */
export function writeEnv(file: string, wanted: readonly (readonly [name: string, value: string | undefined])[]): void {
  const text = wanted.reduce((before, [name, value]) => withLine(before, name, value), readFileSync(file, "utf8"));
  const draft = `${file}.${process.pid}`;
  // Nobody else may read it meanwhile, and nobody may find half of it.
  writeFileSync(draft, text, { mode: 0o600 });
  chmodSync(draft, statSync(file).mode);
  renameSync(draft, file);
}

function withLine(text: string, name: string, value: string | undefined): string {
  const lines = new RegExp(`^([ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=).*$`, "gm");
  if (lines.test(text)) return text.replace(lines, (_, start: string) => `${start}${value ?? ""}`);
  if (value === undefined) return text;
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${name}=${value}\n`;
}
