import type { EventLog } from "../event-log";
import type { SeededFunctions } from "../simulator-options";
import type { World } from "../world";
import { givenVariables } from "./given-variables";
import { scanAssets, scanFunctions } from "./resources";
import type { Output } from "./worker-process";

/** The Functions of a folder, served as the seeded service's. */
export function seededDeployment({ directory, assetsDirectory, env }: SeededFunctions, world: World) {
  const { account } = world;
  const given = givenVariables(account, { serviceSid: account.serverlessServiceSid, credentials: true });
  return {
    resources: [...(assetsDirectory ? scanAssets(assetsDirectory) : []), ...scanFunctions(directory)],
    domain: account.functionsDomain,
    env: { ...given, ...env(world) },
  };
}

/** What Functions print goes into the history, a line an entry. */
export function outputTo(log: EventLog): Output {
  const write = (chunk: Buffer) => {
    for (const line of chunk.toString().split("\n")) {
      if (line) log.add({ kind: "output", name: line });
    }
  };
  return { stdout: { write }, stderr: { write } };
}
