import { readdirSync } from "node:fs";
import { join, sep } from "node:path";

/** https://www.twilio.com/docs/serverless/functions-assets/visibility */
export type Access = "public" | "protected" | "private";

/** A Function or an Asset, as a deployment would name it. */
export interface Resource {
  kind: "function" | "asset";
  /** The path of its URL. */
  path: string;
  access: Access;
  file: string;
}

/** `hooks/task-events.protected.js` is served at `/hooks/task-events`. */
export function scanFunctions(directory: string): Resource[] {
  return filesOf(directory)
    .filter((name) => name.endsWith(".js"))
    .map((name) => describe("function", directory, name, ""));
}

/** `page/demo.html` is served at `/page/demo.html`. */
export function scanAssets(directory: string): Resource[] {
  return filesOf(directory).map((name) => describe("asset", directory, name, /\.[^./]+$/.exec(name)?.[0] ?? ""));
}

function describe(kind: Resource["kind"], directory: string, name: string, extension: string): Resource {
  const bare = name.replace(/\.[^./]+$/, "");
  const access = /\.(protected|private)$/.exec(bare)?.[1] as Access | undefined;
  const path = `/${access ? bare.slice(0, -access.length - 1) : bare}${extension}`;
  return { kind, path, access: access ?? "public", file: join(directory, name) };
}

function filesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, sep).length).split(sep).join("/"))
    .sort();
}
