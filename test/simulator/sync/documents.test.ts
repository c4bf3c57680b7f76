import { createClock } from "../../../src/simulator/clock";
import { account } from "../../../src/simulator/seeds";
import { sidGenerator } from "../../../src/simulator/sids";
import { createAlarms } from "../../../src/simulator/snapshot/alarms";
import { createMemory } from "../../../src/simulator/snapshot/memory";
import { createSync, type Sync } from "../../../src/simulator/sync/documents";
import { syncRoutes } from "../../../src/simulator/sync/routes";
import { type Call, callerOf } from "../contract/call-routes";

const DOCUMENTS = "/v1/Services/default/Documents";
const DAY = 24 * 60 * 60;

const clock = createClock(async () => undefined);
let sync: Sync;
let call: Call;

beforeEach(() => {
  const memory = createMemory();
  const alarms = createAlarms({ clock, memory });
  sync = createSync({ account, clock, newSid: sidGenerator("sync test"), memory, alarms });
  call = callerOf("sync.twilio.com", syncRoutes({ account, sync }));
});

it("keeps what a Document is created with", async () => {
  const created = await create({ UniqueName: "contact.telegram_42", Data: '{"conversation":"CH1"}' });
  expect(created).toMatchObject({
    status: 201,
    body: { unique_name: "contact.telegram_42", data: { conversation: "CH1" }, revision: "0", date_expires: null },
  });
});

it("finds a Document by SID and by unique name", async () => {
  await create({ UniqueName: "state" });
  const byName = await call(`GET ${DOCUMENTS}/state`);
  const bySid = await call(`GET ${DOCUMENTS}/${[...sync.documents.keys()][0]}`);
  expect(byName.status).toBe(200);
  expect(bySid.body).toEqual(byName.body);
});

it("serves the default service under its SID and as default", async () => {
  const byAlias = await call("GET /v1/Services/default");
  const bySid = await call(`GET /v1/Services/${account.syncServiceSid}`);
  expect(bySid.body).toEqual(byAlias.body);
  expect((await call("GET /v1/Services")).body).toMatchObject({ services: [byAlias.body] });
});

it("has no other service", async () => {
  expect(await call("GET /v1/Services/other/Documents")).toMatchObject({ status: 404, body: { code: 20404 } });
});

it("lists Documents in pages", async () => {
  for (const UniqueName of ["a", "b", "c"]) await create({ UniqueName });
  const first = await call(`GET ${DOCUMENTS}`, { query: { PageSize: "2" } });
  expect(first.body).toMatchObject({ documents: [{ unique_name: "a" }, { unique_name: "b" }] });
  const second = await call(`GET ${DOCUMENTS}`, { query: { PageSize: "2", Page: "1", PageToken: "PA1" } });
  expect(second.body).toMatchObject({ documents: [{ unique_name: "c" }], meta: { next_page_url: null } });
});

it("lets one of two creators of a unique name win", async () => {
  await create({ UniqueName: "claim" });
  expect(await create({ UniqueName: "claim" })).toMatchObject({ status: 409, body: { code: 54301 } });
  expect(sync.documents.size).toBe(1);
});

it("gives a unique name free when its Document is deleted", async () => {
  await create({ UniqueName: "claim" });
  expect(await call(`DELETE ${DOCUMENTS}/claim`)).toEqual({ status: 204 });
  expect(await call(`GET ${DOCUMENTS}/claim`)).toMatchObject({ status: 404, body: { code: 20404 } });
  expect(await create({ UniqueName: "claim" })).toMatchObject({ status: 201 });
});

it("changes the revision and the ETag with each write", async () => {
  const created = await create({ UniqueName: "state" });
  const updated = await update("state", { Data: '{"n":1}' });
  const again = await update("state", { Ttl: "60" });
  expect([created, updated, again].map(({ body }) => (body as { revision: string }).revision)).toEqual(["0", "1", "2"]);
  expect([created, updated, again].map(({ headers }) => headers?.ETag)).toEqual(['"0"', '"1"', '"2"']);
});

