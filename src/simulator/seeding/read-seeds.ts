import "../server/schema-words";
import type * as z from "zod/mini";
import { parseExpression } from "../taskrouter/parse-expression";
import { ExpressionError } from "../taskrouter/read-tokens";
import { type Seeds, seedsSchema } from "./seeds-schema";

/** What is wrong with seeds, each with its place as in JSON: `workflows[0].filters[1].targets[0].queue`. */
export class SeedsError extends Error {}

/** The queue of a new Flex account, there whatever queues are given. */
export const EVERYONE = "Everyone";

/** Checks seeds from outside, and that they fit each other. */
export function readSeeds(input: unknown): Seeds {
  const parsed = seedsSchema.safeParse(input);
  if (!parsed.success) throw new SeedsError(parsed.error.issues.map(inWords).join("\n"));
  const problems = [...repeated(parsed.data), ...unknownQueues(parsed.data), ...unreadable(parsed.data)];
  if (problems.length > 0) throw new SeedsError(problems.join("\n"));
  return parsed.data;
}

function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    const known = "the keys there are stand in docs/simulator.md";
    return `${placeOf(issue.path) || "The file"} has no "${issue.keys.join('", "')}": remove it (${known}).`;
  }
  return `${placeOf(issue.path) || "The file"}: ${remedyOf(issue)}.`;
}

function remedyOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return `write ${article(issue.expected)} here`;
  if (issue.code === "invalid_value") return `write one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_small") return "it must not be empty, nor below 1";
  if (issue.code === "invalid_format" && issue.format === "url")
    return "write a whole URL, such as http://localhost:3000/hook";
  if (issue.code === "invalid_format")
    return "write +E164, or a channel and its address, such as whatsapp:+15550100200";
  return issue.message;
}

const article = (type: string) => (/^[aeio]/.test(type) && type !== "one" ? `an ${type}` : `a ${type}`);

function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) => (typeof key === "number" ? `${place}[${key}]` : [place, String(key)].filter(Boolean).join(".")),
    "",
  );
}

function repeated(seeds: Seeds): string[] {
  const names: [string, string[]][] = [
    ["agents[].name", (seeds.agents ?? []).map(({ name }) => name)],
    ["queues[].name", (seeds.queues ?? []).map(({ name }) => name)],
    ["workflows[].name", (seeds.workflows ?? []).map(({ name }) => name)],
    ["senders[]", seeds.senders ?? []],
    ["addresses[].address", (seeds.addresses ?? []).map(({ address }) => address)],
    ["users[].identity", (seeds.users ?? []).map(({ identity }) => identity)],
    ["documents[].uniqueName", (seeds.documents ?? []).map(({ uniqueName }) => uniqueName)],
    ["contentTemplates[].name", (seeds.contentTemplates ?? []).map(({ name }) => name)],
  ];
  return names.flatMap(([place, all]) =>
    [...new Set(all.filter((name, index) => all.indexOf(name) !== index))].map(
      (name) => `${place}: "${name}" stands there twice; give each a name of its own.`,
    ),
  );
}

interface Place {
  place: string;
  value: string | undefined;
}

function targetsOf({ workflows = [] }: Seeds) {
  return workflows.flatMap((workflow, w) => [
    ...workflow.filters.flatMap(({ targets }, f) =>
      targets.map((target, t) => ({ place: `workflows[${w}].filters[${f}].targets[${t}]`, target })),
    ),
    ...(workflow.default ? [{ place: `workflows[${w}].default`, target: workflow.default }] : []),
  ]);
}

function unknownQueues(seeds: Seeds): string[] {
  const queues = [...new Set([EVERYONE, ...(seeds.queues ?? []).map(({ name }) => name)])];
  return targetsOf(seeds)
    .filter(({ target }) => !queues.includes(target.queue))
    .map(
      ({ place, target }) =>
        `${place}.queue: there is no queue "${target.queue}"; add it to queues, or name one of ${queues.join(", ")}.`,
    );
}

function unreadable(seeds: Seeds): string[] {
  const expressions: Place[] = [
    ...(seeds.queues ?? []).map(({ targetWorkers: value }, i) => ({ place: `queues[${i}].targetWorkers`, value })),
    ...(seeds.workflows ?? []).flatMap(({ filters }, w) =>
      filters.map(({ expression: value }, f) => ({ place: `workflows[${w}].filters[${f}].expression`, value })),
    ),
    ...targetsOf(seeds).map(({ place, target }) => ({ place: `${place}.expression`, value: target.expression })),
  ];
  return expressions.flatMap(({ place, value }) => {
    if (!value?.trim()) return [];
    try {
      parseExpression(value);
      return [];
    } catch (failure) {
      if (failure instanceof ExpressionError) return [`${place}: ${failure.message}`];
      throw failure;
    }
  });
}
