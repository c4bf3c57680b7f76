import { identityOf } from "../../../src/channels/custom-identity";
import { useContactCentre } from "../../support/contact-centre";
import { useCustomChannel } from "../../support/custom-channel";
import { CUSTOM_CHANNELS, customTalks } from "../../support/custom-talks";

const centre = useContactCentre({ processes: 1 });
const talks = customTalks(centre);
const telegram = () => centre.simulator.world().platforms.telegram.user(4711);
const conversation = () => centre.state().conversations[0];

const NAMES = [
  "{{flow.sid}} {{ 7 | times: 7 }}",
  "{% assign team = 'vip' %}{% raw %}",
  '"}, "team": "vip", "x": {"y": "',
  "\\",
  "</script><img src=x onerror=alert(1)>",
  "**bold** [link](javascript:alert(1))",
  "__proto__",
  "${flow:sms} $${x}",
  "🎉 名前 ﷽",
];

describe("a customer on telegram who is called", () => {
  it.each(NAMES)("%s is called just so, in the Flow and by the agent's Task", async (name) => {
    telegram().is({ firstName: name, lastName: null });
    await talks.writes("telegram_4711", name);
    await talks.writes("telegram_4711", "2");
    expect(conversation()?.friendlyName).toBe(name);
    const { attributes } = centre.tasks()[0] ?? {};
    // Unless Twilio's own attributes win: then agents see the identity.
    const { studioSuppliedAttributesWin } = centre.simulator.world().switches;
    const customerName = studioSuppliedAttributesWin ? name : "telegram_4711";
    expect(attributes).toMatchObject({ customerName, customerAddress: "telegram_4711", team: "support" });
    for (const { body } of talks.heard("telegram_4711")) expect(body).not.toMatch(/FN[0-9a-f]{32}|\b49\b/);
  });

  it.each([
    ["what turns the page around", "Ana\u202e\u2066 gnp.exe\u2069", "Ana gnp.exe"],
    ["lines", "Ana\r\nMaría\u2028\tLópez\0", "Ana María López"],
    ["more than anybody's name", "x".repeat(10_000), "x".repeat(256)],
  ])("by a name with %s has it on one line", async (_, name, shown) => {
    telegram().is({ firstName: name, lastName: null });
    await talks.writes("telegram_4711", "Hello");
    await talks.writes("telegram_4711", "2");
    expect(conversation()?.friendlyName).toBe(shown);
    expect(centre.tasks()).toHaveLength(1);
  });
});

describe.each(CUSTOM_CHANNELS)("a customer on $channel who writes", ({ customer }) => {
  it.each([
    [
      "markup",
      "**bold** [click](javascript:alert(1)) `x` # y",
      "\\*\\*bold\\*\\* \\[click](javascript:alert(1)) \\`x\\` # y",
    ],
    ["pages", "<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)>"],
    ["what looks like another file", "![x](https://evil.example/x.png)", "!\\[x](https://evil.example/x.png)"],
  ])("%s is read as they typed it", async (_, text, stored) => {
    await talks.writes(customer, text);
    expect(conversation()?.messages[0]?.body).toBe(stored);
  });

  it.each(["{{flow.sid}} {{ 7 | times: 7 }}", '"} {% if true %}', "\\u0022,"])(
    "%s at the menu is an answer that it does not know",
    async (text) => {
      await talks.writes(customer, "Hello");
      const before = talks.heard(customer).length;
      await talks.writes(customer, text);
      expect(talks.heard(customer).slice(before)).toMatchObject([{ body: expect.stringMatching(/^Sorry/) }]);
    },
  );
});

