import { parseEnv } from "node:util";
import { type Variable, variables } from "./variables";

export type Setting = readonly [name: string, value: string];

/** What an environment file says of our variables; whatever else stands in it is left out. */
export function allowedSettings(text: string): Setting[] {
  const given = parseEnv(text);
  return variables.flatMap(({ name }): Setting[] => (given[name] ? [[name, given[name]]] : []));
}

export function missingVariables(settings: readonly Setting[]): Variable[] {
  const given = new Set(settings.map(([name]) => name));
  return variables.filter(({ name, required }) => required && !given.has(name));
}

/** The names under which deployment tools look for the account's credentials, in the environment file or the shell. */
const CREDENTIALS = ["ACCOUNT_SID", "AUTH_TOKEN"];

/**
 * An environment file for `twilio-run` and the `twilio` CLI. What has no value here they take from the shell, when
 * `loadSystemEnv` is set; so credentials need not be written down.
 */
export function envFile(settings: readonly Setting[]): string {
  const lines = [...CREDENTIALS.map((name): Setting => [name, ""]), ...settings];
  return lines.map(([name, value]) => `${name}=${quoted(name, value)}\n`).join("");
}

/** Readers of such files agree on bare words and on single quotes, and on little else. */
function quoted(name: string, value: string): string {
  if (/^[\w.,:/@+=-]*$/.test(value)) return value;
  if (!/['\n]/.test(value)) return `'${value}'`;
  throw new Error(`${name}: a value with line breaks or single quotes cannot be written into an environment file.`);
}
