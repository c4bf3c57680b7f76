import { requireGuest } from "../../src/simulator/levers/guests";
import { useContactCentre } from "../support/contact-centre";
import { type Pass, webChatPage } from "../support/web-chat";

interface Line {
  index: number;
  at: string;
  from: string;
  name: string;
  body: string;
  media: object[];
  read: boolean;
}
interface Transcript {
  messages: Line[];
  older?: string;
}

const centre = useContactCentre();
const page = webChatPage(() => centre.simulator);

const transcript = async ({ session }: Pass, fields: Record<string, string> = {}) =>
  (await page.call<Transcript>("transcript", { session, ...fields })).body;

async function withAgent() {
  const guest = await page.start({ topic: "support" });
  const agent = centre.offeredTo() ?? "ada";
  await centre.agent(agent, "accept");
  return { guest, agent };
}

describe("a transcript", () => {
  it("says who said what, by names and without internals", async () => {
    const { guest, agent } = await withAgent();
    await centre.twilio.conversations.v1.users(agent).update({ friendlyName: "Ms. Lovelace" });
    await centre.agentReplies(agent, "Which lamp is it?");
    const { messages } = await transcript(guest);
    expect(messages.map(({ from, name, body }) => [from, name, body]).reverse()).toEqual([
      ["guest", "", "My lamp is broken"],
      ["bot", "", expect.stringContaining("thank you")],
      ["bot", "", expect.stringContaining("colleague")],
      ["agent", "Ms. Lovelace", "Which lamp is it?"],
    ]);
    const text = JSON.stringify(messages);
    expect(text).not.toMatch(/[A-Z]{2}[0-9a-f]{32}/);
    expect(text).not.toContain("attributes");
    expect(text).not.toContain(`"${agent}"`);
  });

  it("does not show an agent's identity where they have no name", async () => {
    const { guest, agent } = await withAgent();
    await centre.twilio.conversations.v1.users(agent).update({ friendlyName: agent });
    await centre.agentReplies(agent, "Hi");
    expect((await transcript(guest)).messages[0]).toMatchObject({ from: "agent", name: "", body: "Hi" });
  });

  it("tells of files by name, type and size", async () => {
    const { guest } = await withAgent();
    const content = Buffer.from("a lamp");
    const media = [{ contentType: "text/plain", filename: "lamp.txt", content }];
    await requireGuest(centre.simulator.world(), guest.identity).send({ media });
    expect((await transcript(guest)).messages[0]).toMatchObject({
      from: "guest",
      body: "",
      media: [{ contentType: "text/plain", filename: "lamp.txt", size: content.length }],
    });
  });

  it("says what has been read: the guest's words by an agent, all others by the guest", async () => {
    const { guest, agent } = await withAgent();
    await centre.agentReplies(agent, "Which lamp is it?");
    const read = async () =>
      Object.fromEntries((await transcript(guest)).messages.map((line) => [line.body, line.read]));
    expect(new Set(Object.values(await read()))).toEqual(new Set([false]));
    centre.simulator.agent(agent).read();
    expect(await read()).toMatchObject({ "My lamp is broken": true, "Which lamp is it?": false });
    requireGuest(centre.simulator.world(), guest.identity).read();
    await page.writes(guest, "The tall one");
    expect(await read()).toMatchObject({
      "My lamp is broken": true,
      "Which lamp is it?": true,
      "The tall one": false,
    });
    centre.simulator.agent(agent).read();
    expect(new Set(Object.values(await read()))).toEqual(new Set([true]));
    const readers = centre.state().conversations[0]?.messages.map(({ author, readBy }) => [author, readBy]);
    expect(readers?.at(-1)).toEqual([guest.identity, [agent]]);
    expect(readers?.at(-2)).toEqual([agent, [guest.identity]]);
  });

  it("comes in pages, each Message on one of them, however long the chat", async () => {
    const { guest } = await withAgent();
    for (let i = 0; i < 120; i += 1) {
      const message = { author: guest.identity, body: `#${i}`, source: "SDK" as const, webhooks: false };
      centre.simulator.world().conversations.addMessage(guest.conversationSid, message);
    }
    const pages: Line[][] = [];
    let older: string | undefined;
    do {
      const found = await transcript(guest, older ? { older } : {});
      pages.push(found.messages);
      older = found.older;
    } while (older && pages.length < 10);
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 23]);
    expect(pages.flat().map(({ index }) => index)).toEqual(Array.from({ length: 123 }, (_, i) => 122 - i));
  });

  it("refuses a page that is none", async () => {
    const { guest } = await withAgent();
    const answer = await page.call("transcript", { session: guest.session, older: "?Order=asc&x" });
    expect(answer).toMatchObject({ status: 400, body: { error: { field: "older" } } });
  });
});

describe("a guest who has gone", () => {
  it("is waited for until the Conversation's timers end it, and their session with it", async () => {
    const { guest } = await withAgent();
    await centre.agentLeaves();
    await centre.simulator.advance(9 * 86_400);
    const row = centre.state().conversations.find(({ sid }) => sid === guest.conversationSid);
    expect(row?.state).toBe("closed");
    expect((await page.call("refresh-token", { session: guest.session })).status).toBe(401);
  });

  it("shows how far they read", async () => {
    const { guest, agent } = await withAgent();
    await centre.agentReplies(agent, "Hi");
    const url = `http://127.0.0.1:${centre.simulator.port}/simulator/customers/${guest.identity}/read`;
    expect(await (await fetch(url, { method: "POST" })).json()).toEqual({ read: 4 });
    const member = await centre.twilio.conversations.v1
      .conversations(guest.conversationSid)
      .participants(guest.identity)
      .fetch();
    expect(member.lastReadMessageIndex).toBe(3);
  });
});
