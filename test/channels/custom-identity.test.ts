import { channelOfAddress } from "../../src/channels/addresses";
import { customerOf, identityOf, readConversationName } from "../../src/channels/custom-identity";

describe("an identity", () => {
  it.each(["0123456789ABCDEF==", "Ana/of+viber==", "telegram_42", "{{x}}", "~"])(
    "of Viber's %s comes back as it was",
    (userId) => {
      const identity = identityOf({ channel: "viber", userId });
      expect(identity).toMatch(/^viber_[\w-]+$/);
      expect(customerOf(identity)).toEqual({ channel: "viber", userId });
    },
  );

  it.each([
    // Logins as Flex spells them.
    "viber_5Fsmith_40example_2Ecom",
    "viber_smith",
    "viber_support",
    "telegram_5F42",
    "telegram_042",
    "telegram_-42",
    "telegram_42 ",
    "telegram_42\n",
    "Telegram_42",
    "signal_42",
    "ada",
    "system",
    "",
    "__proto___42",
    "constructor_42",
  ])("such as %j is no customer's", (identity) => {
    expect(customerOf(identity)).toBeUndefined();
    expect(channelOfAddress(identity)).toBeUndefined();
  });

  it("of a user is one: other spellings of the same bytes are nobody's", () => {
    expect(customerOf("viber_QQ")).toEqual({ channel: "viber", userId: "A" });
    for (const other of ["viber_QR", "viber_Q-", "viber_QQA", "viber_QQ_"]) {
      expect(readConversationName(`${other}.1`)?.identity).not.toBe("viber_QQ");
      expect(customerOf(other)?.userId).not.toBe("A");
    }
  });
});
