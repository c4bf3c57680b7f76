import twilio, { type Twilio } from "twilio";
import { redirectTwilioHosts } from "../../../src/simulator/redirect/redirect-twilio";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator";
import { alwaysEmpty, brokenInSdk, identifiedBy, notFoundCodes, toldOtherwise } from "./facts";
import {
  type Answer,
  collectionOf,
  createMaker,
  nameOf,
  parametersOf,
  placesOf,
  productOf,
  type Request,
} from "./maker";
import { keyOf, type SdkCall, sdkCalls } from "./sdk-calls";
import { type ServedOperation, servedOperations } from "./served-operations";
import { unreachable } from "./unreachable";

const served = servedOperations();
const calls = sdkCalls();
const reachable = served.flatMap((operation) => {
  const call = calls.get(keyOf(operation));
  return call ? [{ operation, call, name: `${nameOf(operation)} (${call.words})` }] : [];
});

let simulator: Simulator;
let client: Twilio;
let undo: () => void;
let maker: ReturnType<typeof createMaker>;

beforeAll(async () => {
  simulator = await startSimulator({ switches: { rateLimits: false } });
  undo = redirectTwilioHosts(simulator.port);
  client = twilio(simulator.account.sid, simulator.account.authToken);
  maker = createMaker(client, simulator, served);
  // Ada takes whatever comes.
  const { workers } = simulator.world().taskrouter;
  for (const { capacity } of workers.values()) for (const channel of Object.keys(capacity)) capacity[channel] = 10_000;
  simulator.agent("grace").setActivity("Offline");
});

afterAll(async () => {
  undo();
  await simulator.stop();
});

afterEach(async () => {
  await simulator.settled();
  const failures = simulator.log.entries.filter(({ name }) => name.startsWith("the simulator failed"));
  expect([...simulator.violations(), ...failures].map(({ name }) => name)).toEqual([]);
});

const products = reachable.map(({ operation }) => productOf(operation.host));
const counts = [...new Set(products)].map((product) => [products.filter((one) => one === product).length, product]);

it.each(counts)("tests %i operations of %s", (count) => expect(count).toBeGreaterThan(0));

it("reaches every product that Functions and Flex call", () => {
  expect([...new Set(products)].sort()).toEqual([
    "api",
    "content",
    "conversations",
    "flex-api",
    "messaging",
    "serverless",
    "studio",
    "sync",
    "taskrouter",
  ]);
});

it("knows of each served operation how the SDK asks for it, or why it cannot", () => {
  const left = served.map(keyOf).filter((key) => !calls.has(key));
  expect(left.sort()).toEqual(Object.keys(unreachable).sort());
});

describe("serves", () => {
  it.each(reachable)("$name", async ({ operation, call }) => {
    if (call.method === "list") return lists(operation, call);
    const request = await maker.request(operation, { own: call.method !== "fetch" });
    if (placesOf(operation).some(({ collection }) => alwaysEmpty[collection])) {
      return expect(ask(call, request)).rejects.toMatchObject({ status: 404 });
    }
    const answer = await ask(call, request);
    if (call.method === "remove") {
      expect(answer).toBe(true);
      const gone = await fetchedAgain(collectionOf(operation), request.path);
      return expect(gone?.status ?? 404).toBe(404);
    }
    const told = sent(operation, answer, request);
    expect(shown(answer, told)).toMatchObject(told);
    if (call.method !== "fetch") await isStored(operation, request, answer, told);
  });
});

async function lists(operation: ServedOperation, call: SdkCall): Promise<void> {
  const request = await maker.request(operation, { own: true });
  const collection = collectionOf(operation);
  if (alwaysEmpty[collection]) return expect(await ask(call, request)).toEqual([]);
  const made = [await maker.make(collection, request.path), await maker.make(collection, request.path)];
  const broken = brokenInSdk[nameOf(operation)];
  if (broken) return expect(ask(call, request)).rejects.toThrow(broken);
  const all = rows(await ask(call, request), operation);
  expect(all).toEqual(expect.arrayContaining(made));
  const halves = { ...request, form: { ...request.form, PageSize: String(Math.ceil(all.length / 2)) } };
  expect(rows(await ask(call, halves), operation)).toEqual(all);
}

function rows(list: unknown, operation: ServedOperation): string[] {
  const key = identifiedBy[collectionOf(operation)] ?? "sid";
  return Array.isArray(list) ? list.map((row) => String(Reflect.get(row, key))) : [];
}

