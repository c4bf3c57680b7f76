import type { Found } from "../conversation/sweep/sweep";

const HEAD = ["Conversation", "problem", "action", "done"];

export function printSweep({ checked, found }: { checked: number; found: Found[] }): string {
  const repaired = found.filter(({ done }) => done).length;
  const sum = `Looked at ${checked} Conversations and Tasks: ${found.length} problems, ${repaired} repaired.`;
  if (found.length === 0) return sum;
  const rows = found.map(({ conversationSid, problem, action, done }) => [
    conversationSid,
    problem,
    action,
    done ? "yes" : "no",
  ]);
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [...[HEAD, ...rows].map(line), "", sum].join("\n");
}
