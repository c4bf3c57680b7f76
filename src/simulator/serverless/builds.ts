import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BuildRow, Dependency, VersionRow } from "./rows";
import type { Serverless } from "./tables";

/** Twilio takes some ten seconds and more; this is long enough to be seen building. */
export const BUILD_MS = 800;

/**
 * What Twilio builds for. node24 is announced (https://www.twilio.com/en-us/changelog/node-js-v24-is-now-available-for-twilio-functions)
 * and not yet in the OpenAPI document; deployments to node18 fail since November 2025, node20 is unverified.
 */
export const RUNTIMES = ["node22"];
export const DEFAULT_RUNTIME = "node22";

/** https://www.twilio.com/docs/serverless/api/resource/build */
export function statusOf({ doneAt, failure }: BuildRow, now: Date): "building" | "completed" | "failed" {
  if (now < doneAt) return "building";
  return failure ? "failed" : "completed";
}

/** Why a Build cannot be packaged; nothing when it can. */
export function whyItFails(serverless: Serverless, build: Omit<BuildRow, "failure">): string | undefined {
  const { functionVersions, assetVersions, dependencies, runtime } = build;
  if (!RUNTIMES.includes(runtime)) return `the runtime ${runtime} is none of ${RUNTIMES.join(", ")}`;
  const paths = [...versionsOf(serverless, functionVersions), ...versionsOf(serverless, assetVersions)].map(
    ({ path }) => path,
  );
  const twice = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twice) return `two Versions have the path ${twice}`;
  return dependencies.map((one) => whyNotInstalled(one, serverless.modules)).find(Boolean);
}

export function versionsOf({ versions }: Serverless, sids: readonly string[]): VersionRow[] {
  return sids.flatMap((sid) => versions.get(sid) ?? []);
}

/** Nothing is downloaded: what Twilio would install must be here already, in exactly that version. */
function whyNotInstalled({ name, version }: Dependency, modules: string | undefined): string | undefined {
  // https://www.twilio.com/docs/serverless/functions-assets/handler
  if (name === "@twilio/runtime-handler" && !/^\d+\.\d+\.\d+$/.test(version)) return `${name} needs an exact version`;
  const installed = modules && installedVersion(join(modules, name, "package.json"));
  if (!installed) return `${name}@${version} is not installed on this machine`;
  return version === "*" || version === installed
    ? undefined
    : `${name}@${version} is not installed on this machine, but ${installed} is`;
}

function installedVersion(manifest: string): string | undefined {
  try {
    return JSON.parse(readFileSync(manifest, "utf8")).version;
  } catch {
    return undefined;
  }
}
