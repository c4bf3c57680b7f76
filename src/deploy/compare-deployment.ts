import type { Setting } from "../config/env-file";
import { variables } from "../config/variables";
import type { Bundle, Uploaded } from "./bundle";
import type { LiveEnvironment, LiveService } from "./live-deployment";

export interface Wanted extends Bundle {
  settings: readonly Setting[];
}

/** What a deployment would change, a line each; values of variables are never told. */
export interface Changes {
  /** In what a Build is made of. */
  code: string[];
  variables: string[];
}

export function compareDeployment(want: Wanted, have: LiveEnvironment | undefined): Changes {
  return {
    code: have?.build ? codeChanges(want, have.build) : ["everything: the first deployment there"],
    variables: variableChanges(want.settings, have),
  };
}

function codeChanges(want: Bundle, have: Bundle): string[] {
  const keyOf = ({ kind, path }: Uploaded) => `${kind} ${path}`;
  const live = new Map(have.uploads.map((one) => [keyOf(one), one]));
  const wanted = new Set(want.uploads.map(keyOf));
  return [
    ...want.uploads.flatMap((one) => uploadChange(one, live.get(keyOf(one))) ?? []),
    ...have.uploads.filter((one) => !wanted.has(keyOf(one))).map((one) => `${keyOf(one)}: goes`),
    ...recordChanges("dependency", want.dependencies, have.dependencies),
    ...recordChanges("runtime", { "": want.runtime }, { "": have.runtime }),
  ];
}

function uploadChange(want: Uploaded, have: Uploaded | undefined): string | undefined {
  const name = `${want.kind} ${want.path}`;
  if (!have) return `${name}: new`;
  if (want.access !== have.access) return `${name}: ${have.access} becomes ${want.access}`;
  if (have.hash === undefined) return `${name}: cannot be read back, uploaded again`;
  return want.hash === have.hash ? undefined : `${name}: changed`;
}

function recordChanges(what: string, want: Record<string, string>, have: Record<string, string>): string[] {
  const names = [...new Set([...Object.keys(want), ...Object.keys(have)])];
  return names
    .filter((name) => want[name] !== have[name])
    .map(
      (name) => `${[what, name].filter(Boolean).join(" ")}: ${have[name] ?? "none"} becomes ${want[name] ?? "none"}`,
    );
}

function variableChanges(settings: readonly Setting[], have: LiveEnvironment | undefined): string[] {
  const live = new Map(have?.variables.map(({ name, value }) => [name, value]));
  return [
    ...settings
      .filter(([name, value]) => live.get(name) !== value)
      .map(([name]) => `variable ${name}: ${live.has(name) ? "changed" : "new"}`),
    ...staleVariables(settings, have).map(({ name }) => `variable ${name}: goes`),
  ];
}

/** Ours, and no longer in the environment file. Variables that we know nothing of are let be. */
export function staleVariables(settings: readonly Setting[], have: LiveEnvironment | undefined) {
  const given = new Set(settings.map(([name]) => name));
  const ours = new Set(variables.map(({ name }) => name));
  return (have?.variables ?? []).filter(({ name }) => ours.has(name) && !given.has(name));
}

/**
 * The paths of somebody else's service that happens to have our name; none for one of ours. Twilio has no place to mark
 * a service, so it is known by what it holds: nothing yet, or, at least by half, what this bundle has too. So an older
 * version of the bundle passes, and so does one whose deployment was interrupted.
 */
export function strangePaths(want: Bundle, { paths }: LiveService): string[] {
  const known = new Set(want.uploads.map(({ path }) => path));
  const strange = [...new Set(paths)].filter((path) => !known.has(path)).sort();
  return strange.length * 2 > new Set(paths).size ? strange : [];
}
