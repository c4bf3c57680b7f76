import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AddressBinding, parseAddresses } from "../deploy/apply-address";
import { type FlowSource, parseFlowSource } from "../deploy/flow-source";
import { CommandError } from "./terminal";

const ADDRESSES = "addresses.json";

/** Every Flow source of a folder. */
export function readFlows(directory: string): FlowSource[] {
  if (!existsSync(directory))
    throw new CommandError(`There is no folder ${directory}: run this at the root of the project.`, 2);
  return readdirSync(directory)
    .filter((file) => file.endsWith(".json") && file !== ADDRESSES)
    .map((file) => readFlow(directory, file.replace(/\.json$/, "")));
}

export function readFlow(directory: string, name: string): FlowSource {
  const file = join(directory, `${name}.json`);
  if (!existsSync(file)) {
    const names = existsSync(directory) ? readFlows(directory).map((flow) => flow.name) : [];
    throw new CommandError(`There is no Flow "${name}" in ${directory}. There is: ${names.join(", ") || "none"}.`, 2);
  }
  return parseFlowSource(name, readFileSync(file, "utf8"));
}

export function readAddresses(directory: string): AddressBinding[] {
  return parseAddresses(readFileSync(join(directory, ADDRESSES), "utf8"));
}
