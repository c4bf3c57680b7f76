import crypto from "node:crypto";
import { isSecret } from "../../src/runtime/same-secret";

const SECRET = "a-secret-of-forty-characters-0123456789a";
const NEXT = "a-secret-that-is-to-follow-0123456789abc";

describe("a secret", () => {
  it("is that one, or the one that is to follow", () => {
    expect([SECRET, NEXT].map((given) => isSecret(given, SECRET, NEXT))).toEqual([true, true]);
  });

  it.each([undefined, null, "", "undefined", [SECRET], { [SECRET]: SECRET }, `${SECRET}\0`, SECRET.toUpperCase()])(
    "is not %j",
    (given) => {
      expect(isSecret(given, SECRET, NEXT)).toBe(false);
      expect(isSecret(given, undefined)).toBe(false);
    },
  );

  it("of megabytes is no secret, and is given no digest", () => {
    const digests = jest.spyOn(crypto, "createHash");
    expect(isSecret("x".repeat(6_000_000), SECRET)).toBe(false);
    expect(digests).not.toHaveBeenCalled();
    digests.mockRestore();
  });
});
