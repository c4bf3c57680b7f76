import { CUSTOMER, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const contents = () => sim.twilio.content.v1.contents;
const named = async (name: string) =>
  String((await contents().list()).find(({ friendlyName }) => friendlyName === name)?.sid);

async function said(contentSid: string, variables?: unknown) {
  const contentVariables = typeof variables === "string" ? variables : variables && JSON.stringify(variables);
  const given = contentVariables ? { contentVariables: String(contentVariables) } : {};
  await sim.twilio.messages.create({ from: SENDER, to: CUSTOMER, contentSid, ...given });
  await sim.simulator.settled();
  return sim.heard().at(-1);
}

it("has templates from the start, with what WhatsApp thinks of them", async () => {
  const greeting = await named("greeting");
  expect(await contents()(greeting).fetch()).toMatchObject({
    sid: greeting,
    language: "en",
    variables: { 1: "there", 2: "your order" },
    types: { "twilio/text": { body: "Hello {{1}}, we are here to help with {{2}}." } },
  });
  expect(await contents()(greeting).approvalFetch().fetch()).toMatchObject({
    whatsapp: { status: "approved", category: "UTILITY", name: "greeting" },
  });
  const all = await sim.twilio.content.v1.contentAndApprovals.list();
  expect(all.map(({ friendlyName, approvalRequests }) => [friendlyName, approvalRequests?.status])).toEqual([
    ["greeting", "approved"],
    ["appointment_reminder", "approved"],
    ["spring_offer", "rejected"],
  ]);
});

it("takes a new template, which nobody was asked to approve, and forgets it when it is deleted", async () => {
  const sid = await create({
    friendly_name: "thanks",
    language: "en",
    variables: { 1: "friend" },
    types: { "twilio/text": { body: "Thank you, {{1}}!" } },
  });
  expect(await contents()(sid).fetch()).toMatchObject({ friendlyName: "thanks", variables: { 1: "friend" } });
  expect(await contents()(sid).approvalFetch().fetch()).toMatchObject({ whatsapp: null });
  expect(await said(sid, { 1: "Ada" })).toBe("Thank you, Ada!");
  await contents()(sid).remove();
  await expect(contents()(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await expect(said(sid)).rejects.toMatchObject({ status: 400, code: 21655 });
});

describe("a Message made of a template", () => {
  it("says what its variables say, and the template's own words for the rest", async () => {
    const greeting = await named("greeting");
    expect(await said(greeting, { 1: "Ada" })).toBe("Hello Ada, we are here to help with your order.");
    expect(await said(greeting)).toBe("Hello there, we are here to help with your order.");
  });

  it.each([
    ["no JSON", "1=Ada"],
    ["no object", '["Ada"]'],
    ["an empty value", { 1: "" }],
    ["null", { 1: null }],
    ["a line break", { 1: "Ada\nLovelace" }],
    ["five spaces", { 1: "Ada     Lovelace" }],
  ])("is refused when they are %s", async (_, variables) => {
    await expect(said(await named("greeting"), variables)).rejects.toMatchObject({ status: 400, code: 21656 });
    expect(sim.heard()).toEqual([]);
  });
});

describe("what a channel shows of a template", () => {
  const types = {
    "twilio/quick-reply": { body: "Shall we call {{1}}?", actions: [{ type: "QUICK_REPLY", title: "Yes", id: "yes" }] },
    "twilio/media": { body: "Our {{1}}", media: ["https://example.com/{{1}}.pdf"] },
  };

  it("is a text with its files, where there are no buttons", async () => {
    await said(await create({ language: "en", variables: { 1: "menu" }, types }));
    expect(sim.world.phones.messages(CUSTOMER)).toMatchObject([
      { body: "Our menu", media: [{ filename: "menu.pdf", contentType: "application/pdf" }] },
    ]);
  });

  it("is not served where nothing of it fits", async () => {
    const { "twilio/quick-reply": buttons } = types;
    const sid = await create({ language: "en", variables: { 1: "you" }, types: { "twilio/quick-reply": buttons } });
    await expect(said(sid)).rejects.toMatchObject({ status: 501 });
    expect(sim.world.content.render(sid, undefined, "whatsapp")).toEqual({
      body: "Shall we call you?",
      approved: false,
    });
  });

  it("is refused where a placeholder has nothing to say", async () => {
    const sid = await create({ language: "en", types: { "twilio/text": { body: "Hello {{name}}" } } });
    await expect(said(sid)).rejects.toMatchObject({ status: 400, code: 21656 });
    expect(await said(sid, { name: "Ada" })).toBe("Hello Ada");
  });
});

/** As JSON: the SDK writes the keys of this one request in another way than the document. */
async function create(template: object): Promise<string> {
  const { statusCode, body } = await sim.twilio.request({
    method: "post",
    uri: "https://content.twilio.com/v1/Content",
    headers: { "Content-Type": "application/json" },
    data: template,
  });
  expect(statusCode).toBe(201);
  return body.sid;
}
