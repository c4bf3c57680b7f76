import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { AddressBinding } from "../../deploy/apply-address";
import { TOKEN_KINDS } from "../../deploy/flow-source";
import { isJsonObject, type Json } from "../../simulator/studio/json";
import { readAddresses } from "../read-flows";
import { CommandError } from "../terminal";
import type { Given } from "./lint/linted-flow";
import { stringsIn } from "./lint/strings-in";

/** A Flow by its path: an export of anybody's, or a source of ours. */
export interface FlowFile extends Given {
  file: string;
  /** File name without `.json`. */
  name: string;
}

/** What the file does not say by itself. */
export interface About {
  ours?: boolean;
  channels?: readonly string[];
}

const TOKEN = new RegExp(`\\$\\{(?:${TOKEN_KINDS.join("|")}):[^}]+\\}`);

/** A Flow is a source of ours when it holds tokens or lies beside an addresses.json; what cannot be read is misuse. */
export function readFlowFile(file: string, about: About = {}): FlowFile {
  const definition = readJsonFile(file);
  const name = basename(file, ".json");
  const bindings = bindingsBeside(file);
  const ours = about.ours ?? (bindings !== undefined || stringsIn(definition, "").some(({ text }) => TOKEN.test(text)));
  const bound = (bindings ?? []).filter(({ flow }) => flow === name);
  const channels = [...(about.channels ?? []), ...bound.map(({ type }) => type), ...marksIn(definition)];
  return { file, name, definition, ours, channels: [...new Set(channels)] };
}

/** Undefined where there is no such file, or one of somebody else's making. */
function bindingsBeside(file: string): AddressBinding[] | undefined {
  if (!existsSync(join(dirname(file), "addresses.json"))) return undefined;
  try {
    return readAddresses(dirname(file));
  } catch {
    return undefined;
  }
}

/** A Flow's description may say `channel:telegram`: what Twilio does not carry has no address to bind. */
function marksIn(definition: Json): string[] {
  const description = isJsonObject(definition) ? definition.description : undefined;
  if (typeof description !== "string") return [];
  return [...description.matchAll(/\bchannel:([a-z][\w-]*)/g)].map(([, channel = ""]) => channel);
}

export function readJsonFile(file: string): Json {
  const text = textOf(file);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new CommandError(`${file} is not JSON: ${error instanceof Error ? error.message : error}`, 2);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new CommandError(`${file} cannot be read: name a JSON file.`, 2);
  }
}
