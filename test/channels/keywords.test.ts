import { readFileSync } from "node:fs";
import { KEYWORDS, keywordIn, nobodyWaits } from "../../src/channels/keywords";

const CUSTOMER = "+15550101234";
const said = (body: string, author = CUSTOMER) => ({ author, body });

it.each([
  ["STOP", "stop"],
  [" stop\n", "stop"],
  ["Unsubscribe", "stop"],
  ["yes", "start"],
  ["HELP", "help"],
])("%j is a word that Twilio answers by itself", (body, keyword) => {
  expect(keywordIn(said(body))).toBe(keyword);
});

it.each([
  said("stop it"),
  said("please STOP"),
  said("STOP."),
  said(""),
  said("STOP", "whatsapp:+15550101234"),
  said("STOP", "messenger:4242424242"),
  said("STOP", "ada"),
])("%j is none", (message) => expect(keywordIn(message)).toBeUndefined());

it.each([
  [[], true],
  [[said("STOP")], true],
  [[said("HELP"), said("START")], true],
  [[said("Hello"), said("We are closed", "CH1"), said("STOP")], true],
  [[said("Hello"), said("STOP"), said("Are you there?")], false],
  [[said("Hello"), said("HELP")], false],
  [[said("Hello, this is us", "ada")], false],
])("whether nobody waits after %j: %s", (messages, expected) => expect(nobodyWaits(messages)).toBe(expected));

it("the menu of the SMS Flow knows the same words", () => {
  const flow = readFileSync("studio-flows/sms.json", "utf8");
  expect(flow).toContain(`"value": "${Object.values(KEYWORDS).flat().join(", ")}"`);
});
