import { variablesIn } from "../../../simulator/studio/liquid";
import type { LintedFlow } from "./linted-flow";
import type { LintedState } from "./read-states";
import type { Problem, Rule } from "./rule";

export const neverRun: Rule = {
  id: "never-run",
  severity: "warning",
  about: "Liquid that reads a widget which cannot have run yet",
  remedy: "Name a widget that comes before this one; what is not there renders as nothing.",
  check: (flow) =>
    references(flow).flatMap(({ path, by, widget }) => {
      const known = flow.states.some(({ name }) => name === widget);
      if (!known) return [{ path, message: `there is no widget ${widget}` }];
      if (!flow.reachable.has(by) || (flow.reachable.has(widget) && flow.graph.after(widget).has(by))) return [];
      return [{ path, message: `${widget} cannot have run before ${by}` }];
    }),
};

/** https://www.twilio.com/docs/studio/widget-library; a type that is not here may leave anything. */
const OUTPUTS: Record<string, readonly string[]> = {
  trigger: [],
  "split-based-on": [],
  "send-message": ["outbound"],
  "send-and-wait-for-reply": ["inbound", "outbound"],
  "run-function": ["body", "content_type", "status_code", "parsed", "headers"],
  "make-http-request": ["body", "content_type", "status_code", "parsed"],
  "send-to-flex": ["sid", "channel", "routing", "url", "FlexContextSid", "Age", "Attributes", "TaskSid"],
};
const INBOUND = ["Body", "From", "To", "MessageSid", "NumMedia", "MediaUrl0", "MediaContentType0"];

export const wrongOutput: Rule = {
  id: "wrong-output",
  severity: "warning",
  about: "Liquid that reads what the widget does not leave behind",
  remedy: "Read one of its outputs, in their spelling: inbound.Body of a reply, parsed.key of a Function.",
  check: (flow) =>
    references(flow).flatMap(({ path, widget, output, key }) => {
      const state = flow.states.find(({ name }) => name === widget);
      const outputs = state && outputsOf(state);
      if (!outputs || output === undefined) return [];
      if (!outputs.includes(output)) return [{ path, message: `${widget} has no ${output}: ${inWords(outputs)}` }];
      const meant = INBOUND.find((one) => one !== key && one.toLowerCase() === key?.toLowerCase());
      return output === "inbound" && meant ? [{ path, message: `${widget}.inbound has ${meant}, not ${key}` }] : [];
    }),
};

const inWords = (outputs: readonly string[]) => (outputs.length > 0 ? `it has ${outputs.join(", ")}` : "it has none");

function outputsOf({ type, properties: { variables } }: LintedState): readonly string[] | undefined {
  if (type !== "set-variables") return OUTPUTS[type];
  if (!Array.isArray(variables)) return [];
  return variables.flatMap((one) =>
    typeof one === "object" && !Array.isArray(one) && typeof one?.key === "string" ? [one.key] : [],
  );
}

interface Reference extends Pick<Problem, "path"> {
  /** The state that reads. */
  by: string;
  widget: string;
  output?: string;
  key?: string;
}

/** Every `widgets.NAME.OUTPUT.KEY` there is, once a text. */
function references({ texts }: LintedFlow): Reference[] {
  return texts.flatMap(({ path, state, text }) => {
    const read = variablesIn(text).filter(([root, widget]) => root === "widgets" && widget !== undefined);
    const once = new Map(read.map((segments) => [segments.join("."), segments]));
    return [...once.values()].map(([, widget = "", output, key]) => ({ path, by: state.name, widget, output, key }));
  });
}
