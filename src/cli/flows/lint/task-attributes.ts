import type { ExecutionContext } from "../../../simulator/studio/context";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../../../simulator/studio/json";
import { createLiquid, variablesIn } from "../../../simulator/studio/liquid";
import type { LintedFlow } from "./linted-flow";
import { textOf } from "./read-states";
import type { Rule } from "./rule";

/** https://www.twilio.com/docs/studio/widget-library/send-flex */
const LONGEST = 1024;

export const taskAttributes: Rule = {
  id: "task-attributes",
  severity: "error",
  about: "attributes of Send to Flex that are no JSON object of at most 1,024 characters (81015)",
  remedy: 'Write an object such as { "team": {{flow.variables.team | to_json}} }.',
  check: (flow) =>
    attributesOf(flow).flatMap(({ path, template }) =>
      harmless(template) === undefined ? [{ path, message: "are no JSON object, whatever the values are" }] : [],
    ),
};

/** What a customer might type, or be called. */
const HOSTILE = `"O'Neill" \\ {{x}}\n\t</b> 🦊 ${"long ".repeat(60)}`.slice(0, 300);

export const hostileAttributes: Rule = {
  id: "hostile-attributes",
  severity: "error",
  about: "attributes that a customer's words can break (81015): an error in our own sources, a warning elsewhere",
  remedy: "Put every value in by `to_json`, without quotes around it, and keep the long ones out.",
  check: (flow) =>
    attributesOf(flow).flatMap(({ path, template }) => {
      const plain = harmless(template);
      if (plain === undefined) return [];
      return namesIn(template).flatMap((name) => {
        const reason = breaks(template, plain, name);
        const severity = flow.ours ? {} : { severity: "warning" as const };
        return reason ? [{ path, message: `${reason} when ${name} is long or holds quotes`, ...severity }] : [];
      });
    }),
};

function attributesOf({ states }: LintedFlow): { path: string; template: string }[] {
  return states
    .filter(({ type, properties }) => type === "send-to-flex" && textOf(properties.attributes).trim() !== "")
    .map(({ path, properties }) => ({
      path: `${path}/properties/attributes`,
      template: textOf(properties.attributes),
    }));
}

/** A value under which all is well: text in quotes, a number without, a whole object as text, or one for `to_json`. */
function harmless(template: string): Json | undefined {
  const all = (value: Json) => Object.fromEntries(namesIn(template).map((name) => [name, value]));
  return ["1", "x", "{}", "[]", {}].find((value) => fault(template, all(value)) === undefined);
}

/** Why it breaks when one value is a customer's; where only JSON fits, only what customers write is tried. */
function breaks(template: string, plain: Json, name: string): string | undefined {
  const others = Object.fromEntries(namesIn(template).map((one) => [one, plain]));
  const takesText = fault(template, { ...others, [name]: "x" }) === undefined;
  if (!takesText && !/^trigger\.|\.inbound\.|^contact\./.test(name)) return undefined;
  return fault(template, { ...others, [name]: HOSTILE });
}

const render = createLiquid({ clock: { now: () => new Date(0) } });

function fault(template: string, values: Record<string, Json>): string | undefined {
  const rendered = render(template, contextWith(values));
  if ("failure" in rendered) return rendered.failure;
  if (!isJsonObject(parseJson(rendered.text))) return "are no JSON object";
  return rendered.text.length > LONGEST ? `have ${rendered.text.length} characters` : undefined;
}

const namesIn = (template: string) => [...new Set(variablesIn(template).map((path) => path.join(".")))];

/** What Liquid sees when these paths have these values. */
function contextWith(values: Record<string, Json>): ExecutionContext {
  const root: JsonObject = {};
  const longestFirst = Object.entries(values).sort(([a], [b]) => b.length - a.length);
  for (const [name, value] of longestFirst) put(root, name.split("."), value);
  const nothing = { channel: { address: "" }, sid: "", flow_sid: "", data: {}, variables: {} };
  return { trigger: {}, flow: nothing, contact: nothing, widgets: {}, ...root };
}

function put(object: JsonObject, [key = "", ...rest]: string[], value: Json): void {
  if (rest.length === 0) object[key] ??= value;
  else {
    const inner = object[key];
    const deeper = isJsonObject(inner) ? inner : {};
    object[key] = deeper;
    put(deeper, rest, value);
  }
}
