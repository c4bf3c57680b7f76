import * as z from "zod/mini";
import type { Authenticate } from "./authenticate";
import { readEnv } from "./env";
import { ForgedRequestError } from "./errors";
import { requireForm } from "./request";
import { isSecret } from "./same-secret";

const SHORTEST = 32;

/**
 * Callers who know a secret of the service's own, in a header or in the form field `secret`. While the variable is not
 * set, or too short to be one, nobody passes. A secret in the URL would stand in logs: a form is asked for.
 */
export function ownSecret(variable: string, header: string): Authenticate<"administrator"> {
  const schema = z.object({ [variable]: z.string().check(z.minLength(SHORTEST)) });
  return ({ request, variables }) => {
    requireForm(request);
    const right = String(readEnv(schema, variables)[variable]);
    const given = request.header(header.toLowerCase()) ?? request.fields.secret;
    if (isSecret(given, right)) return "administrator";
    throw new ForgedRequestError("administrator", `send ${variable} in the header ${header} or the field secret`);
  };
}
