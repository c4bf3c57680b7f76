import { applyHooks } from "../../src/deploy/apply-hooks";
import type { FaultOrder } from "../../src/simulator/faults/fault";
import { requireGuest } from "../../src/simulator/levers/guests";
import { CHANNELS } from "../support/channels";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";
import { webChatPage } from "../support/web-chat";

const centre = useContactCentre({ processes: 1 });
const page = webChatPage(() => centre.simulator);
const HOOK = "/inbound/before-message";
const MB = 1024 * 1024;
const apply = (beforeMessage?: boolean) =>
  applyHooks(centre.twilio, centre.simulator.account.functionsDomain, { beforeMessage });

const file = (filename: string, contentType: string, bytes = 1000) => ({
  filename,
  contentType,
  content: Buffer.alloc(bytes, 1),
});
const PHOTO = file("lamp.jpg", "image/jpeg");
const LETTER = file("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
const PROGRAM = file("run.exe", "application/x-msdownload");

beforeEach(async () => {
  // What a process remembers of Conversations is a minute old at most, and SIDs begin anew with each account.
  await centre.simulator.advance(61);
  await apply(true);
});

async function withAgent(customer: string = CUSTOMER) {
  await centre.customerSends("Hello", customer);
  await centre.customerSends("1", customer);
  const agent = centre.offeredTo() ?? "ada";
  await centre.agent(agent, "accept");
  centre.simulator.log.clear();
  return centre.simulator.agent(agent);
}
type Agent = Awaited<ReturnType<typeof withAgent>>;

async function replies(agent: Agent, body: string, ...media: (typeof PHOTO)[]) {
  const replied = agent.reply(body, undefined, media);
  await replied.catch(() => undefined);
  await centre.simulator.settled();
  return replied;
}

const messages = () => centre.state().conversations[0]?.messages ?? [];
const lastBody = () => messages().at(-1)?.body;
const fail = (fault: FaultOrder) => centre.simulator.world().faults.add(fault);
/** The answers of our hook, as Twilio got them. */
const answers = () =>
  centre.simulator.log.entries
    .filter(({ kind, name }) => kind === "webhook" && name === "Conversations onMessageAdd")
    .map(({ status }) => status);
const REFUSED = { status: 403, code: 50056 };

describe.each(CHANNELS)("a customer on $channel", ({ channel, customer }) => {
  it("writes and sends files without our asking Twilio for anything", async () => {
    await withAgent(customer);
    for (const media of [undefined, [PROGRAM], [LETTER]]) {
      await centre.simulator
        .world()
        .phones.send({ from: customer, body: "**Look** at <this>", ...(media && { media }) });
      await centre.simulator.settled();
      expect(lastBody()).toBe("**Look** at <this>");
    }
    expect(answers()).toEqual([200, 200, 200]);
    expect(centre.state().calls[HOOK]).toMatchObject({ most: 0 });
  });

  it.each(["crash before", "reset before", "malformed"] as const)(
    "is published whatever befalls Twilio's own answers (%s): we ask for none",
    async (kind) => {
      await withAgent(customer);
      fail({ operation: "ListConversationParticipant", kind, times: 9 });
      await centre.customerSends("**Look**", customer);
      await centre.customerSendsPicture(customer);
      expect(messages().slice(-2)).toMatchObject([{ body: "**Look**" }, { media: [{ contentType: "image/jpeg" }] }]);
      expect(answers()).toEqual([200, 200]);
    },
  );

  it("reads an agent's markdown as their channel shows it", async () => {
    const agent = await withAgent(customer);
    await replies(agent, "This is **important**, see [our page](https://example.com/a)");
    const important = channel === "whatsapp" ? "*important*" : "important";
    expect(centre.heard(customer).at(-1)).toBe(`This is ${important}, see our page (https://example.com/a)`);
    expect(lastBody()).toBe(centre.heard(customer).at(-1));
  });

  it("gets an agent's photo, and never a program", async () => {
    const agent = await withAgent(customer);
    await replies(agent, "", PHOTO);
    expect(messages().at(-1)?.media).toHaveLength(1);
    const before = messages().length;
    await expect(replies(agent, "", PROGRAM)).rejects.toMatchObject(REFUSED);
    expect(messages()).toHaveLength(before);
    expect(answers()).toEqual([200, 422]);
  });
});

describe("an agent", () => {
  const [, { customer: WHATSAPP }] = CHANNELS;

  it.each([
    ["an office file", CUSTOMER, LETTER, "type_not_accepted"],
    ["3 MB", CUSTOMER, file("big.jpg", "image/jpeg", 3 * MB), "file_too_big"],
    ["an empty file", CUSTOMER, file("empty.jpg", "image/jpeg", 0), "empty_file"],
    ["a photo abroad", "+420777123456", PHOTO, "country"],
    ["an office file", WHATSAPP, LETTER, "type_not_accepted"],
    ["6 MB", WHATSAPP, file("big.jpg", "image/jpeg", 6 * MB), "file_too_big"],
    ["a PDF named otherwise", WHATSAPP, file("photo.png", "application/pdf"), "name_and_type_differ"],
  ] as const)("sending %s to %s learns that it does not reach them", async (_, customer, sent, code) => {
    const agent = await withAgent(customer);
    await expect(replies(agent, "", sent)).rejects.toMatchObject(REFUSED);
    const [output] = centre.simulator.log.entries.filter(({ kind, name }) => kind === "output" && name.includes(code));
    expect(output?.name).toContain('"event":"message_refused"');
  });

  it("sending two files at once learns that one goes", async () => {
    const agent = await withAgent();
    await expect(replies(agent, "", PHOTO, PHOTO)).rejects.toMatchObject(REFUSED);
  });

  it("who writes plainly is let pass without a call; marks take one, and for a minute no more", async () => {
    const agent = await withAgent();
    await replies(agent, "Your order no. 5 is ready: 3 x 2 = 6, at 10% off.");
    expect(centre.callsIn(HOOK)).toEqual([]);
    await replies(agent, "**Now**");
    expect(centre.callsIn(HOOK)).toEqual([expect.stringMatching(/ListConversationParticipant$/)]);
    await replies(agent, "**Again**");
    expect(centre.callsIn(HOOK)).toEqual([]);
    expect(centre.heard().slice(-2)).toEqual(["Now", "Again"]);
  });

  it("who writes too much has it published as it is, and the receipt says what to do", async () => {
    const agent = await withAgent();
    const long = `**Listen** ${"and so on ".repeat(170)}`.trim();
    await replies(agent, long);
    expect(lastBody()).toBe(long);
    expect(centre.tasks()[0]?.attributes.deliveryFailure).toMatchObject({ errorCode: 21617 });
  });
});

describe("a web chat", () => {
  async function chat() {
    const guest = await page.start();
    const agent = centre.offeredTo() ?? "ada";
    if (!centre.offeredTo()) await page.writes(guest, "1");
    await centre.agent(centre.offeredTo() ?? agent, "accept");
    centre.simulator.log.clear();
    return { guest, agent: centre.simulator.agent(agent) };
  }

  it("shows markdown itself: it stays", async () => {
    const { guest, agent } = await chat();
    await replies(agent, "This is **important**");
    expect(page.heard(guest).at(-1)).toBe("This is **important**");
    await page.writes(guest, "**Really**?");
    expect(lastBody()).toBe("**Really**?");
  });

  it("takes photos from both, and programs and office files from neither", async () => {
    const { guest, agent } = await chat();
    const visitor = requireGuest(centre.simulator.world(), guest.identity);
    await visitor.send({ media: [PHOTO] });
    await replies(agent, "", PHOTO);
    const before = messages().length;
    for (const media of [[PROGRAM], [LETTER], [PHOTO, PHOTO]]) {
      await expect(visitor.send({ media })).rejects.toMatchObject(REFUSED);
      await expect(replies(agent, "", ...media)).rejects.toMatchObject(REFUSED);
    }
    expect(messages()).toHaveLength(before);
  });
});

describe("whatever fails in it", () => {
  it.each<FaultOrder>([
    { operation: "ListConversationParticipant", status: 404 },
    { operation: "ListConversationParticipant", status: 500, times: 3 },
    { operation: "ListConversationParticipant", kind: "malformed", times: 3 },
    { operation: "ListConversationParticipant", kind: "reset before", times: 3 },
  ])("%j: the message is published as it is", async (fault) => {
    const agent = await withAgent();
    fail(fault);
    await replies(agent, "**Hello**");
    expect(lastBody()).toBe("**Hello**");
    expect(answers()).toEqual([200]);
  });

  it("Twilio being slow: it answers after three seconds, within Twilio's five", async () => {
    const agent = await withAgent();
    fail({ operation: "ListConversationParticipant", kind: "slow", ms: 4500 });
    const startedAt = performance.now();
    await replies(agent, "**Hello**");
    expect(performance.now() - startedAt).toBeLessThan(4500);
    expect(lastBody()).toBe("**Hello**");
    expect(answers()).toEqual([200]);
  });

  it("its process: an agent sees that their message was refused, and may send it again", async () => {
    const agent = await withAgent();
    fail({ operation: "ListConversationParticipant", kind: "crash before" });
    await expect(replies(agent, "**Hello**")).rejects.toMatchObject(REFUSED);
    await replies(agent, "**Hello**");
    expect(lastBody()).toBe("Hello");
  });

  it("no answer at all: a customer's message is published", async () => {
    await withAgent();
    fail({ operation: "webhook onMessageAdd", kind: "reset before" });
    await centre.customerSends("Are you there?");
    expect(lastBody()).toBe("Are you there?");
  });
});

describe("what no Function can help, and why it is for an administrator to choose", () => {
  const lost: FaultOrder[] = [
    { operation: `function ${HOOK}`, status: 429 },
    { operation: `function ${HOOK}`, status: 504 },
    { operation: `function ${HOOK}`, kind: "crash before" },
    { operation: `function ${HOOK}`, kind: "crash after" },
  ];

  it.each(lost)("%j: Twilio refuses a customer's message by itself", async (fault) => {
    await withAgent();
    fail(fault);
    await expect(centre.customerSends("Are you there?")).rejects.toMatchObject(REFUSED);
    expect(lastBody()).not.toBe("Are you there?");
  });

  it.each(lost.slice(0, 2))("%j: with a retry set at Twilio it goes through", async (fault) => {
    await withAgent();
    centre.simulator.world().webhookSettings.preRetryCount = 1;
    fail(fault);
    await centre.customerSends("Are you there?");
    expect(lastBody()).toBe("Are you there?");
  });
});

describe("as long as nobody asks for it", () => {
  const webhooks = async () => {
    const { defaultChatServiceSid } = await centre.twilio.conversations.v1.configuration().fetch();
    return centre.twilio.conversations.v1.services(defaultChatServiceSid).configuration.webhooks();
  };

  it("nothing is checked, and what was chosen stays chosen", async () => {
    await apply(false);
    const agent = await withAgent();
    await replies(agent, "**Hello**");
    expect(lastBody()).toBe("**Hello**");
    expect(centre.state().calls[HOOK]).toBeUndefined();
    expect((await (await webhooks()).fetch()).filters).not.toContain("onMessageAdd");
    await apply(true);
    await apply();
    await replies(agent, "**Hello**");
    expect(lastBody()).toBe("Hello");
  });

  it("another program's pre-event webhook is left alone, and named", async () => {
    await apply(false);
    const theirs = await webhooks();
    await theirs.update({ preWebhookUrl: "https://example.com/before", filters: ["onMessageAdd"] });
    await expect(apply(true)).rejects.toThrow("https://example.com/before");
    await apply(false);
    expect(await theirs.fetch()).toMatchObject({
      preWebhookUrl: "https://example.com/before",
      filters: expect.arrayContaining(["onMessageAdd"]),
    });
  });
});
