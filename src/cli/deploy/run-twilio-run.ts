import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { envFile, type Setting } from "../../config/env-file";

export interface Credentials {
  accountSid: string;
  authToken: string;
}

export interface DeployOrder {
  /** The project: where `.twilioserverlessrc`, `package.json` and `dist` lie. */
  root: string;
  serviceSid: string;
  environmentSid: string;
  settings: readonly Setting[];
  credentials: Credentials;
  /** Of this process, unless told otherwise. */
  shell?: NodeJS.ProcessEnv;
}

export interface Run {
  code: number | null;
  /** All it said; not for showing as it is. */
  output: string;
  /** Ctrl-C was pressed on it, or it was killed. */
  interrupted: boolean;
}

/**
 * Runs `twilio-run deploy`. Credentials and values travel in its environment, where `--load-system-env` finds what the
 * environment file leaves blank: so they stand in no file, and in no argument that others on this machine could read.
 */
export async function runTwilioRun(order: DeployOrder): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "flex-conversations-"));
  try {
    const file = join(folder, "names.env");
    writeFileSync(file, envFile(order.settings.map(([name]) => [name, ""])));
    const target = ["--service-sid", order.serviceSid, "--environment", order.environmentSid];
    const child = spawn(
      process.execPath,
      [require.resolve("twilio-run/bin/twilio-run.js"), "deploy", ...target, "--env", file, "--load-system-env"],
      { cwd: order.root, env: shellOf(order), stdio: ["ignore", "pipe", "pipe"] },
    );
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    // Ctrl-C reaches both; this process stays to say what it means.
    let interrupted = false;
    const stay = () => {
      interrupted = true;
      child.kill("SIGINT");
    };
    process.on("SIGINT", stay).on("SIGTERM", stay);
    const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    process.off("SIGINT", stay).off("SIGTERM", stay);
    return { code, output, interrupted: interrupted || signal !== null };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function shellOf({ settings, credentials, shell = process.env }: DeployOrder): NodeJS.ProcessEnv {
  return {
    ...shell,
    ...Object.fromEntries(settings),
    ACCOUNT_SID: credentials.accountSid,
    AUTH_TOKEN: credentials.authToken,
    // It keeps the reason of a refused upload to this channel. No request is shown there, and we show one line of it.
    DEBUG: "twilio-serverless-api:functions,twilio-serverless-api:assets",
  };
}