describe("users of Viber whose ids look like something else", () => {
  const viber = useCustomChannel(centre, "viber");

  it.each([
    "telegram_4711",
    "../../Services/IS1",
    "a?key=b&c#d%00",
    "system",
    "+15550101234",
    "whatsapp:+15550101234",
    '"><script>{{flow.sid}}',
    "x".repeat(128),
  ])("%s has a Conversation of their own, under an identity of our spelling", async (id) => {
    const event = viber.message("Hello") as { sender: object };
    expect(await viber.bring({ ...event, sender: { ...event.sender, id } })).toBe(200);
    await centre.simulator.settled();
    const identity = identityOf({ channel: "viber", userId: id });
    expect(identity).toMatch(/^viber_[\w-]+$/);
    expect(centre.state().conversations).toMatchObject([{ uniqueName: `${identity}.1`, participants: [{ identity }] }]);
    expect(conversation()?.messages[0]).toMatchObject({ author: identity, body: "Hello" });
  });

  it.each(["", " ", "a b", "ä", "x".repeat(129), "a\nb"])("%j is nobody", async (id) => {
    const event = viber.message("Hello") as { sender: object };
    expect(await viber.bring({ ...event, sender: { ...event.sender, id } })).toBe(200);
    expect(centre.state().conversations).toEqual([]);
  });
});

describe("a genuine event of one customer", () => {
  it.each(["telegram", "viber"] as const)("on %s changes nothing of another's", async (channel) => {
    const customers = useEvents[channel];
    await customers.says("mine", { who: 1, id: "5001" });
    const [before] = customers.conversations(1);
    for (const event of [
      customers.edit("5001", "not mine", { who: 2 }),
      customers.receipt("5001", "seen", { who: 2 }),
      customers.reach(false, { who: 2 }),
    ]) {
      expect(await customers.bring(event)).toBe(200);
    }
    await customers.says("theirs", { who: 2, id: "5001" });
    const [after] = customers.conversations(1);
    expect(after?.messages.filter(({ author }) => author === customers.identity(1))).toEqual(
      before?.messages.filter(({ author }) => author === customers.identity(1)),
    );
    expect(after?.attributes).toEqual(before?.attributes);
    expect(customers.said(2).flat().join()).toContain(channel === "telegram" ? "not mine" : "theirs");
  });
});

const useEvents = { telegram: useCustomChannel(centre, "telegram"), viber: useCustomChannel(centre, "viber") };

describe("the relay", () => {
  it("writes to the customer whose Conversation it is, whatever else a call or the Conversation says", async () => {
    const { customer, other } = CUSTOM_CHANNELS[0] ?? { customer: "", other: "" };
    await talks.writes(customer, "Hello");
    await talks.writes(other, "Hello");
    const sid = talks.live(customer)?.sid ?? "";
    const heard = talks.heard(other).length;
    const { body } = await talks.call("/relay/message-added", {
      ...{ EventType: "onMessageAdded", ConversationSid: sid, MessageSid: `IM${"d".repeat(32)}`, Author: "ada" },
      ...{ Body: "For one alone", Source: "SDK", Attributes: JSON.stringify({ channel: "telegram", identity: other }) },
      ...{ to: other, chat_id: "4712", identity: other, ClientIdentity: other, UniqueName: `${other}.1` },
    });
    expect(body.status).toBe("sent");
    expect(talks.heard(other)).toHaveLength(heard);
    expect(talks.heard(customer).at(-1)?.body).toBe("For one alone");
  });

  it("writes to nobody for a Conversation of another channel that says it is one's", async () => {
    await talks.writes("telegram_4711", "Hello");
    const heard = talks.heard("telegram_4711").length;
    centre.leavesUnattended("a Conversation that somebody made by hand is nobody's");
    const { sid } = await centre.twilio.conversations.v1.conversations.create({
      friendlyName: "telegram_4711.1",
      attributes: JSON.stringify({ channel: "telegram", identity: "telegram_4711" }),
    });
    await centre.twilio.conversations.v1.conversations(sid).participants.create({ identity: "telegram_4711" });
    const { body } = await talks.call("/relay/message-added", {
      ...{ EventType: "onMessageAdded", ConversationSid: sid, MessageSid: `IM${"d".repeat(32)}`, Author: "ada" },
      Body: "For whom?",
    });
    expect(body).toEqual({ status: "ignored" });
    expect(talks.heard("telegram_4711")).toHaveLength(heard);
  });
});
