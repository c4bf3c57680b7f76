import type { Twilio } from "twilio";
import { resolve, type Schema } from "../../../src/simulator/contract/documents";
import type { Simulator } from "../../../src/simulator/simulator";
import { alwaysEmpty, bodies, identifiedBy, sends, sentAnyway, values } from "./facts";
import { type Making, objects } from "./objects";
import type { ServedOperation } from "./served-operations";

export interface Request {
  /** What the path holds, in its order. */
  path: string[];
  /** Query or form, by Twilio's names. */
  form: Record<string, string | readonly string[]>;
  /** Instead of a form. */
  json?: object;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Makes requests that should succeed, and the objects they speak of: each by the operation that creates its kind. */
export function createMaker(client: Twilio, simulator: Simulator, served: readonly ServedOperation[]) {
  let unique = 0;
  const sharedObjects = new Map<string, Promise<string>>();

  /** `own`: what the path leads to belongs to this request alone. */
  async function request(operation: ServedOperation, { own }: { own: boolean }): Promise<Request> {
    const path = await pathOf(operation, own);
    return { path, ...(await contentOf(operation, path)) };
  }

  async function pathOf(operation: ServedOperation, own: boolean): Promise<string[]> {
    const path: string[] = [];
    const places = placesOf(operation);
    for (const { collection } of places) {
      const isLast = path.length === places.length - 1;
      const kind = own && isLast && objects[nameOf(operation)] ? nameOf(operation) : collection;
      path.push(await (own ? make : shared)(kind, path));
    }
    return path;
  }

  function shared(collection: string, path: readonly string[] = []): Promise<string> {
    const key = [collection, ...path].join(" ");
    const made = sharedObjects.get(key) ?? make(collection, path);
    sharedObjects.set(key, made);
    return made;
  }

  async function make(collection: string, path: readonly string[] = []): Promise<string> {
    const fact = objects[collection];
    if (fact) return fact(making(path));
    if (alwaysEmpty[collection]) return alwaysEmpty[collection] + "e".repeat(32);
    const [creation, listing] = ["POST", "GET"].map((method) =>
      served.find((each) => each.method === method && collectionOf(each) === collection),
    );
    if (!creation) return firstOf(collection, listing, path);
    const { status, body } = await send(creation, { path: [...path], ...(await contentOf(creation, path)) });
    if (status >= 300) throw new Error(`No object of ${collection} could be made: ${JSON.stringify(body)}`);
    return String(body.sid);
  }

  async function firstOf(collection: string, listing: ServedOperation | undefined, path: readonly string[]) {
    await simulator.settled();
    const { body } = listing ? await send(listing, { path: [...path], form: {} }) : { body: {} };
    const [first] = Object.values(body).flatMap((value): unknown[] => (Array.isArray(value) ? value : []));
    const sid: unknown = Reflect.get(Object(first), identifiedBy[collection] ?? "sid");
    if (sid === undefined) throw new Error(`Say in facts.ts (objects) how an object of ${collection} comes about.`);
    return String(sid);
  }

  function making(path: readonly string[]): Making {
    unique += 1;
    return { client, simulator, path, unique, shared, own: make };
  }

  async function contentOf(operation: ServedOperation, path: readonly string[]): Promise<Omit<Request, "path">> {
    const name = nameOf(operation);
    const { parameters, required, isJson } = parametersOf(operation);
    if (isJson) {
      const body = bodies[name];
      if (!body) throw new Error(`Say in facts.ts (bodies) what ${name} takes.`);
      return { form: {}, json: await body(making(path)) };
    }
    const anyway = operation.method === "POST" ? sentAnyway.filter((each) => parameters.has(each)) : [];
    const extra = sends[name] ?? [];
    const left = extra.filter((each) => each.startsWith("-")).map((each) => each.slice(1));
    const sent = new Set([...required, ...anyway, ...extra].filter((each) => !each.startsWith("-")));
    const form: Request["form"] = {};
    for (const parameter of sent) {
      if (!left.includes(parameter)) form[parameter] = await givenTo(name, parameter, parameters.get(parameter), path);
    }
    return { form };
  }

  async function givenTo(operation: string, parameter: string, schema: Schema | undefined, path: readonly string[]) {
    const value = values[`${operation}.${parameter}`] ?? values[parameter] ?? (schema && exampleOf(schema));
    if (value === undefined) throw new Error(`Say in facts.ts (values) what ${parameter} of ${operation} may be.`);
    return typeof value === "function" ? value(making(path)) : value;
  }

  async function send(operation: ServedOperation, { path, form, json }: Request): Promise<Answer> {
    const { sid, authToken } = simulator.account;
    const pairs = Object.entries(form).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, String(one)]),
    );
    const content = json ? JSON.stringify(json) : new URLSearchParams(pairs).toString();
    const inQuery = operation.method === "GET" && content;
    const response = await fetch(
      `https://${operation.host}${addressOf(operation, path)}${inQuery ? `?${content}` : ""}`,
      {
        method: operation.method,
        headers: {
          authorization: `Basic ${Buffer.from(`${sid}:${authToken}`).toString("base64")}`,
          "content-type": json ? "application/json" : "application/x-www-form-urlencoded",
        },
        ...(operation.method === "POST" ? { body: content } : {}),
      },
    );
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {} };
  }

  return { request, send, make, shared };
}

/** `conversations.CreateConversation`. */
export const nameOf = ({ host, id }: ServedOperation) => `${productOf(host)}.${id}`;

export const productOf = (host: string) => host.replace(/\..*/, "");

/** `conversations/v1/Conversations/{}/Messages` for a list, or for what creates its rows. */
export const collectionOf = ({ host, path }: ServedOperation) =>
  productOf(host) + anonymous(path.replace(/\.json$/, ""));

const anonymous = (path: string) => path.replace(/\{\w+\}/g, "{}");

/** Each parameter of the path, and the collection it is looked up in. */
export function placesOf({ host, path }: ServedOperation): { name: string; collection: string }[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(({ 1: name = "", index }) => ({
    name,
    collection: productOf(host) + anonymous(path.slice(0, index - 1)),
  }));
}

export function addressOf({ path }: ServedOperation, values: readonly string[]): string {
  let index = -1;
  return path.replace(/\{\w+\}/g, () => {
    index += 1;
    return encodeURIComponent(values[index] ?? "");
  });
}

/** What a request may carry besides its path, and what it must. */
export function parametersOf({ documentation }: ServedOperation) {
  if (!documentation) throw new Error("Only what is documented can be generated.");
  const { definition, document } = documentation;
  const [type = "", content] = Object.entries(definition.requestBody?.content ?? {})[0] ?? [];
  const body = content ? resolve(content.schema, document) : {};
  const query = (definition.parameters ?? []).filter(({ in: place }) => place === "query");
  const schemas = [
    ...Object.entries(body.properties ?? {}),
    ...query.map(({ name, schema }) => [name, schema] as const),
  ];
  return {
    isJson: type.includes("json"),
    parameters: new Map(schemas.map(([name, schema]) => [name, resolve(schema, document)])),
    required: [...(body.required ?? []), ...query.filter(({ required }) => required).map(({ name }) => name)],
  };
}

function exampleOf({ enum: allowed, type, format }: Schema): string | undefined {
  if (allowed) return String(allowed[0]);
  if (type === "boolean") return "true";
  if (type === "integer") return "1";
  if (format === "uri") return "https://example.test/hook";
  return undefined;
}
