import type { IncomingMessage } from "node:http";
import { validateRequest, validateRequestWithBody } from "twilio/lib/webhooks/webhooks";
import type { FunctionCall } from "./call-worker";
import { Refusal } from "./refusal";
import type { Resource } from "./resources";

export type Form = Record<string, string | string[]>;

export interface AdmittedCall extends FunctionCall {
  resource: Resource;
  /** The fields of a form post; empty for any other body. */
  form: Form;
}

interface Rules {
  /** What callers sign for: the deployment's domain, with the account's token. */
  domain: string;
  authToken: string;
  bodyBytes: number;
}

/** Checks what Twilio checks before it starts a Function, in this order. Throws Refusal. */
export async function admit(
  request: IncomingMessage,
  resource: Resource | undefined,
  rules: Rules,
): Promise<AdmittedCall> {
  const method = request.method ?? "GET";
  const url = request.url ?? "/";
  if (!resource || resource.access === "private") throw new Refusal(404, "Resource not found");
  if (!["GET", "POST", "OPTIONS"].includes(method)) {
    throw new Refusal(405, "Only GET, POST and OPTIONS are supported", { allow: "GET, POST, OPTIONS" });
  }
  const body = await readBody(request, rules.bodyBytes);
  // https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow
  if (method === "GET" && body.length > 0) throw new Refusal(403, "A GET request must not have a body");
  const form = isOfType(request, "application/x-www-form-urlencoded") ? readForm(body) : {};
  const call = { resource, method, url, headers: request.rawHeaders, body, form };
  // Browsers send OPTIONS without a signature; the gateway answers it itself, so nothing is given away.
  if (resource.access === "protected" && method !== "OPTIONS" && !isSigned(request, call, rules)) {
    // The page above says 400, users report 401 and 403: unverified.
    throw new Refusal(403, "The X-Twilio-Signature is missing or does not match");
  }
  return call;
}

/** https://www.twilio.com/docs/usage/webhooks/webhooks-security */
function isSigned(request: IncomingMessage, call: Omit<AdmittedCall, "resource">, rules: Rules): boolean {
  const signature = request.headers["x-twilio-signature"];
  if (typeof signature !== "string") return false;
  const url = `https://${rules.domain}${call.url}`;
  return isOfType(request, "application/json")
    ? validateRequestWithBody(rules.authToken, signature, url, call.body.toString())
    : validateRequest(rules.authToken, signature, url, call.form);
}

function isOfType(request: IncomingMessage, type: string): boolean {
  return request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() === type;
}

function readForm(body: Buffer): Form {
  const fields = new URLSearchParams(body.toString());
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
}

async function readBody(request: IncomingMessage, largest: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Left open at the limit, so that the caller can still be answered.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > largest) break;
      chunks.push(chunk);
    }
  } catch {
    throw new Refusal(400, "The caller went away before it had sent its body");
  }
  if (size <= largest) return Buffer.concat(chunks);
  request.resume();
  throw new Refusal(413, `The body is larger than ${largest} bytes`, { connection: "close" });
}
