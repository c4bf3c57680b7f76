import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { redirectedEnvironment } from "../../simulator/redirect/preload";
import type { Account } from "../../simulator/seeds";
import { CommandError } from "../terminal";

/** Where a program finds the simulator, and the credentials it has there. */
export interface Place {
  port: number;
  account: Account;
  /** The built redirect. */
  preload: string;
}

/** The variables that make a program of Twilio's use the simulator: under the SDK's names, and under twilio-run's. */
export function placeVariables({ port, account }: Omit<Place, "preload">): Record<string, string> {
  return {
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: account.authToken,
    ACCOUNT_SID: account.sid,
    AUTH_TOKEN: account.authToken,
    TWILIO_API_KEY: account.apiKey.sid,
    TWILIO_API_SECRET: account.apiKey.secret,
    SIMULATOR_URL: `http://localhost:${port}`,
  };
}

/** Runs a program to its end with Twilio's hosts redirected; answers its exit code, as a shell would. */
export async function runRedirected(command: readonly string[], place: Place): Promise<number> {
  const [file = "", ...args] = command;
  const env = { ...redirectedEnvironment(process.env, place.preload, place.port), ...placeVariables(place) };
  const child = spawn(file, args, { stdio: "inherit", env });
  const stop = passSignals((signal) => child.kill(signal));
  try {
    const [code, signal] = await once(child, "exit");
    return signal ? 128 + constants.signals[signal as NodeJS.Signals] : Number(code);
  } catch (error) {
    throw notStarted(file, error);
  } finally {
    stop();
  }
}

/** A Ctrl-C at the terminal reaches the program by itself. */
function passSignals(pass: (signal: NodeJS.Signals) => void): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
  const fromTerminal: readonly string[] = process.stdin.isTTY ? ["SIGINT", "SIGQUIT"] : [];
  const listener = (signal: NodeJS.Signals) => {
    if (!fromTerminal.includes(signal)) pass(signal);
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

/** 127 and 126, as shells have it: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
function notStarted(file: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return new CommandError(`There is no program "${file}": check its name and PATH.`, 127);
  if (code === "EACCES") return new CommandError(`"${file}" cannot be run: it is not a program you may execute.`, 126);
  return error;
}