it("takes an update whose If-Match names the revision, plain or as the ETag has it", async () => {
  await create({ UniqueName: "state" });
  expect(await update("state", { Data: '{"n":1}' }, "0")).toMatchObject({ status: 200 });
  expect(await update("state", { Data: '{"n":2}' }, '"1"')).toMatchObject({ status: 200, body: { data: { n: 2 } } });
});

it("refuses an update that another has overtaken", async () => {
  await create({ UniqueName: "state" });
  await update("state", { Data: '{"by":"one"}' }, "0");
  expect(await update("state", { Data: '{"by":"two"}' }, "0")).toMatchObject({ status: 412, body: { code: 54103 } });
  expect(sync.document("state").data).toEqual({ by: "one" });
});

it("refuses an update of nothing", async () => {
  await create({ UniqueName: "state" });
  expect(await update("state", {})).toMatchObject({ status: 400, body: { code: 54010 } });
});

it("stores 16 KiB and not a byte more", async () => {
  expect(await create({ Data: dataOf(16 * 1024) })).toMatchObject({ status: 201 });
  expect(await create({ Data: dataOf(16 * 1024 + 1) })).toMatchObject({ status: 413, body: { code: 54006 } });
});

it("counts the bytes of characters, not the characters", async () => {
  expect(await create({ Data: JSON.stringify({ text: "é".repeat(10_000) }) })).toMatchObject({ status: 413 });
});

it("stores objects alone", async () => {
  expect(await create({ Data: "[1]" })).toMatchObject({ status: 400, body: { code: 20001 } });
});

it.each(["", "ET00000000000000000000000000000000", "x".repeat(257)])(
  "refuses the unique name %p",
  async (UniqueName) => {
    expect(await create({ UniqueName })).toMatchObject({ status: 400, body: { code: 54302 } });
  },
);

describe("expiry", () => {
  it("removes a Document when its time is over, and not before", async () => {
    await create({ UniqueName: "state", Ttl: String(DAY) });
    await clock.advance((DAY - 60) * 1000);
    expect(sync.documents.size).toBe(1);
    await clock.advance(61 * 1000);
    expect(sync.documents.size).toBe(0);
  });

  it("is not put off by an update without Ttl", async () => {
    await create({ UniqueName: "state", Ttl: String(DAY) });
    await clock.advance((DAY - 60) * 1000);
    await update("state", { Data: "{}" });
    await clock.advance(61 * 1000);
    expect(sync.documents.size).toBe(0);
  });

  it("is put off by an update with Ttl", async () => {
    await create({ UniqueName: "state", Ttl: String(DAY) });
    await clock.advance((DAY - 60) * 1000);
    await update("state", { Ttl: String(DAY) });
    await clock.advance((DAY - 60) * 1000);
    expect(sync.documents.size).toBe(1);
  });

  it("is called off by a Ttl of 0", async () => {
    await create({ UniqueName: "state", Ttl: "60" });
    expect((await update("state", { Ttl: "0" })).body).toMatchObject({ date_expires: null });
    await clock.advance(61 * 1000);
    expect(sync.documents.size).toBe(1);
  });

  it("of a deleted Document does not reach its successor", async () => {
    await create({ UniqueName: "state", Ttl: "60" });
    await call(`DELETE ${DOCUMENTS}/state`);
    await create({ UniqueName: "state" });
    await clock.advance(61 * 1000);
    expect(sync.document("state").expiresAt).toBeNull();
  });

  it("lies at most a year ahead", async () => {
    expect(await create({ Ttl: String(365 * DAY) })).toMatchObject({ status: 201 });
    expect(await create({ Ttl: String(365 * DAY + 1) })).toMatchObject({ status: 400, body: { code: 54011 } });
    expect(await create({ Ttl: "-1" })).toMatchObject({ status: 400, body: { code: 54011 } });
  });
});

function create(form: Record<string, string>) {
  return call(`POST ${DOCUMENTS}`, { form });
}

function update(document: string, form: Record<string, string>, ifMatch?: string) {
  return call(`POST ${DOCUMENTS}/${document}`, { form, headers: ifMatch === undefined ? {} : { "if-match": ifMatch } });
}

/** Data of exactly so many bytes. */
function dataOf(bytes: number): string {
  return JSON.stringify({ text: "x".repeat(bytes - '{"text":""}'.length) });
}
