import * as z from "zod/mini";
import type { DrawnRun } from "../../../simulator/drawing/drawn-flow";

const step = z.object({
  widget: z.string(),
  event: z.nullable(z.string()),
  to: z.nullable(z.string()),
  within: z.nullable(z.string()),
});

/** As much of a play as a drawing shows. */
const run = z.object({ executions: z.array(z.object({ steps: z.array(step) })) });

/** The way of all Executions; what a subflow did is in no drawing of its parent. Undefined where this is no play. */
export function drawnRun(report: unknown): DrawnRun | undefined {
  const { data } = run.safeParse(report);
  return data && { steps: data.executions.flatMap(({ steps }) => steps).filter(({ within }) => within === null) };
}
