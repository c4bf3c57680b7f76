import { InvalidArgumentError } from "commander";
import { CommandError } from "./terminal";

/** Usage of the option that says where the simulator listens. */
export const PORT_OPTION = ["-p, --port <number>", "port to listen on (default: PORT, or any free one)"] as const;

export function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("a port is a number from 0 to 65535.");
  return port;
}

/** Runs what listens on `port`; a port that cannot be had is said in words. */
export async function onPort<Result>(port: number, listen: () => Promise<Result>): Promise<Result> {
  try {
    return await listen();
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || (error.code !== "EADDRINUSE" && error.code !== "EACCES"))
      throw error;
    const why = error.code === "EACCES" ? "may not be used by you" : "is in use";
    throw new CommandError(`Port ${port} ${why}. Choose another with --port, or none for any free one.`, 2);
  }
}
