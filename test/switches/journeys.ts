import { spawnSync } from "node:child_process";
import { allAt, readings, type Switches, type SwitchName } from "../../src/simulator/switches";

/*
 * Plays every journey with all switches at their harsher reading, with all at the milder one, and with each flipped
 * alone. Exits 1 when one of these runs fails. `npm run test:switches -- <name>…` plays the flips of these only.
 */
const wanted = process.argv.slice(2);
const names = (Object.keys(readings) as SwitchName[]).filter((name) => wanted.length === 0 || wanted.includes(name));
const flips: [string, Partial<Switches>][] = names.flatMap((name) =>
  readings[name].slice(1).map((reading): [string, Partial<Switches>] => [`${name}=${reading}`, { [name]: reading }]),
);
const runs: [string, Partial<Switches>][] =
  wanted.length > 0 ? flips : [["all harsh", {}], ["all mild", allAt(-1)], ...flips];

let failed = 0;
for (const [title, given] of runs) {
  const startedAt = Date.now();
  const env = {
    ...process.env,
    SWITCHES: Object.entries(given)
      .map((pair) => pair.join("="))
      .join(" "),
  };
  const { status, stderr } = spawnSync("npx", ["--no-install", "jest", "test/journeys"], { env, encoding: "utf8" });
  const counts = /^Tests: +(.*)$/m.exec(stderr)?.[1] ?? "did not run";
  if (status !== 0) failed += 1;
  console.log(
    `${status === 0 ? "passed" : "FAILED"}  ${title}: ${counts}, ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
  for (const [line] of stderr.matchAll(/^ {2}● .*$/gm)) console.log(`        ${line.trim()}`);
}
console.log(`${runs.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
