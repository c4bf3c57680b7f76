import { stripVTControlCharacters } from "node:util";
import type { Run } from "./run-twilio-run";

const AGAIN = "Nothing that is live has changed. Run the same command again: it finishes what was begun.";

/** Why `twilio-run deploy` failed, in words, and what to do. `failedBuild` is one that Twilio reports as failed. */
export function explainFailure({ output, interrupted }: Run, failedBuild: string | undefined): string {
  if (interrupted) return `The deployment was interrupted. ${AGAIN}`;
  if (failedBuild) {
    return [
      `Twilio could not build it (${failedBuild} failed); nothing that is live has changed.`,
      "Twilio's API does not say why. The usual reasons: a version under `dependencies` in package.json that npm does not have, or a `runtime` in .twilioserverlessrc that Twilio no longer builds for.",
    ].join("\n");
  }
  const upload = /Failed to upload (Function|Asset) (\S+)/.exec(output);
  if (upload) return `Twilio refused the upload of ${upload[1]} ${upload[2]}${reasonIn(output)}. ${AGAIN}`;
  const create = /Failed to create "(\S+)" (function|asset)/.exec(output);
  if (create) return `Twilio refused to create the ${create[2]} ${create[1]}${reasonIn(output)}. ${AGAIN}`;
  return `The deployment failed: ${lastWords(output)}\n${AGAIN}`;
}

/** What Twilio answered, as twilio-run's debugging channel prints it; of a refused upload that is the status alone. */
function reasonIn(output: string): string {
  const reason = /\bClientApiError(?: \[\w+\])?: (.*)/.exec(output)?.[1];
  return reason ? ` (${reason})` : "";
}

function lastWords(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.replace(/^[\s│┃|]+/, "").trim())
    .filter(
      (line) =>
        line !== "" && !line.includes("twilio-serverless-api:") && !/Deploying Function|Failed Deployment/.test(line),
    );
  return lines.slice(-4).join(" ") || "twilio-run gave no reason.";
}
