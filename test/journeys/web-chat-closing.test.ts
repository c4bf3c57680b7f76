import { requireGuest } from "../../src/simulator/levers/guests";
import type { Switches } from "../../src/simulator/switches";
import { everyByte, filesIn } from "../support/carried-files";
import { useContactCentre } from "../support/contact-centre";
import { type Pass, webChatPage } from "../support/web-chat";

const readings: Partial<Switches>[] = [
  { flexClosesConversationAt: "wrapup", flexCloseSendsStateEvent: false },
  { flexClosesConversationAt: "wrapup", flexCloseSendsStateEvent: true },
  { flexClosesConversationAt: "complete", flexCloseSendsStateEvent: false },
  { flexClosesConversationAt: "complete", flexCloseSendsStateEvent: true },
];

describe.each(readings)("a guest who writes while Flex closes (%j)", (switches) => {
  const centre = useContactCentre({ switches });
  const page = webChatPage(() => centre.simulator);

  async function withAgent() {
    const guest = await page.start({ topic: "support" });
    const name = centre.offeredTo() ?? "ada";
    await centre.agent(name, "accept");
    await centre.simulator.advance(60);
    return { guest, name, agent: centre.simulator.agent(name) };
  }

  const refresh = ({ session }: Pass) => page.call<Pass>("refresh-token", { session });
  const openTasks = () => centre.tasks().filter(({ status }) => ["pending", "reserved", "assigned"].includes(status));

  async function expectToGoOn(guest: Pass, body: string): Promise<Pass> {
    const { status, body: next } = await refresh(guest);
    expect(status).toBe(200);
    expect(next.conversationSid).not.toBe(guest.conversationSid);
    expect(next.identity).toBe(guest.identity);
    const { body: transcript } = await page.call<{
      conversationSid: string;
      messages: { body: string; from: string }[];
    }>("transcript", { session: guest.session });
    expect(transcript.conversationSid).toBe(next.conversationSid);
    expect(transcript.messages).toEqual([expect.objectContaining({ body, from: "guest" })]);
    expect(openTasks().map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining({
        team: "support",
        customerName: page.nameOf(guest),
        conversationSid: next.conversationSid,
        previousConversationSid: guest.conversationSid,
      }),
    ]);
    return next;
  }

  it("a second before: the page goes on in a successor, with the old session and with the new", async () => {
    const { guest, agent } = await withAgent();
    await page.writes(guest, "Wait, one more thing");
    agent.wrapUp();
    await centre.simulator.settled();
    agent.complete();
    await centre.simulator.settled();
    const next = await expectToGoOn(guest, "Wait, one more thing");
    await page.writes(next, "Are you there?");
    await centre.agent(centre.offeredTo() ?? "ada", "accept");
    const { status } = await refresh(next);
    expect(status).toBe(200);
    expect(openTasks()).toHaveLength(1);
  });

  it("with a file: it goes on byte for byte, and is in the transcript", async () => {
    const { guest, agent } = await withAgent();
    const lamp = { contentType: "image/png", filename: "my lamp.png", content: everyByte(40_000) };
    const levers = requireGuest(centre.simulator.world(), guest.identity);
    await levers.send({ body: "This one" });
    await levers.send({ media: [lamp] });
    agent.wrapUp();
    agent.complete();
    await centre.simulator.settled();
    const { body: next } = await refresh(guest);
    expect(filesIn(centre.simulator.world(), next.conversationSid)).toEqual(["This one", lamp]);
    const { body } = await page.call<{ messages: object[] }>("transcript", { session: next.session });
    const { contentType, filename, content } = lamp;
    expect(body.messages[0]).toMatchObject({ from: "guest", media: [{ contentType, filename, size: content.length }] });
    expect(openTasks()).toHaveLength(1);
  });

  it("during wrap-up: their words are not lost, where Twilio takes them at all", async () => {
    const { guest, agent } = await withAgent();
    agent.wrapUp();
    await centre.simulator.advance(20);
    const sent = await requireGuest(centre.simulator.world(), guest.identity)
      .send({ body: "Hello?" })
      .catch(() => undefined);
    await centre.simulator.settled();
    agent.complete();
    await centre.simulator.settled();
    expect(sent === undefined).toBe(centre.simulator.world().positions.flexClosesConversationAt === "wrapup");
    if (sent) await expectToGoOn(guest, "Hello?");
    else expect((await refresh(guest)).status).toBe(401);
  });

  it("and whose page asks before we have heard of the end: asking is enough", async () => {
    const { guest, agent } = await withAgent();
    await page.writes(guest, "Wait");
    centre.functionFails("/hooks/task-events", 20);
    centre.functionFails("/hooks/conversation-events", 20);
    centre.functionFails("/inbound/message-added", 20);
    agent.wrapUp();
    await centre.simulator.settled();
    agent.complete();
    await centre.simulator.settled();
    centre.simulator.world().faults.clear();
    const first = await refresh(guest);
    if (first.status !== 200) {
      // Nothing at all was heard: it is, when Flex deletes the Task.
      expect(first.body.error?.code ?? first.status).toBe("unauthenticated");
      await centre.simulator.advance(11 * 60);
    }
    await expectToGoOn(guest, "Wait");
  });

  it("not at all: has no successor, and the session ends with the chat", async () => {
    const { guest, name } = await withAgent();
    await centre.agent(name, "wrapUp");
    await centre.agent(name, "complete");
    expect((await refresh(guest)).status).toBe(401);
    expect(centre.state().conversations).toHaveLength(1);
  });
});
