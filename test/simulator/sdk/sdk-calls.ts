import twilio from "twilio";
import { operationIndex } from "../../../src/simulator/contract/operations";

/** How Twilio's SDK is asked for one operation. */
export interface SdkCall {
  /** `conversations.v1.conversations(…).messages.create`, for a reader. */
  readonly words: string;
  /** Walks from a client to the object that has the method; `values` are what the path holds, in its order. */
  at(client: object, values: readonly string[]): object;
  readonly method: string;
  /** The SDK's name of each parameter, by Twilio's. */
  readonly names: ReadonlyMap<string, string>;
}

/** `POST conversations.twilio.com/v1/Conversations`: what tells an operation from all others, in any document. */
export const keyOf = (operation: { method: string; host: string; path: string }) =>
  `${operation.method} ${operation.host}${operation.path}`;

const VERSIONS = [
  ["api", "v2010"],
  ["content", "v1"],
  ["content", "v2"],
  ["conversations", "v1"],
  ["flexApi", "v1"],
  ["flexApi", "v2"],
  ["iam", "v1"],
  ["messaging", "v1"],
  ["serverless", "v1"],
  ["studio", "v1"],
  ["studio", "v2"],
  ["sync", "v1"],
  ["taskrouter", "v1"],
] as const;

/**
 * Every operation the SDK can ask for, found by walking its objects, calling each method with parameters of every name,
 * and reading the request it would send.
 */
export function sdkCalls(): ReadonlyMap<string, SdkCall> {
  const sent: Request[] = [];
  const httpClient = new twilio.RequestClient();
  httpClient.request = (request) => {
    sent.push(request);
    return Promise.reject(new Error("Nothing is sent"));
  };
  const client = twilio(`AC${"0".repeat(32)}`, "token", { httpClient });
  const operations = operationIndex();
  const calls = new Map<string, SdkCall>();

  for (const version of VERSIONS) walk(version.map((name) => ({ name })));

  function walk(steps: readonly Step[]): void {
    const target = follow(client, steps, placeholders(steps));
    for (const [name, kind] of members(target)) {
      if (kind === "method") record(target, steps, name);
      else walk([...steps, { name }]);
    }
    if (typeof target === "function") walk([...steps, { arguments: target.length }]);
  }

  function record(target: object, steps: readonly Step[], method: string): void {
    sent.length = 0;
    ask(target, method);
    const [request] = sent;
    if (!request) return;
    const { host, pathname } = new URL(request.uri);
    const operation = operations.find(host, request.method, pathname);
    if (!operation || calls.has(keyOf(operation))) return;
    const parameters: object = Object.assign({}, request.headers, request.params, request.data);
    // A list asks for its pages.
    const name = method === "page" ? "list" : method;
    calls.set(keyOf(operation), {
      words: `${inWords(steps)}.${name}`,
      at: (root, values) => follow(root, steps, values),
      method: name,
      names: new Map(Object.entries(parameters).flatMap(([wire, name]) => (isText(name) ? [[wire, name]] : []))),
    });
  }

  return calls;
}

type Request = Parameters<InstanceType<typeof twilio.RequestClient>["request"]>[0];

/** A property, or a call with that many values of the path. */
type Step = { name: string } | { arguments: number };

/** What is no operation: helpers of the SDK, and a second form of each method. */
const HELPERS = /^(_|constructor$|get$|getPage$|each$|list$|toJSON$|inspect$|setPromiseCallback$)|WithHttpInfo$/;

function members(target: object): [name: string, kind: "method" | "child"][] {
  const own = Object.entries(Object.getOwnPropertyDescriptors(target));
  const shared = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(target)));
  const inherited = typeof target === "function" ? [] : shared;
  return [...own, ...inherited].flatMap(([name, { get, value }]): [string, "method" | "child"][] => {
    if (HELPERS.test(name) || name === "length" || name === "name" || name === "prototype") return [];
    if (get) return [[name, "child"]];
    return typeof value === "function" ? [[name, "method"]] : [];
  });
}

/** Each parameter's value is its own name, so that the request says how the SDK spells what. */
function ask(target: object, method: string): void {
  const named = new Proxy({}, { get: (_, name) => String(name) });
  try {
    const answer: unknown = Reflect.apply(Reflect.get(target, method), target, [named]);
    if (answer instanceof Promise) answer.catch(() => undefined);
  } catch {
    // What does not take parameters of this kind is no operation.
  }
}

function follow(root: object, steps: readonly Step[], values: readonly string[]): object {
  let left = [...values];
  return steps.reduce((target: object, step) => {
    if ("name" in step) return Reflect.get(target, step.name);
    const [...given] = left.slice(0, step.arguments);
    left = left.slice(step.arguments);
    return Reflect.apply(target as () => object, undefined, given);
  }, root);
}

function placeholders(steps: readonly Step[]): string[] {
  const count = steps.reduce((sum, step) => sum + ("arguments" in step ? step.arguments : 0), 0);
  return Array.from({ length: count }, (_, index) => `P${index}`);
}

function inWords(steps: readonly Step[]): string {
  return steps.reduce((words, step) => ("name" in step ? `${words}.${step.name}` : `${words}(…)`), "").slice(1);
}

const isText = (value: unknown): value is string => typeof value === "string";
