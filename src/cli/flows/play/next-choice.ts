import type { World } from "../../../simulator/world";
import type { LintedState } from "../lint/read-states";

/** What the split behind the question asks for first, 1 where that cannot be told; undefined while nothing is asked. */
export function nextChoice(states: readonly LintedState[], world: World): string | undefined {
  const behind = splitBehind(states, world);
  if (behind === undefined) return undefined;
  const split = states.find(({ name, type }) => name === behind && type === "split-based-on");
  const condition = split?.transitions.flatMap(({ conditions }) => conditions)[0];
  const isPlain = condition && !/^(regex|is_|less|greater|not_|does_not)/.test(condition.type);
  return (isPlain && condition.value.split(",")[0]?.trim()) || "1";
}

/** Where an answer leads; empty where that is nowhere. */
function splitBehind(states: readonly LintedState[], { studio, sync }: World): string | undefined {
  const last = [...studio.executions.values()].at(-1);
  if (last?.waitingUntil && last.widget) {
    const question = states.find(({ name }) => name === last.widget);
    return question?.transitions.find(({ event }) => event === "incomingMessage")?.next ?? "";
  }
  // A Flow that ends at its question has had the step written down, and begins again with a split on it.
  const step = [...sync.documents.values()].map(({ data }) => stepIn(data)).find((name) => name !== undefined);
  if (step === undefined) return undefined;
  const ways = states.flatMap(({ transitions }) => transitions);
  return ways.find(({ conditions }) => conditions.some(({ value }) => value === step))?.next ?? "";
}

function stepIn(data: Record<string, unknown>): string | undefined {
  const { name } = Object(data.step) as { name?: unknown };
  return typeof name === "string" ? name : undefined;
}
