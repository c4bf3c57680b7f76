import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { account } from "../../src/simulator/seeds";
import { versionsOf } from "../../src/simulator/serverless/builds";
import { type Simulator, startSimulator } from "../../src/simulator/simulator";

/** A simulated account without services, and what deployment tools need to reach it instead of Twilio. */
export async function openEmptyAccount() {
  const simulator = await startSimulator({
    functions: { workerFile: resolve("dist/tools/function-worker.js"), modules: resolve("node_modules"), processes: 1 },
  });
  const redirected = {
    NODE_OPTIONS: `--require=${resolve("dist/tools/redirect.js")}`,
    TWILIO_SIMULATOR_PORT: String(simulator.port),
  };
  return {
    simulator,
    /** The shell of somebody with that account's credentials, under the names our command line takes. */
    shell: { ...redirected, TWILIO_ACCOUNT_SID: account.sid, TWILIO_AUTH_TOKEN: account.authToken },
    /** Under the names that twilio-run takes. */
    toolShell: { ...redirected, ACCOUNT_SID: account.sid, AUTH_TOKEN: account.authToken },
    deployed: (service?: string, suffix?: string) => deployedTo(simulator, service, suffix),
    /** REST calls that changed something, since the log was last cleared. */
    changes: () =>
      simulator.log.entries
        .filter(({ kind, name }) => kind === "rest" && !name.startsWith("GET "))
        .map(({ name }) => name.split(" ")[1]),
    violations: () => simulator.violations().map(({ name }) => name),
    stop: () => simulator.stop(),
  };
}

/** All that arrived in an environment, in words that can be compared. */
export function deployedTo({ serverless }: Simulator, name = "flex-conversations", suffix = "dev") {
  const service = [...serverless.services.values()].find(({ uniqueName }) => uniqueName === name);
  const environment = [...serverless.environments.values()].find(
    (row) => row.serviceSid === service?.sid && row.domainSuffix === suffix,
  );
  const build = serverless.builds.get(environment?.buildSid ?? "");
  const versions = versionsOf(serverless, [...(build?.functionVersions ?? []), ...(build?.assetVersions ?? [])]);
  const variables = [...serverless.variables.values()].filter((row) => row.environmentSid === environment?.sid);
  return {
    domain: environment?.domainName,
    includeCredentials: service?.includeCredentials,
    uiEditable: service?.uiEditable,
    buildSid: build?.sid,
    runtime: build?.runtime,
    dependencies: Object.fromEntries((build?.dependencies ?? []).map((one) => [one.name, one.version])),
    uploads: Object.fromEntries(
      versions
        .map(
          ({ kind, path, visibility, content }) => [path, { kind, access: visibility, hash: hashOf(content) }] as const,
        )
        .sort(([a], [b]) => a.localeCompare(b)),
    ),
    variables: Object.fromEntries(variables.map(({ key, value }) => [key, value])),
  };
}

export const hashOf = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");
