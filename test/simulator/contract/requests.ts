import { type Contract, loadContract, type Operation } from "../../../src/simulator/contract/contract";

export const contract: Contract = loadContract();

type Texts = Record<string, string | string[]>;

export interface Sent {
  query?: Texts;
  form?: Texts;
  json?: unknown;
  headers?: Record<string, string>;
}

/** What is wrong with a request, written as `POST https://flex-api.twilio.com/v1/Interactions`. */
export function requestViolations(request: string, { query, form, json, headers = {} }: Sent): string[] {
  const sent = { query: texts(query), form: form && texts(form), json, headers };
  return contract.checkRequest(operationOf(request), sent);
}

export function responseViolations(request: string, status: number, body: unknown): string[] {
  return contract.checkResponse(operationOf(request), status, body);
}

export function operationOf(request: string): Operation {
  const [method = "", address = ""] = request.split(" ");
  const { host, pathname } = new URL(address);
  const operation = contract.find(host, method, pathname);
  if (!operation) throw new Error(`No operation for ${request}`);
  return operation;
}

export function texts(values: Texts = {}): URLSearchParams {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(pairs);
}

/** A SID of the right form. */
export const sid = (prefix: string): string => prefix + "0".repeat(32);
