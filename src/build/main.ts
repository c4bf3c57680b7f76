import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { allowedSettings, envFile } from "../config/env-file";

/** Fills `dist`: a bundle for each Function, the published assets, and the tools that run on this machine. */
async function fillDist(): Promise<void> {
  rmSync("dist", { recursive: true, force: true });
  mkdirSync("dist/assets", { recursive: true });
  const shared = { bundle: true, platform: "node", format: "cjs", logLevel: "warning" } as const;
  await Promise.all([
    build({
      ...shared,
      entryPoints: functionFiles(),
      outbase: "src/functions",
      outdir: "dist/functions",
      target: "node22",
      external: ["twilio", "twilio/*"],
      // Half as much to upload and to load; functions keep their names, so that an error still says where it was.
      minify: true,
      keepNames: true,
      lineLimit: 120,
    }),
    build({
      ...shared,
      entryPoints: {
        cli: "src/cli/main.ts",
        "function-worker": "src/simulator/functions-host/worker.ts",
        redirect: "src/simulator/redirect/main.ts",
      },
      outdir: "dist/tools",
      target: "node20",
      packages: "external",
      banner: { js: "#!/usr/bin/env node" },
    }),
  ]);
  chmodSync("dist/tools/cli.js", 0o755);
  if (existsSync("assets")) cpSync("assets", "dist/assets", { recursive: true });
  writeFileSync("dist/functions.env", envFile(settings()), { mode: 0o600 });
}

/** Twilio's own tools upload every variable of an environment file: this one holds ours only, so that they may read it. */
function settings() {
  const { env } = parseArgs({ options: { env: { type: "string", default: ".env" } } }).values;
  return existsSync(env) ? allowedSettings(readFileSync(env, "utf8")) : [];
}

/** Every file here is one Function: Twilio uploads each alone, so none can be shared code. */
function functionFiles(): string[] {
  return readdirSync("src/functions", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `src/functions/${file}`);
}

fillDist().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
