import { missingParameter, notFound } from "../server/api-error";
import { ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { renderValidation } from "./wire";

/** iam.twilio.com as npm twilio-flex-token-validator uses it: the one question whether a Flex token is good. */
export function tokenRoutes({ account, tokens }: Pick<World, "account" | "tokens">): Routes {
  return {
    "POST /v1/Accounts/:account/Tokens/validate"({ params, json }) {
      if (params.account !== account.sid) throw notFound(`/Accounts/${params.account}`);
      return ok(renderValidation(tokens.find(readToken(json))));
    },
  };
}

function readToken(json: unknown): string {
  if (typeof json !== "object" || json === null || !("token" in json)) throw missingParameter("token");
  const { token } = json;
  if (typeof token !== "string" || token === "") throw missingParameter("token");
  return token;
}
