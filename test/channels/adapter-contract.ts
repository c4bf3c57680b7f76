import { inspect } from "node:util";
import fc from "fast-check";
import {
  type ChannelAdapter,
  type ChannelEvent,
  DeliveryError,
  FileError,
  type OutgoingFile,
  type PlatformConnection,
} from "../../src/channels/adapter";
import { customerOf, identityOf } from "../../src/channels/custom-identity";
import { deadlineIn } from "../../src/runtime/deadline";
import type { Variables } from "../../src/runtime/env";
import { AppError, MisconfiguredError } from "../../src/runtime/errors";
import { readRequest } from "../../src/runtime/request";
import { asJson, type EventFixture } from "./event-fixtures";
import { FAILURES, useFailingPlatform } from "./failing-platform";
import { hostileEvents } from "./hostile-events";

/** What a platform sends to an inbound Function. */
export interface PlatformRequest {
  headers: Record<string, string>;
  query?: Record<string, string>;
  /** As it goes over the wire. */
  body: string;
}

export interface AdapterFixtures {
  adapter: ChannelAdapter;
  /** All that the adapter reads. */
  variables: Record<string, string>;
  /** Those without which nobody may pass, and those without which nothing can be sent. */
  needed: { caller: readonly string[]; connection: readonly string[] };
  events: readonly EventFixture[];
  /** Requests of the platform's own, with the fixture's event in them. */
  genuine: Record<string, (raw: string) => PlatformRequest>;
  /** Requests of somebody else. */
  forged: Record<string, (raw: string) => PlatformRequest>;
  /** Whether the platform signs what it sends: then a changed body is refused. */
  signsBodies: boolean;
  /** What finds a file that a user sent. */
  fileReference: string;
  /** Whether that is a link to its bytes, so that whatever comes by it is the file. */
  filesByLink?: boolean;
}

const USER = "8150731904";
const TEXT = "a word that is nobody's business";

/** What every adapter promises to the stories that use it. */
export function adapterContract(name: string, fixtures: AdapterFixtures): void {
  const { adapter, variables, needed, events } = fixtures;
  const call = async (request: PlatformRequest, own: Variables = variables) =>
    adapter.caller({
      request: readRequest({
        request: { headers: lowerCase(request.headers), cookies: {} },
        ...request.query,
        ...bodyFields(request),
      }),
      env: { ACCOUNT_SID: "AC", AUTH_TOKEN: "", DOMAIN_NAME: "example.com", SIGNATURE_CHECK: "function" },
      variables: own,
      path: `/inbound/${name}`,
      twilio: () => {
        throw new Error("a caller is proven without Twilio");
      },
    });
  const statusOf = async (request: PlatformRequest, own?: Variables) =>
    call(request, own).then(
      () => 200,
      (error: unknown) => (error instanceof AppError ? error.status : String(error)),
    );

  describe(`the ${name} adapter, asked who calls`, () => {
    it.each(Object.entries(fixtures.genuine))("lets the platform in with every event: %s", async (_, request) => {
      for (const { raw, tells } of events) {
        expect(asJson(adapter.parse(await call(request(raw))))).toEqual(tells);
      }
    });

    it.each(Object.entries(fixtures.forged))("refuses %s", async (_, request) => {
      for (const { raw } of events) expect([401, 403]).toContain(await statusOf(request(raw)));
    });

    it("refuses whatever is no JSON", async () => {
      const [request] = Object.values(fixtures.genuine);
      const genuine = request?.(events[0]?.raw ?? "{}") ?? { headers: {}, body: "" };
      const types = ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""];
      const statuses = types.map((type) =>
        statusOf({ ...genuine, headers: { ...genuine.headers, "Content-Type": type } }),
      );
      expect(await Promise.all(statuses)).toEqual([415, 415, 415, 415]);
    });

    it(`${fixtures.signsBodies ? "refuses" : "cannot know of"} a body that was changed on its way`, async () => {
      const [request] = Object.values(fixtures.genuine);
      const changed = events.map(({ raw }) => {
        const genuine = request?.(raw) ?? { headers: {}, body: "" };
        return { ...genuine, body: genuine.body.replace(/\}\s*$/, ',"added":true}') };
      });
      const statuses = new Set(await Promise.all(changed.map((request) => statusOf(request))));
      expect([...statuses]).toEqual([fixtures.signsBodies ? 403 : 200]);
    });

    it.each(needed.caller)("lets nobody in while %s is not set", async (variable) => {
      for (const value of [undefined, "", "short"]) {
        for (const request of [...Object.values(fixtures.genuine), ...Object.values(fixtures.forged)]) {
          const own = { ...variables, [variable]: value };
          await expect(call(request(events[0]?.raw ?? "{}"), own)).rejects.toBeInstanceOf(MisconfiguredError);
        }
      }
    });

    it("says nothing of its secrets in a refusal", async () => {
      for (const request of Object.values(fixtures.forged)) {
        const refusal: unknown = await call(request(events[0]?.raw ?? "{}")).catch((error: unknown) => error);
        expectNothingSaid(refusal, Object.values(variables));
      }
    });
  });

  describe(`the ${name} adapter, told of an event`, () => {
    it.each(events.map((fixture) => [fixture.name, fixture] as const))("reads %s", (_, { event, tells }) => {
      const told = adapter.parse(event);
      expect(asJson(told)).toEqual(tells);
      told.forEach(expectSound(adapter));
    });

    it.each([[undefined], [null], [[]], [{}], ["text"], [7], [{ event: "of tomorrow" }], [{ message: 1 }]])(
      "calls %j unsupported",
      (event) => {
        expect(adapter.parse(event).map(({ kind }) => kind)).toEqual(["unsupported"]);
      },
    );

    it("never throws, and tells of nothing that is not sound", () => {
      const check = (event: unknown) => adapter.parse(event).forEach(expectSound(adapter));
      const hostile = hostileEvents(events.map(({ event }) => event));
      fc.assert(fc.property(hostile, check), { seed: 20261122, numRuns: 700 });
    });
  });

  describe(`the ${name} adapter, connected`, () => {
    const platform = useFailingPlatform();
    const connection = (ms: number) => adapter.connect(variables, deadlineIn(ms));

    it.each(needed.connection)("needs %s", (variable) => {
      for (const value of [undefined, "", "no such thing"]) {
        const connect = () => adapter.connect({ ...variables, [variable]: value }, deadlineIn(1000));
        expect(connect).toThrow(MisconfiguredError);
      }
    });

    describe.each(Object.entries(FAILURES))("to a platform that %s", (way, behaviour) => {
      const patience = /never|without an end/.test(way) ? 150 : 3000;
      beforeEach(() => platform.does(behaviour));

      it("fails to send in words for agents, and names neither secret, user nor message", async () => {
        for (const message of [{ text: TEXT }, { text: TEXT, file: someFile }]) {
          const failure = await failureOf((it) => it.send(USER, message), connection(patience));
          expect(failure).toBeInstanceOf(DeliveryError);
          expect(failure).toMatchObject({ words: expect.stringMatching(/^[A-Z].*\.$/) });
          expectNothingSaid(failure, [...Object.values(variables), TEXT, USER]);
        }
      });

      if (fixtures.filesByLink && way.startsWith("answers 200")) return;

      it("fails to open a file, and names no secret", async () => {
        const failure = await failureOf(async (it) => {
          const { content } = await it.openFile({ reference: fixtures.fileReference });
          for await (const _ of content);
        }, connection(patience));
        expect(failure).toBeInstanceOf(FileError);
        expectNothingSaid(failure, Object.values(variables));
      });
    });

    it("sends nothing once its time is up", async () => {
      const failure = await failureOf((it) => it.send(USER, { text: TEXT }), connection(0));
      expect(failure).toMatchObject({ reason: "unavailable" });
    });
  });
}

