import twilio from "twilio";
import { useReceiver } from "../use-receiver";
import { CUSTOMER, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const chats = () => sim.conversations.conversations;
const calls = (operation: string) =>
  sim.simulator.log.entries.filter(({ kind, name }) => kind === "rest" && name.endsWith(operation)).length;

function client(options: twilio.Twilio["opts"]) {
  const { sid, authToken } = sim.simulator.account;
  return twilio(sid, authToken, options);
}

describe("autoRetry", () => {
  const busy = () => sim.world.faults.add({ operation: "CreateConversation", kind: "refused", status: 429, times: 2 });

  it("asks again after a 429, which stored nothing", async () => {
    busy();
    const patient = client({ autoRetry: true, maxRetryDelay: 20 });
    await patient.conversations.v1.conversations.create({ friendlyName: "One" });
    expect(calls("CreateConversation")).toBe(3);
    expect(await chats().list()).toHaveLength(1);
  });

  it("gives up after as many tries as it was told", async () => {
    busy();
    const hasty = client({ autoRetry: true, maxRetries: 1, maxRetryDelay: 20 });
    await expect(hasty.conversations.v1.conversations.create()).rejects.toMatchObject({ status: 429, code: 20429 });
    expect(calls("CreateConversation")).toBe(2);
  });

  it("is not done unless asked for", async () => {
    busy();
    await expect(chats().create()).rejects.toMatchObject({ status: 429 });
    expect(calls("CreateConversation")).toBe(1);
  });
});

it("throws a RestException with the details that Studio gives", async () => {
  const definition = { description: "", states: [], initial_state: "Trigger", flags: {} };
  const refused = sim.twilio.studio.v2.flows.create({ friendlyName: "F", status: "draft", definition });
  await expect(refused).rejects.toMatchObject({
    ...{ status: 400, code: 81022 },
    moreInfo: expect.stringContaining("81022"),
    details: {
      errors: expect.arrayContaining([
        expect.objectContaining({ message: expect.any(String), property_path: expect.any(String) }),
      ]),
    },
  });
});

describe("a long list", () => {
  beforeEach(async () => {
    for (let n = 0; n < 5; n += 1) await chats().create({ friendlyName: `Number ${n}` });
  });
  const names = (rows: readonly { friendlyName: string }[]) => rows.map(({ friendlyName }) => friendlyName);

  it("is read page by page, up to a limit", async () => {
    expect(await chats().list({ limit: 3, pageSize: 2 })).toHaveLength(3);
    expect(calls("ListConversation")).toBe(2);
  });

  it("is handed over row by row", async () => {
    const seen: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error) => (error ? reject(error) : resolve());
      chats().each({ pageSize: 2, callback: ({ sid }) => void seen.push(sid), done });
    });
    expect(seen).toEqual((await chats().list()).map(({ sid }) => sid));
  });

  it("goes forth and back by the URLs of its pages", async () => {
    const first = await chats().page({ pageSize: 2 });
    const second = await chats().getPage(String(first.nextPageUrl));
    const back = await second.previousPage();
    expect([first, second].map(({ instances }) => instances.length)).toEqual([2, 2]);
    expect(names(back?.instances ?? [])).toEqual(names(first.instances));
    const last = await second.nextPage();
    expect(last?.instances).toHaveLength(1);
    expect(last?.nextPageUrl).toBeUndefined();
  });
});

it("tells webhooks of what a REST call does only when asked to", async () => {
  await sim.conversations.configuration.webhooks().update({
    ...{ postWebhookUrl: receiver.url(), filters: ["onConversationAdded"] },
  });
  await chats().create({ friendlyName: "Silent" });
  await chats().create({ friendlyName: "Loud", xTwilioWebhookEnabled: "true" });
  await sim.simulator.settled();
  expect(receiver.received).toMatchObject([{ params: { FriendlyName: "Loud" } }]);
});

it("reads dates of both forms as dates", async () => {
  const conversation = await chats().create();
  const message = await sim.twilio.messages.create({ to: CUSTOMER, from: SENDER, body: "Hello" });
  const now = sim.simulator.clock.ms();
  for (const { dateCreated } of [conversation, message]) {
    expect(dateCreated).toBeInstanceOf(Date);
    expect(Math.abs(dateCreated.getTime() - now)).toBeLessThan(5_000);
  }
});

it("reaches the same account by an edge of region us1", async () => {
  const { sid: made } = await sim.conversations.conversations.create({});
  expect((await client({ edge: "ashburn" }).conversations.v1.conversations(made).fetch()).sid).toBe(made);
});

it.each([
  ["an edge and a region", { edge: "dublin", region: "ie1" }, "conversations.dublin.ie1.twilio.com"],
  ["a region alone", { region: "au1" }, "conversations.au1.twilio.com"],
])("answers at once, and names the host, when %s is asked for", async (_, options, host) => {
  const refused = client(options).conversations.v1.conversations.list();
  await expect(refused).rejects.toMatchObject({
    status: 404,
    code: 20404,
    message: expect.stringContaining(`${host}: the simulator is in region us1`),
  });
});
