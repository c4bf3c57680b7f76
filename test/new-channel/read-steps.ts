import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Project } from "../deploy/project";

/** What the page has its reader write, in its order. */
export type Step =
  | { kind: "file"; path: string; text: string }
  /** Lines that stand there, once, and what takes their place. */
  | { kind: "edit"; path: string; before: string; after: string }
  /** In the shell, at the root of the project. */
  | { kind: "command"; command: string };

/** Reads the fenced blocks of a page that name a file: `diff` changes it, `sh run` makes it, any other is the whole of it. */
export function readSteps(page: string): Step[] {
  const blocks = readFileSync(page, "utf8").matchAll(/^```(\w+) (\S+)\n(.*?)^```$/gms);
  return [...blocks].map(([, language, path = "", text = ""]) => {
    if (language === "sh") return { kind: "command", command: text };
    return language === "diff" ? readEdit(path, text) : { kind: "file", path, text };
  });
}

function readEdit(path: string, text: string): Step {
  const lines = text.trimEnd().split("\n");
  const without = (mark: string) =>
    lines
      .filter((line) => !line.startsWith(mark))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  return { kind: "edit", path, before: without("+"), after: without("-") };
}

export function follow(step: Step, project: Pick<Project, "root" | "read" | "write">): void {
  if (step.kind === "command") execFileSync("sh", ["-c", step.command], { cwd: project.root });
  else if (step.kind === "file") project.write(step.path, step.text);
  else project.write(step.path, edited(step, project.read(step.path)));
}

function edited({ path, before, after }: Extract<Step, { kind: "edit" }>, text: string): string {
  const parts = `\n${text}`.split(`\n${before}`);
  const [head = "", tail] = parts;
  if (tail !== undefined && parts.length === 2) return `${head}\n${after}${tail}`.slice(1);
  throw new Error(`${path} has these lines ${parts.length - 1} times:\n${before}`);
}
