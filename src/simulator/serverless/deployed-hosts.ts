import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FunctionsHost, type FunctionsHostOptions, startFunctionsHost } from "../functions-host/gateway";
import { givenVariables } from "../functions-host/given-variables";
import type { Printed } from "../functions-host/messages";
import { layOutBuild } from "./lay-out-build";
import type { BuildRow, DeploymentRow, EnvironmentRow } from "./rows";
import { type Serverless, select } from "./tables";

/** Runs what was deployed, as it was uploaded. */
export interface DeployedHosts {
  /** Whoever serves a domain; nobody when nothing is deployed there. */
  at(domain: string): Promise<FunctionsHost | undefined>;
  stop(): Promise<void>;
}

type Surroundings = Omit<FunctionsHostOptions, "resources" | "domain" | "env" | "baseDir" | "printed">;

interface Running {
  /** What it runs: another deployment, or another variable, needs another host. */
  key: string;
  host: Promise<FunctionsHost>;
}

/**
 * Hosts start with the first call after a deployment, or after a change of variables, which Functions see at once:
 * https://www.twilio.com/docs/serverless/functions-assets/functions/variables
 */
export function deployedHosts(serverless: Serverless, surroundings: Surroundings): DeployedHosts {
  const running = new Map<string, Running>();
  const stopping: Promise<void>[] = [];
  const folders: string[] = [];

  function start(environment: EnvironmentRow, deployment: DeploymentRow, build: BuildRow, env: Record<string, string>) {
    const folder = mkdtempSync(join(tmpdir(), "deployed-functions-"));
    folders.push(folder);
    const service = serverless.services.get(environment.serviceSid);
    const given = givenVariables(serverless.account, {
      serviceSid: environment.serviceSid,
      environmentSid: environment.sid,
      credentials: service?.includeCredentials ?? false,
    });
    return startFunctionsHost({
      ...surroundings,
      resources: layOutBuild(serverless, build, folder),
      domain: environment.domainName,
      env: { ...given, ...env },
      baseDir: folder,
      printed: (path, line) => keep(deployment, build, path, line),
    });
  }

  function keep(deployment: DeploymentRow, build: BuildRow, path: string, { invocation, level, text }: Printed): void {
    const version = build.functionVersions.map((sid) => serverless.versions.get(sid)).find((row) => row?.path === path);
    if (!version) return;
    const { sid: deploymentSid, serviceSid, environmentSid, buildSid } = deployment;
    const sid = serverless.newSid("NO");
    serverless.logs.set(sid, {
      ...{ sid, serviceSid, environmentSid, buildSid, deploymentSid },
      functionSid: version.resourceSid,
      requestSid: invocation,
      level,
      message: text,
      createdAt: serverless.clock.now(),
    });
  }

  /** Calls that the old host has begun may end first. */
  function replace(domain: string): void {
    const old = running.get(domain);
    if (!old) return;
    running.delete(domain);
    const stopped = surroundings.work.settled().then(async () => (await old.host).stop());
    // A host that could not start has nothing to stop, and its callers were told.
    stopping.push(stopped.catch(() => undefined));
  }

  return {
    async at(domain) {
      const [environment] = select(serverless.environments, ({ domainName }) => domainName === domain);
      const deployment =
        environment && select(serverless.deployments, (row) => row.environmentSid === environment.sid).at(-1);
      const build = deployment && serverless.builds.get(deployment.buildSid);
      if (!build) return undefined;
      const variables = select(serverless.variables, ({ environmentSid }) => environmentSid === environment.sid);
      const env = Object.fromEntries(variables.map(({ key, value }) => [key, value]));
      const key = JSON.stringify([deployment.sid, env]);
      const current = running.get(domain);
      if (current?.key === key) return current.host;
      replace(domain);
      const host = start(environment, deployment, build, env);
      running.set(domain, { key, host });
      host.catch(() => running.delete(domain));
      return host;
    },
    async stop() {
      for (const domain of [...running.keys()]) replace(domain);
      await Promise.allSettled(stopping);
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}