const someFile: OutgoingFile = {
  filename: "hello.png",
  contentType: "image/png",
  size: 5,
  link: async () => "https://media.example.com/hello.png",
  content: async () => new TextEncoder().encode("hello"),
};

async function failureOf(
  act: (connection: PlatformConnection) => Promise<unknown>,
  connection: PlatformConnection,
): Promise<unknown> {
  return act(connection).then(
    () => "it did not fail",
    (error: unknown) => error,
  );
}

function expectNothingSaid(error: unknown, secrets: readonly string[]): void {
  const said = inspect(error, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null });
  expect(error).toBeInstanceOf(AppError);
  for (const secret of secrets) expect(said).not.toContain(secret);
}

/** What stories may take for granted. */
const expectSound = (adapter: ChannelAdapter) => (event: ChannelEvent) => {
  if (event.kind === "unsupported") {
    expect(event.what).toMatch(/^[a-zA-Z][a-zA-Z_./-]{0,63}$/);
    return;
  }
  const { user } = event;
  const identity = identityOf({ channel: adapter.name, userId: user.id });
  expect(customerOf(identity)).toEqual({ channel: adapter.name, userId: user.id });
  expect(event.at.getTime()).toBeGreaterThan(0);
  if (user.name !== undefined) expect(user.name).toMatch(/^\P{Cc}{1,256}$/u);
  if (user.name !== undefined) expect(user.name.length).toBeLessThanOrEqual(256);
  if (user.language !== undefined) expect(Intl.getCanonicalLocales(user.language)).toEqual([user.language]);
  if ("id" in event) expect(event.id).toMatch(/^[\w-]{1,64}$/);
  if ("text" in event) expect(typeof event.text).toBe("string");
  if (event.kind !== "message") return;
  expect(event.text !== "" || event.file !== undefined).toBe(true);
  if (event.file) expect(event.file.reference).toMatch(/^\S+$/);
  for (const detail of Object.values(event.details ?? {})) expect(["string", "number"]).toContain(typeof detail);
};

const lowerCase = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** As the runtime reads JSON; of another type it makes other fields. */
const bodyFields = ({ body }: PlatformRequest): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;
