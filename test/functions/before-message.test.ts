import { startBareFunctions, useBareFunctions } from "../support/bare-functions";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";

const centre = useContactCentre({ processes: 1 });
const functions = useBareFunctions(centre);

const path = "/inbound/before-message";
const fields = {
  EventType: "onMessageAdd",
  Source: "SDK",
  ClientIdentity: "ada",
  ConversationSid: `CH${"a".repeat(32)}`,
  Author: "ada",
  Body: "Hello",
  Attributes: "{}",
};
const PROGRAM = JSON.stringify([{ Sid: "ME1", Filename: "run.exe", ContentType: "application/x-msdownload", Size: 9 }]);
const GUEST = `webchat_${"0".repeat(32)}`;
const UNCHANGED = { status: 200, body: {} };

/** What is asked of Twilio meanwhile. */
async function asking<Result>(work: () => Promise<Result>) {
  const before = centre.simulator.log.entries.length;
  const answer = await work();
  const calls = centre.simulator.log.entries.slice(before).filter(({ kind }) => kind === "rest");
  return { answer, calls };
}

describe("a call that does not prove to be Twilio's", () => {
  it.each([
    ["no signature", {}],
    ["a wrong signature", { signature: "RSOYDt4T1cUTdK1PDd93/VVr8B8=" }],
    ["a signature for another URL", { signature: "right", signed: { url: "https://elsewhere.example/x" } }],
    ["a signature for other fields", { signature: "right", signed: { fields: { ...fields, Body: "" } } }],
    ["a query string", { signature: "right", query: "?also=this" }],
    ["a JSON body", { signature: "right", body: { type: "application/json", text: JSON.stringify(fields) } }],
    ["GET", { signature: "right", method: "GET" }],
  ])("with %s learns nothing and stops no message", async (_, call) => {
    const { answer, calls } = await asking(() =>
      functions.call({ path, fields: { ...fields, Body: "**bold**", Media: PROGRAM }, ...call }),
    );
    expect(answer).toEqual(UNCHANGED);
    expect(calls).toEqual([]);
  });
});

describe("what is Twilio's", () => {
  it.each<[string, Record<string, string>]>([
    ["another event", { EventType: "onMessageUpdate" }],
    ["a program's message by REST", { Source: "API", ClientIdentity: "" }],
    ["a phone's message", { Source: "SMS", ClientIdentity: "", Author: CUSTOMER }],
    ["a phone's message that is said to be the SDK's", { ClientIdentity: "", Author: CUSTOMER }],
    ["a phone's message under whatever name", { ClientIdentity: CUSTOMER, Author: CUSTOMER }],
    ["somebody who writes as another", { ClientIdentity: "grace" }],
    ["a template", { ContentSid: `HX${"a".repeat(32)}` }],
    ["no Conversation", { ConversationSid: "" }],
    ["a text beyond every limit", { Body: "x".repeat(65_537) }],
    ["files in a form we do not know", { Media: '{"not":"a list"}' }],
    ["files that are no JSON", { Media: "[" }],
    ["a file without a size", { Media: '[{"ContentType":"image/png"}]' }],
  ])("but %s passes unchanged, without a call", async (_, change) => {
    const given = { ...fields, Body: "**bold**", Media: PROGRAM, ...change };
    const { answer, calls } = await asking(() => functions.call({ path, fields: given, signature: "right" }));
    expect(answer).toEqual(UNCHANGED);
    expect(calls).toEqual([]);
  });

  it("of a Conversation that is not there passes unchanged", async () => {
    const given = { ...fields, Body: "**bold**" };
    expect(await functions.call({ path, fields: given, signature: "right" })).toEqual(UNCHANGED);
  });

  it("and a file that could not go is refused with a code and words", async () => {
    const given = { ...fields, ClientIdentity: GUEST, Author: GUEST, Body: "", Media: PROGRAM };
    const { answer, calls } = await asking(() => functions.call({ path, fields: given, signature: "right" }));
    const error = { code: "dangerous_type", message: expect.stringContaining("Programs"), field: "Media" };
    expect(answer).toEqual({ status: 422, body: { error } });
    expect(calls).toEqual([]);
    expect(functions.output()).not.toContain("run.exe");
  });
});

it("stops nobody where the service is not set up", async () => {
  const bare = await startBareFunctions(centre.simulator, { AUTH_TOKEN: "", PUBLIC_BASE_URL: "nowhere" });
  const answer = await bare.call({ path, fields, signature: "right" });
  await bare.stop();
  expect(answer).toEqual(UNCHANGED);
  expect(bare.output()).toContain('"code":"misconfigured"');
});
