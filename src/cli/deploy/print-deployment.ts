import type { Uploaded } from "../../deploy/bundle";
import type { DeploymentSettings } from "../../deploy/deployment-settings";
import type { Deployed } from "./deploy-bundle";

/** What runs now, and what there is to do next. */
export function printDeployment({ service, environment, changes }: Deployed, deployment: DeploymentSettings): string {
  const { uploads, sid, runtime } = environment.build;
  const changed = [...changes.code, ...changes.variables];
  const of = (kind: string) => uploads.filter((one) => one.kind === kind);
  const suffix = ` --environment ${deployment.environment}`;
  return [
    changed.length > 0
      ? `Deployed ${deployment.serviceName} to the environment "${deployment.environment}".`
      : `${deployment.serviceName} is up to date in the environment "${deployment.environment}": nothing was changed.`,
    ...changed.map((line) => `  ${line}`),
    "",
    `URL      https://${environment.domain}`,
    `Service  ${service.sid}`,
    `Build    ${sid} (${runtime})`,
    "",
    ...listed("Functions", of("function")),
    ...listed("Assets", of("asset")),
    "Next",
    `  npm run --silent cli -- hooks apply${suffix}`,
    `  npm run --silent cli -- flows render sms${suffix} -o sms-export.json`,
    "  Console, Studio: Create a Flow, Import from JSON, paste that file, publish it.",
    "  Console, Conversations, Addresses: bind your number to that Flow.",
  ].join("\n");
}

function listed(title: string, uploads: readonly Uploaded[]): string[] {
  if (uploads.length === 0) return [];
  const rows = [...uploads].sort((a, b) => a.path.localeCompare(b.path));
  return [title, ...rows.map(({ access, path }) => `  ${access.padEnd(10)} ${path}`), ""];
}
