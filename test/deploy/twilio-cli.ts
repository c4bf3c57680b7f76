import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmptyAccount } from "./empty-account";
import { BUILD, copyProject, type Project, TWILIO_RUN } from "./project";

/*
 * Installs the `twilio` CLI with its serverless plugin into a temporary folder (308 MB, a minute or two), deploys with it,
 * unmodified, into an empty simulated account, and compares with what twilio-run deploys: `npm run test:twilio-cli`.
 */
const CLI = "twilio-cli@6.2.4";
const PLUGIN = "@twilio-labs/plugin-serverless@3.1.3";

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "twilio-cli-"));
  const project = copyProject();
  try {
    const installed = timed(`installed ${CLI} and ${PLUGIN}`, () => install(folder));
    for (const file of ["page/demo.html", "texts.protected.json", "notes.private.txt"]) {
      project.write(`assets/${file}`, `content of ${file}`);
    }
    strictEqual((await project.run(BUILD, [])).code, 0);
    const byCli = await deploy(project, installed.program, ["serverless:deploy"], installed.shell);
    project.remove(".twiliodeployinfo");
    const byTwilioRun = await deploy(project, TWILIO_RUN, ["deploy"], {});
    compare(byCli, byTwilioRun);
  } finally {
    project.delete();
    rmSync(folder, { recursive: true });
  }
}

/** Links the plugin instead of installing it, since the CLI would fetch a package manager of its own for that. */
function install(folder: string) {
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", CLI, PLUGIN], {
    cwd: folder,
    stdio: "inherit",
  });
  const home = join(folder, "home");
  mkdirSync(home);
  const program = join(folder, "node_modules/twilio-cli/bin/run");
  const shell = { HOME: home, TWILIO_CLI_SUPPRESS_WARNINGS: "1" };
  const plugin = join(folder, "node_modules/@twilio-labs/plugin-serverless");
  execFileSync(process.execPath, [program, "plugins:link", plugin], {
    env: { ...process.env, ...shell },
    stdio: "pipe",
  });
  return { program, shell };
}

async function deploy(project: Project, program: string, args: string[], shell: Record<string, string>) {
  const account = await openEmptyAccount();
  const startedAt = performance.now();
  const { code, out, err } = await project.run(program, args, { ...account.shell, ...account.toolShell, ...shell });
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${out}\n${err}`);
  told(`${args.join(" ")} deployed`, startedAt);
  deepStrictEqual(account.violations(), []);
  const { buildSid, ...deployed } = account.deployed();
  await account.stop();
  strictEqual(typeof buildSid, "string");
  return deployed;
}

type Deployed = Awaited<ReturnType<typeof deploy>>;

/** Every item by itself, so that the first that differs is named. */
function compare(one: Deployed, other: Deployed): void {
  for (const item of Object.keys(other) as (keyof Deployed)[]) {
    deepStrictEqual(one[item], other[item], `The two tools differ in ${item}`);
    console.log(`same ${item}: ${JSON.stringify(one[item])}`);
  }
  strictEqual(Object.keys(other.uploads).length > 3, true);
}

function timed<Result>(what: string, act: () => Result): Result {
  const startedAt = performance.now();
  const result = act();
  told(what, startedAt);
  return result;
}

function told(what: string, startedAt: number): void {
  console.log(`${what} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