describe("refuses what lacks a required parameter:", () => {
  const cases = reachable.flatMap(({ operation, name }) =>
    parametersOf(operation).required.map((parameter) => ({ operation, parameter, name: `${parameter} of ${name}` })),
  );
  it.each(cases)("$name", async ({ operation, parameter }) => {
    const { path, form, json } = await maker.request(operation, { own: false });
    const without = <T extends object>(given: T) =>
      Object.fromEntries(Object.entries(given).filter(([name]) => name !== parameter));
    const lacking = { path, form: without(form), ...(json ? { json: without(json) } : {}) };
    const answer = await maker.send(operation, lacking);
    expect(simulator.violations().map(({ name }) => name)).toEqual([expect.stringContaining(parameter)]);
    simulator.log.clear();
    expect(answer).toEqual(refusal(400, expect.any(Number)));
    expect(answer.body.message).toContain(parameter);
  });
});

describe("does not find", () => {
  const cases = reachable.flatMap(({ operation, call, name }) =>
    placesOf(operation).map((place, index) => ({ operation, call, index, ...place, name: `${place.name} of ${name}` })),
  );
  it.each(cases)("an unknown $name", async ({ operation, index, collection }) => {
    const request = await maker.request(operation, { own: false });
    request.path[index] = unknown(request.path[index]);
    const answer = await maker.send(operation, request);
    expect(answer).toEqual(refusal(404, notFoundCodes[collection] ?? 20404));
  });
});

/** Another of its kind. */
const unknown = (value = "") => (/^[A-Z]{2}[0-9a-f]{32}$/.test(value) ? value.slice(0, 2) + "f".repeat(32) : "unknown");

const refusal = (status: number, code: unknown): unknown => ({
  status,
  body: expect.objectContaining({
    status,
    code,
    message: expect.stringMatching(/\S/),
    more_info: expect.stringMatching(/^https:\/\/www\.twilio\.com\/docs\/(api\/)?errors\/\d+$/),
  }),
});

async function ask({ at, method, names }: SdkCall, { path, form, json }: Request): Promise<unknown> {
  const parameters = Object.entries(form).map(([wire, value]) => {
    const name = names.get(wire);
    if (!name) throw new Error(`The SDK does not send ${wire} here.`);
    return [name, value] as const;
  });
  const converted =
    method === "list"
      ? parameters.map(([name, value]) => [name, name === "pageSize" ? Number(value) : value])
      : parameters;
  const given = json ? [json] : parameters.length > 0 ? [Object.fromEntries(converted)] : [];
  const target = at(client, path);
  return Reflect.apply(Reflect.get(target, method), target, given);
}

/** What the SDK says of each thing that was sent. */
function shown(answer: unknown, told: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(told).map((name) => [name, read(Reflect.get(Object(answer), name))]));
}

/** What was sent and stands on the answer by its own name. */
function sent(operation: ServedOperation, answer: unknown, { path, form }: Request): Record<string, unknown> {
  const names = Object.entries(form).filter(
    ([name]) => camel(name) in Object(answer) && !toldOtherwise.includes(`${nameOf(operation)}.${name}`),
  );
  const parameters = names.map(([name, value]) => [camel(name), read(value)]);
  const sid = Reflect.get(Object(answer), "sid");
  const last = path.at(-1) ?? "";
  const isAbout = typeof sid === "string" && sid.slice(0, 2) === last.slice(0, 2);
  return { ...Object.fromEntries(parameters), ...(isAbout ? { sid: last } : {}) };
}

/** Texts that hold JSON, and what they were read into, alike. */
function read(value: unknown): unknown {
  if (typeof value !== "string") return JSON.parse(JSON.stringify(value ?? null));
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** Whoever fetches the object then is told the same. */
async function isStored(operation: ServedOperation, { path }: Request, answer: unknown, told: object): Promise<void> {
  const sid = Reflect.get(Object(answer), "sid");
  const isNew = typeof sid === "string" && !path.includes(sid);
  const collection = collectionOf(operation);
  const stored = await fetchedAgain(isNew ? `${collection}/{}` : collection, isNew ? [...path, sid] : path);
  if (!stored) return;
  expect(stored.status).toBe(200);
  for (const [name, value] of Object.entries(told)) {
    const wire = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    expect({ name, value: read(stored.body[wire]) }).toMatchObject({ name, value });
  }
}

async function fetchedAgain(address: string, path: readonly string[]): Promise<Answer | undefined> {
  const fetching = served.find((each) => each.method === "GET" && collectionOf(each) === address);
  return fetching && maker.send(fetching, { path: [...path], form: {} });
}
