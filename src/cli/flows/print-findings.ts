import type { Finding } from "./lint/lint-flow";

/** The findings of one file, each with its place and what to do; notes are told shortly. */
export function printFindings(file: string, findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ severity, rule, state, path, message, remedy }) => {
    const place = `at ${path}${state ? ` (${state})` : ""}`;
    const what = `  ${severity.padEnd(7)}  ${rule}: ${message}`;
    return severity === "note" ? [`${what}, ${place}`] : [what, `           ${place}`, `           ${remedy}`];
  });
  return [`${file}${findings.length === 0 ? ": clean" : ""}`, ...lines].join("\n");
}

export function countFindings(findings: readonly Finding[]): string {
  const count = (severity: Finding["severity"]) => findings.filter((one) => one.severity === severity).length;
  return (["error", "warning", "note"] as const)
    .map((severity) => `${count(severity)} ${severity}${count(severity) === 1 ? "" : "s"}`)
    .join(", ");
}
