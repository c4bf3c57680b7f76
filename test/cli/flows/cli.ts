import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../../src/cli/main";
import type { Json } from "../../../src/simulator/studio/json";

/** Runs a command as the program does, and collects what it says. */
export async function cli(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, { print: (text) => out.push(text), warn: (text) => err.push(text) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

export const fixture = (name: string) => `test/fixtures/flows/${name}.json`;

/** A folder for files of one test file. */
export function someFolder() {
  const folder = mkdtempSync(join(tmpdir(), "some-flows-"));
  return {
    write(name: string, content: Json): string {
      const file = join(folder, name);
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
