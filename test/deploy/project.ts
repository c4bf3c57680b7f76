import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** A copy of the built project, to be changed and deployed from. */
export interface Project {
  root: string;
  write(name: string, text: string): void;
  read(name: string): string;
  remove(name: string): void;
  /** Runs a program of Node's in it; `shell` is all of its environment but for PATH. */
  run(file: string, args: string[], shell?: Record<string, string>): Promise<Run>;
  /** The same, while it runs. */
  start(file: string, args: string[], shell?: Record<string, string>): Started;
  delete(): void;
}

export interface Run {
  code: number | null;
  out: string;
  err: string;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Run>;
}

export const CLI = resolve("dist/tools/cli.js");
export const TWILIO_RUN = resolve("node_modules/twilio-run/bin/twilio-run.js");
/** As `npm run build` runs it. */
export const BUILD = resolve("node_modules/.cache/flex-conversations/build.cjs");

/** What an administrator fills in. */
export const VARIABLES = {
  FLEX_WORKSPACE_SID: "WS00000000000000000000000000000001",
  FLEX_WORKFLOW_SID: "WW00000000000000000000000000000001",
  SMS_SENDER: "+15550177700",
  SWEEP_SECRET: "sweeps-every-quarter-of-an-hour-0001",
  WEBCHAT_ADDRESS_SID: "IG00000000000000000000000000000001",
  API_KEY_SID: "SK00000000000000000000000000000009",
  API_KEY_SECRET: "signs-tokens-of-guests-000000001",
  WEBCHAT_SESSION_SECRET: "signs-sessions-of-guests-00000001",
};

/** What else may stand in an environment file, and belongs to nobody's Functions. */
export const SECRETS = { ACCOUNT_SID: "AC1", AUTH_TOKEN: "another-token", OTHER_API_SECRET: "c0ffee-secret" };

export const envText = (variables: Record<string, string>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");

export function copyProject(): Project {
  const root = mkdtempSync(join(tmpdir(), "project-"));
  for (const name of ["src", "dist", "studio-flows", "package.json", ".twilioserverlessrc"]) {
    cpSync(name, join(root, name), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));

  function start(file: string, args: string[], shell: Record<string, string> = {}): Started {
    const child = spawn(process.execPath, [file, ...args], {
      cwd: root,
      env: { PATH: process.env.PATH, ...shell },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const run: Run = { code: null, out: "", err: "" };
    child.stdout.on("data", (chunk: Buffer) => {
      run.out += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      run.err += chunk.toString();
    });
    return { child, ended: once(child, "close").then(([code]) => ({ ...run, code: code as number | null })) };
  }

  const project: Project = {
    root,
    write(name, text) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    },
    read: (name) => readFileSync(join(root, name), "utf8"),
    remove: (name) => rmSync(join(root, name), { recursive: true, force: true }),
    start,
    run: (file, args, shell) => start(file, args, shell).ended,
    delete: () => rmSync(root, { recursive: true }),
  };
  project.write(".env", envText({ ...VARIABLES, ...SECRETS }));
  return project;
}
