import crypto, { createHmac } from "node:crypto";
import { viber } from "../../../src/channels/viber/viber";
import { readRequest } from "../../../src/runtime/request";
import { ENV, KEY, TOKEN } from "./use-callbacks";

/** Asks who sent this body, and counts how often something was digested. */
function digestsFor(body: object, { key = KEY, signed = false, signature = "" } = {}): number {
  const right = createHmac("sha256", TOKEN).update(JSON.stringify(body)).digest("hex");
  const request = readRequest({
    request: {
      headers: {
        "content-type": "application/json",
        "x-viber-content-signature": signed ? right : signature || "0".repeat(64),
      },
      cookies: {},
    },
    key,
    ...body,
  });
  const digests = jest.spyOn(crypto, "createHash");
  const call = {
    ...{ request, variables: ENV, path: "/inbound/viber" },
    env: { ACCOUNT_SID: "AC", AUTH_TOKEN: "", DOMAIN_NAME: "example.com", SIGNATURE_CHECK: "function" as const },
    twilio: () => {
      throw new Error("a caller is proven without Twilio");
    },
  };
  expect(() => viber.caller(call)).toThrow(expect.objectContaining({ code: "forged_request" }));
  const { length } = digests.mock.calls;
  digests.mockRestore();
  return length;
}

/** Of the key, and of what it should be: nothing of the body. */
const OF_THE_KEY = 2;

describe("the search for what was signed", () => {
  const large = { text: "x".repeat(6_000_000) };
  const wide = Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`k${at}`, at]));

  it.each([
    ["megabytes of text", large],
    ["40,000 fields", wide],
    ["a long list", { list: Array.from({ length: 100_000 }, () => 1) }],
  ])("does not begin for %s, right key and signature or not", (_, body) => {
    expect(digestsFor(body, { key: `${KEY}x`, signed: true })).toBe(OF_THE_KEY);
    expect(digestsFor(body)).toBe(OF_THE_KEY);
    expect(digestsFor(body, { signed: true })).toBe(OF_THE_KEY);
  });

  it("does not begin before the key is right, nor for what is no signature", () => {
    expect(digestsFor({ event: "message" }, { key: "x", signed: true })).toBe(OF_THE_KEY);
    expect(digestsFor({ event: "message" }, { signature: "zz" })).toBe(OF_THE_KEY);
    expect(digestsFor({ event: "message" })).toBeGreaterThan(OF_THE_KEY);
  });

  it("takes no digest of a key of megabytes", () => {
    expect(digestsFor({ event: "message" }, { key: "x".repeat(6_000_000) })).toBe(0);
  });
});
