import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import type { Resource } from "../functions-host/resources";
import { versionsOf } from "./builds";
import type { BuildRow, VersionRow } from "./rows";
import type { Serverless } from "./tables";

/**
 * Writes a Build into an empty folder the way Twilio lays it out: every Function alone and flat under its Version's
 * SID, so that none can require another or a file beside it (as seen in stack traces, unverified), and of packages
 * only the Build's dependencies. Those are links; what they need themselves is found where they really lie.
 */
export function layOutBuild(serverless: Serverless, build: BuildRow, folder: string): Resource[] {
  const { modules } = serverless;
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  for (const { name } of modules ? build.dependencies : []) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(String(modules), name), link, "dir");
  }
  return [
    ...versionsOf(serverless, build.functionVersions).map((version) => write(folder, version, "handlers", ".js")),
    ...versionsOf(serverless, build.assetVersions).map((version) =>
      write(folder, version, "assets", extname(version.path)),
    ),
  ];
}

function write(folder: string, version: VersionRow, place: string, extension: string): Resource {
  const { kind, path, visibility, content, sid } = version;
  const file = join(folder, place, sid + extension);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return { kind, path, access: visibility, file };
}
