import { ApiError, missingParameter } from "../server/api-error";
import type { World } from "../world";
import type { Announce } from "./announce";
import { type Expression, parseExpression, usesNot } from "./parse-expression";
import { ExpressionError } from "./read-tokens";
import type { Router } from "./router";
import type { Tables } from "./tables";

/** What those need who set the workspace up. */
export interface Office {
  world: World;
  tables: Tables;
  announce: Announce;
  router: Router;
}

/** That names must be unique shows in Twilio's Console; the code of the refusal is unverified. */
export function requireUnique(
  rows: ReadonlyMap<string, { sid: string }>,
  name: string | undefined,
  nameOf: (sid: string) => string | undefined,
  except?: string,
): void {
  if (name === "") throw missingParameter("FriendlyName");
  for (const sid of rows.keys()) {
    if (sid !== except && name !== undefined && nameOf(sid) === name) throw refused(`The name "${name}" is taken`);
  }
}

/** That what is in use cannot be deleted is documented here and there; the code and what counts as use are unverified. */
export function refuseInUse(what: string, uses: readonly [isUsed: boolean, how: string][]): void {
  const use = uses.find(([isUsed]) => isUsed);
  if (use) throw refused(`Cannot delete ${what}: ${use[1]}`);
}

export function refused(message: string): ApiError {
  return new ApiError(400, 20001, message);
}

/** An expression from a request; one that cannot be read is refused. */
export function readExpression(world: World, text: string): Expression {
  const expression = parsed(text);
  requireKnownOperators(world, [expression]);
  return expression;
}

export function requireKnownOperators(world: World, expressions: readonly (Expression | null | undefined)[]): void {
  if (expressions.some((one) => one && usesNot(one)) && world.switches.expressionNot === "refused") {
    throw refused("NOT is no operator of expressions but in NOT IN");
  }
}

function parsed(text: string): Expression {
  try {
    return parseExpression(text);
  } catch (failure) {
    if (failure instanceof ExpressionError) throw refused(failure.message);
    throw failure;
  }
}

/** Only what was given. */
export function withoutGaps<Changes extends object>(changes: Changes): Partial<Changes> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Changes>;
}
