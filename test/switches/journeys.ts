import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allAt, readings, type Switches, type SwitchName } from "../../src/simulator/switches";

/*
 * Plays every journey with all switches at their harsher reading and with all at the milder one, then with each flipped
 * alone the journeys that asked it. Exits 1 when a run fails. `npm run test:switches -- <name>…` flips these only.
 */
const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "readings-"));
const factsFile = join(folder, "open-facts");

let failed = 0;
let runs = 0;
function play(title: string, given: Partial<Switches>, files: readonly string[]): void {
  const startedAt = Date.now();
  const set = Object.entries(given).map((pair) => pair.join("="));
  const env = { ...process.env, SWITCHES: set.join(" "), OPEN_FACTS: factsFile };
  const { status, stderr } = spawnSync("npx", ["--no-install", "jest", ...files], { env, encoding: "utf8" });
  const counts = /^Tests: +(.*)$/m.exec(stderr)?.[1] ?? "did not run";
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  runs += 1;
  if (status !== 0) failed += 1;
  console.log(`${status === 0 ? "passed" : "FAILED"}  ${title}: ${counts}, ${seconds} s`);
  for (const line of new Set(stderr.match(/^ {2}● .*$/gm))) console.log(`        ${line.trim()}`);
}

/** The files that asked a switch, under any reading of the others so far. */
function filesAsking(name: SwitchName): string[] {
  const lines = readFileSync(factsFile, "utf8").trim().split("\n");
  const asked = lines.map((line) => JSON.parse(line) as { testPath: string; facts: string[] });
  return [...new Set(asked.filter(({ facts }) => facts.includes(name)).map(({ testPath }) => testPath))].sort();
}

play("all harsh", {}, ["test/journeys"]);
play("all mild", allAt(-1), ["test/journeys"]);
for (const name of Object.keys(readings) as SwitchName[]) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const files = filesAsking(name);
  if (files.length === 0) console.log(`        ${name}: no journey asks it`);
  for (const reading of files.length > 0 ? readings[name].slice(1) : []) {
    play(`${name}=${reading}`, { [name]: reading }, files);
  }
}
rmSync(folder, { recursive: true });
console.log(`${runs - failed} runs passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
