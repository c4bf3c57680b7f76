import { useContactCentre } from "../support/contact-centre";
import { form, newKey, type Pass, webChatPage } from "../support/web-chat";

const centre = useContactCentre();
const page = webChatPage(() => centre.simulator);

const CREATE = "CreateWebChannel";

async function start(fields: Record<string, string>) {
  const answer = await page.call<Pass>("start", { ...form, ...fields });
  await centre.simulator.settled();
  return answer;
}

const said = () =>
  centre.state().conversations.map(({ messages }) => messages.filter(({ body }) => body === form.query));
/** One Conversation, in which the guest's words stand once. */
const expectOneChat = () => expect(said()).toEqual([[expect.anything()]]);
/** Past the life of a call that died. */
const aWhile = () => centre.simulator.advance(20);

describe("a page that starts its chat again", () => {
  it("after a double click gets the same Conversation, with the words said once", async () => {
    const startKey = newKey();
    const [first, second] = await Promise.all([start({ startKey }), start({ startKey })]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toMatchObject({
      conversationSid: first.body.conversationSid,
      identity: first.body.identity,
      session: first.body.session,
    });
    expectOneChat();
  });

  it("minutes later gets it with a fresh token, and a session no younger than the first", async () => {
    const startKey = newKey();
    const first = await start({ startKey });
    await centre.simulator.advance(600);
    const again = await start({ startKey });
    expect(again.status).toBe(200);
    expect(again.body.session).toBe(first.body.session);
    expect(again.body.token).not.toBe(first.body.token);
    expectOneChat();
  });

  it("when it has ended is told so", async () => {
    const startKey = newKey();
    const { body } = await start({ startKey });
    await page.call("end", { session: body.session });
    await centre.simulator.settled();
    expect(await start({ startKey })).toMatchObject({ status: 409, body: { error: { code: "already_ended" } } });
  });

  it("with another key starts another chat, as another guest", async () => {
    const first = await page.start();
    const second = await page.start();
    expect(second.identity).not.toBe(first.identity);
    expect(second.conversationSid).not.toBe(first.conversationSid);
  });
});

describe("a start that dies on the way", () => {
  it.each(["error after", "reset after", "malformed"] as const)(
    "though WebChats did its work (%s): the Conversation is found by the guest",
    async (kind) => {
      centre.simulator.world().faults.add({ operation: CREATE, kind });
      expect((await start({ startKey: newKey() })).status).toBe(200);
      expectOneChat();
    },
  );

  it.each(["crash before", "crash after"] as const)("as WebChats is asked (%s): the next try goes on", async (kind) => {
    const startKey = newKey();
    centre.simulator.world().faults.add({ operation: CREATE, kind });
    expect((await start({ startKey })).status).toBeGreaterThanOrEqual(500);
    await aWhile();
    expect((await start({ startKey })).status).toBe(200);
    expectOneChat();
  });

  it.each(["crash before", "crash after"] as const)(
    "as the first words are said (%s): the next try says them, once",
    async (kind) => {
      const startKey = newKey();
      centre.simulator.world().faults.add({ operation: "CreateConversationMessage", kind });
      expect((await start({ startKey })).status).toBeGreaterThanOrEqual(500);
      await aWhile();
      expect((await start({ startKey })).status).toBe(200);
      expectOneChat();
    },
  );

  it("before WebChats did anything (500): nothing is left, and the next try works", async () => {
    const startKey = newKey();
    centre.twilioFails(CREATE, 500);
    expect((await start({ startKey })).status).toBe(502);
    await aWhile();
    expect((await start({ startKey })).status).toBe(200);
    expectOneChat();
  });

  it("when WebChats is asked too often: waits for it, and says so in the end", async () => {
    const startKey = newKey();
    centre.twilioFails(CREATE, 429, 2);
    expect((await start({ startKey })).status).toBe(200);
    centre.twilioFails(CREATE, 429, 20);
    const refused = await start({ startKey: newKey() });
    expect(refused).toMatchObject({ status: 429, body: { error: { code: "too_many_requests", retryAfter: 5 } } });
    expectOneChat();
  }, 15_000);

  it("for want of a note of the Conversation: it is found by the guest", async () => {
    const startKey = newKey();
    centre.twilioFails("UpdateDocument", 500);
    expect((await start({ startKey })).status).toBe(200);
    await aWhile();
    expect((await start({ startKey })).status).toBe(200);
    expectOneChat();
  });

  it("without Sync makes nothing, rather than two chats", async () => {
    centre.twilioFails("CreateDocument", 500, 2);
    expect((await start({ startKey: newKey() })).status).toBe(502);
    expect(centre.state().conversations).toEqual([]);
  });
});

describe("more chats than there are places in a minute", () => {
  it("are refused with words and a time, and taken up after it", async () => {
    const { sync, conversations } = centre.simulator.world();
    const [address] = [...conversations.addresses.values()].filter(({ type }) => type === "chat");
    const minute = Math.floor(centre.simulator.clock.ms() / 60_000);
    for (const window of [minute, minute + 1]) {
      for (let place = 0; place < 60; place += 1) {
        sync.createDocument({ uniqueName: `webchat-place.${address?.sid}.${window}.${place}`, data: {} });
      }
    }
    const startKey = newKey();
    const refused = await start({ startKey });
    const { retryAfter = 0 } = refused.body.error ?? {};
    expect(refused).toMatchObject({ status: 429, body: { error: { message: expect.stringContaining("again") } } });
    expect(retryAfter).toBeGreaterThan(0);
    expect(refused.headers.get("retry-after")).toBe(String(retryAfter));
    expect(centre.state().conversations).toEqual([]);
    await centre.simulator.advance(120);
    expect((await start({ startKey })).status).toBe(200);
  });
});

describe("a start whose message nobody heard of", () => {
  it("is taken up by the watchdog", async () => {
    centre.simulator.world().faults.add({ operation: "function /studio/customer-context", status: 500, times: 9 });
    const { conversations } = centre.simulator.world();
    const guest = await page.start();
    for (const { sid } of conversations.webhooks(guest.conversationSid)) {
      conversations.scopedWebhooks.remove(guest.conversationSid, sid);
    }
    centre.simulator.world().faults.clear();
    await centre.simulator.advance(21 * 60);
    expect(centre.tasks()).toHaveLength(1);
  });
});
