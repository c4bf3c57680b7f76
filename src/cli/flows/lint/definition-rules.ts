import type { DefinitionError } from "../../../simulator/studio/validation/schema-errors";
import type { LintedFlow } from "./linted-flow";
import type { Rule } from "./rule";

/** How states of exports from before version 2 of the API are called now. */
const RENAMED =
  "MessagePrompt is send-and-wait-for-reply now, Message send-message, Branch split-based-on, Function run-function, " +
  "SetVariables set-variables, InitialState trigger";

interface Kind extends Omit<Rule, "check" | "severity"> {
  says(fault: DefinitionError): boolean;
  /** Where the validation's own words are not the best. */
  inWords?(fault: DefinitionError, flow: LintedFlow): string;
}

/** What Studio's validation says, by kind; the first that fits has it: https://www.twilio.com/docs/api/errors/81022 */
const kinds: Kind[] = [
  {
    id: "legacy-export",
    about: "an export from before version 2 of Studio's API",
    remedy: `Open the Flow in the console, publish it and export it again. ${RENAMED}.`,
    says: ({ message }) => message.includes("before version 2"),
  },
  {
    id: "wrapped-flow",
    about: "a Flow inside of something else, such as an answer of Studio's REST API",
    remedy: "Keep what stands under `definition`: `jq .definition answer.json > flow.json`.",
    says: ({ message }) => message.startsWith("holds a Flow under"),
  },
  {
    id: "unknown-key",
    about: "a key that Flows, states, transitions or conditions do not have",
    remedy: "Remove the key, or spell it as Studio does: a transition has `event`, `next` and `conditions`.",
    says: ({ message }) => message.startsWith("is not defined in the schema"),
  },
  {
    id: "missing-key",
    about: "a key that must be there",
    remedy: "Add it.",
    says: ({ message }) => message.startsWith("is missing"),
  },
  {
    id: "unknown-widget",
    about: "a widget type that Studio does not have",
    remedy: `Use one of these types. ${RENAMED}. To set a Conversation's attributes, run a Function.`,
    says: ({ path, message }) => /^#\/states\/\d+\/type$/.test(path) && message.startsWith("does not have a value"),
    inWords: ({ path, message }, { states }) =>
      `${states.find((state) => path === `${state.path}/type`)?.type} ${message.replace("does not have a value in the enumeration", "is none of")}`,
  },
  {
    id: "unknown-event",
    about: "a transition on an event that the widget does not have",
    remedy: "Use an event of this widget; Run Function says `fail` where the others say `failed`.",
    says: ({ path, message }) => path.endsWith("/event") && !message.startsWith("is not unique"),
  },
  {
    id: "repeated-event",
    about: "two transitions on one event, other than `match`",
    remedy: "Keep one of the two.",
    says: ({ path, message }) => path.endsWith("/event") && message.startsWith("is not unique"),
  },
  {
    id: "repeated-name",
    about: "two states of one name",
    remedy: "Rename one, and what refers to it.",
    says: ({ message }) => message.startsWith("is not unique"),
  },
  {
    id: "missing-target",
    about: "`next` or `initial_state` names a state that is not there",
    remedy: "Name a state of this Flow; leave `next` out where the Flow ends.",
    says: ({ message }) => message.startsWith("names a widget that does not exist"),
  },
  {
    id: "misplaced-conditions",
    about: "conditions on another event than `match`",
    remedy: "Put conditions on `match` transitions of split-based-on.",
    says: ({ message }) => message.startsWith("is not allowed for the event"),
  },
  {
    id: "subflow-sid",
    about: "a subflow named by Liquid or by no SID",
    remedy: "Write the Flow's SID (FW…), or ${flow:name} in a source; choose among subflows by a split.",
    says: ({ message }) => message.includes("non-liquid flow sid"),
  },
  {
    id: "rest-only-widget",
    about: "a widget for REST triggers behind another trigger",
    remedy: "Reach it from the trigger's incomingRequest only: the others have a Conversation already.",
    says: ({ message }) => message.includes("triggered by the REST API"),
  },
  {
    id: "wrong-type",
    about: "a value of another JSON type than Studio takes",
    remedy:
      'Write it in that type: a Flow is an object, `timeout` and `priority` of message widgets strings, such as "900".',
    says: ({ message }) => / found, .* expected$/.test(message),
  },
  {
    id: "wrong-value",
    about: "a value that Studio does not take there",
    remedy: "Write what it asks for.",
    says: () => true,
  },
];

export const definitionRules: readonly Rule[] = kinds.map(({ says, inWords, ...rule }) => ({
  ...rule,
  severity: "error",
  check: (flow) =>
    flow.faults
      .filter((fault) => kinds.find((one) => one.says(fault))?.id === rule.id)
      .map((fault) => ({ path: fault.path, message: inWords?.(fault, flow) ?? fault.message })),
}));
