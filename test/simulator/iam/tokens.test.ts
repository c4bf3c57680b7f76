import { createClock } from "../../../src/simulator/clock";
import { tokenRoutes } from "../../../src/simulator/iam/routes";
import { createTokens } from "../../../src/simulator/iam/tokens";
import { account } from "../../../src/simulator/seeds";
import { sidGenerator } from "../../../src/simulator/sids";
import { createMemory } from "../../../src/simulator/snapshot/memory";
import { callerOf } from "../contract/call-routes";
import { sid } from "../contract/requests";

const clock = createClock(async () => undefined);
const tokens = createTokens({ clock, newSid: sidGenerator("tokens test"), memory: createMemory() });
const call = callerOf("iam.twilio.com", tokenRoutes({ account, tokens }));
const ada = { identity: "ada", roles: ["agent"], workerSid: sid("WK"), ttlSeconds: 3600 };

it("tells whose a good token is", async () => {
  expect((await validate(tokens.mint(ada))).body).toMatchObject({
    valid: true,
    identity: "ada",
    roles: ["agent"],
    worker_sid: sid("WK"),
  });
});

it("has no worker for somebody who is none", async () => {
  const { workerSid, ...sam } = ada;
  expect((await validate(tokens.mint(sam))).body).toMatchObject({ valid: true, worker_sid: null });
});

it("takes no token it did not mint", async () => {
  expect(await validate("eyJhbGciOiJkaXIifQ..a.b.c")).toMatchObject({
    status: 200,
    body: { valid: false, identity: null },
  });
});

it("takes no token whose time is over", async () => {
  const token = tokens.mint(ada);
  await clock.advance(3599 * 1000);
  expect((await validate(token)).body).toMatchObject({ valid: true });
  await clock.advance(2 * 1000);
  expect((await validate(token)).body).toMatchObject({ valid: false, worker_sid: null, roles: null });
});

it("mints tokens of five parts that give nothing away", () => {
  const parts = tokens.mint(ada).split(".");
  const read = parts.map((part) => Buffer.from(part, "base64url").toString()).join();
  expect(parts).toHaveLength(5);
  expect(read).not.toContain("ada");
});

it("needs a token to validate", async () => {
  expect(await call(validatePath(), { json: {} })).toMatchObject({ status: 400, body: { code: 20001 } });
});

it("validates for its own account alone", async () => {
  const token = tokens.mint(ada);
  expect(await call(validatePath(sid("AC")), { json: { token } })).toMatchObject({
    status: 404,
    body: { code: 20404 },
  });
});

function validate(token: string) {
  return call(validatePath(), { json: { token } });
}

function validatePath(accountSid = account.sid) {
  return `POST /v1/Accounts/${accountSid}/Tokens/validate`;
}
