import { accountLiteral, unknownToken } from "./account-literals";
import { customChannelWidget, templateChannel } from "./channel-rules";
import { caseDependent, numericComparison } from "./comparisons";
import { uncountedCycle } from "./cycles";
import { definitionRules } from "./definition-rules";
import { bareObject, liquidSyntax, pacificDate, wholeDivision } from "./liquid-rules";
import { noMessageStart, notSimulated } from "./play-rules";
import { nestedSubflow, unreachable } from "./reach-rules";
import { neverRun, wrongOutput } from "./references";
import type { Rule } from "./rule";
import { hostileAttributes, taskAttributes } from "./task-attributes";
import { afterTask, deadFailure, longWait, methodParameter, retiredWidget, severalConditions } from "./widget-rules";

/** All that `flows lint` looks for; docs/flows.md has the same list. */
export const rules: readonly Rule[] = [
  ...definitionRules,
  nestedSubflow,
  liquidSyntax,
  taskAttributes,
  hostileAttributes,
  customChannelWidget,
  accountLiteral,
  unknownToken,
  deadFailure,
  unreachable,
  uncountedCycle,
  neverRun,
  wrongOutput,
  bareObject,
  numericComparison,
  caseDependent,
  severalConditions,
  pacificDate,
  wholeDivision,
  longWait,
  afterTask,
  methodParameter,
  retiredWidget,
  templateChannel,
  noMessageStart,
  notSimulated,
];

/** Those whose findings keep a Flow from being played at all. */
export const unplayable: ReadonlySet<string> = new Set(
  [...definitionRules, unknownToken, noMessageStart].map(({ id }) => id),
);
