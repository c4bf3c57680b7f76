import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { DeploymentSettings } from "./deployment-settings";

/** A Function or an Asset, as it is uploaded. */
export interface Uploaded {
  kind: "function" | "asset";
  path: string;
  access: string;
  /** Of its content; nothing where Twilio does not give that back. */
  hash?: string;
}

/** What a Build is made of. */
export interface Bundle {
  uploads: Uploaded[];
  dependencies: Record<string, string>;
  runtime: string;
}

export class NotBuiltError extends Error {}

/** What Twilio's tools would upload from here: https://www.twilio.com/docs/labs/serverless-toolkit/deploying */
export function readBundle(root: string, { functionsFolder, assetsFolder, runtime }: DeploymentSettings): Bundle {
  const functions = filesOf(join(root, functionsFolder)).filter(({ name }) => name.endsWith(".js"));
  if (functions.length === 0) throw new NotBuiltError(`There are no built Functions in ${functionsFolder}.`);
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return {
    uploads: [
      ...functions.map(({ name, content }) => uploaded("function", name, ".js", content)),
      ...filesOf(join(root, assetsFolder)).map(({ name, content }) => uploaded("asset", name, "", content)),
    ],
    dependencies,
    runtime,
  };
}

export function hashOf(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** `hooks/task-events.protected.js` is the protected Function `/hooks/task-events`; Assets keep their extension. */
function uploaded(kind: Uploaded["kind"], name: string, dropped: string, content: Buffer): Uploaded {
  const [, bare = "", access = "public", extension = ""] =
    /^(.*?)(?:\.(protected|private))?(\.[^./]+)?$/.exec(name) ?? [];
  return { kind, path: `/${bare}${extension === dropped ? "" : extension}`, access, hash: hashOf(content) };
}

function filesOf(folder: string): { name: string; content: Buffer }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: file.slice(join(folder, sep).length).split(sep).join("/"), content: readFileSync(file) }));
}
