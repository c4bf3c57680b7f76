import * as z from "zod/mini";
import { MOST_WIDGETS } from "../limits";
import { revisionNamed } from "../revisions";
import { widgetsWithSubflows } from "../subflow-size";
import { typedValue } from "./typed-value";
import { defineWidget, type Finished, type WidgetRun, widgetProperties } from "./widget";

const isFlowSid = (text: string) => /^FW[0-9a-fA-F]{32}$/.test(text);

const properties = widgetProperties({
  flow_sid: z.string().check(z.refine(isFlowSid, "must be a valid, non-liquid flow sid")),
  flow_revision: z.string(),
  parameters: z.optional(z.array(z.object({ key: z.string(), value: z.string(), type: z.optional(z.string()) }))),
});

/** https://www.twilio.com/docs/studio/widget-library/run-subflow */
export const runSubflow = defineWidget({
  type: "run-subflow",
  events: ["completed", "failed"],
  properties,
  enter(run, { flow_sid: flowSid, flow_revision, parameters = [] }) {
    const { flows } = run.world.studio;
    const flow = flows.get(flowSid);
    if (!flow) return failed(run, 81024, `subflow ${flowSid} does not exist`);
    if (run.execution.subflow) return failed(run, 81024, "a subflow runs no other");
    const revision = revisionNamed(flow, run.render(flow_revision).trim());
    if (!revision) return failed(run, 81021, `subflow ${flowSid} has no revision ${flow_revision}`);
    if (widgetsWithSubflows(flows, run.definition) > MOST_WIDGETS) {
      return failed(run, 81026, `the Flow and its subflows have more than ${MOST_WIDGETS} widgets`);
    }
    return {
      subflow: { flowSid, revision: revision.revision },
      parameters: Object.fromEntries(parameters.map((one) => [one.key, typedValue(run, one)])),
    };
  },
});

/** Unverified: that it goes on by `failed`, which is all the widget has. */
function failed(run: WidgetRun, code: 81021 | 81024 | 81026, message: string): Finished {
  run.warn(code, message);
  return { event: "failed" };
}
