import type { Switches } from "../../src/simulator/switches";
import { everyByte, filesIn } from "../support/carried-files";
import { CUSTOMER, SMS_ADDRESS, useContactCentre } from "../support/contact-centre";

const readings: Partial<Switches>[] = [
  { flexClosesConversationAt: "wrapup", flexCloseSendsStateEvent: false },
  { flexClosesConversationAt: "wrapup", flexCloseSendsStateEvent: true },
  { flexClosesConversationAt: "complete", flexCloseSendsStateEvent: false },
  { flexClosesConversationAt: "complete", flexCloseSendsStateEvent: true },
];

const LAMP = { contentType: "image/jpeg", filename: "lamp ñ.jpg", content: everyByte(70_000) };
const BILL = { contentType: "application/pdf", filename: "bill & more.pdf", content: everyByte(3_000, 13) };

describe.each(readings)("a customer who writes while Flex closes (%j)", (switches) => {
  const centre = useContactCentre({ switches });

  async function withAgent() {
    await centre.customerSends("Hello");
    await centre.customerSends("2");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.simulator.advance(60);
    return centre.simulator.agent(agent);
  }

  const write = (body: string) => centre.simulator.world().phones.send({ from: CUSTOMER, to: SMS_ADDRESS, body });
  const openTasks = () => centre.tasks().filter(({ status }) => ["pending", "reserved", "assigned"].includes(status));
  const successor = () => centre.state().conversations.find(({ uniqueName }) => uniqueName?.startsWith("after."));
  const bodies = (sid = "") =>
    centre.simulator
      .world()
      .conversations.messages(sid)
      .map(({ body }) => body);

  it("a second before: the message goes on in a successor, with the last Task's routing and no menu", async () => {
    const agent = await withAgent();
    write("Wait, one more thing");
    await centre.simulator.settled();
    agent.wrapUp();
    await centre.simulator.settled();
    agent.complete();
    await centre.simulator.settled();
    expect(bodies(successor()?.sid)).toEqual(["Wait, one more thing"]);
    expect(openTasks()).toEqual([
      expect.objectContaining({
        attributes: expect.objectContaining({
          team: "support",
          conversationSid: successor()?.sid,
          previousConversationSid: centre.state().conversations[0]?.sid,
        }),
      }),
    ]);
    expect(centre.state().conversations[0]?.state).toBe("closed");
  });

  it("at the same moment: nothing is lost, and the customer's next message stays in the same place", async () => {
    const agent = await withAgent();
    agent.wrapUp();
    write("Are you still there?");
    await centre.simulator.settled();
    agent.complete();
    await centre.simulator.settled();
    await centre.simulator.advance(11 * 60);
    const said = centre
      .state()
      .conversations.slice(1)
      .flatMap(({ sid }) => bodies(sid));
    expect(said.filter((body) => body === "Are you still there?")).toHaveLength(1);
    expect(openTasks().length + centre.state().executions.filter(({ status }) => status === "active").length).toBe(1);
  });

  it("during wrap-up: the doomed Conversation is closed and the message goes on", async () => {
    const agent = await withAgent();
    agent.wrapUp();
    await centre.simulator.settled();
    await centre.simulator.advance(20);
    await centre.customerSends("I forgot something");
    agent.complete();
    await centre.simulator.settled();
    expect(centre.state().conversations[0]?.state).toBe("closed");
    expect(centre.state().conversations.filter(({ state }) => state !== "closed")).toHaveLength(1);
    expect(
      centre
        .state()
        .conversations.slice(1)
        .flatMap(({ sid }) => bodies(sid)),
    ).toContain("I forgot something");
  });

  it("a second after: they are served anew, once", async () => {
    const agent = await withAgent();
    agent.wrapUp();
    agent.complete();
    await centre.simulator.settled();
    await centre.simulator.advance(1);
    await centre.customerSends("Me again");
    await centre.simulator.advance(11 * 60);
    const live = centre.state().conversations.filter(({ state }) => state !== "closed");
    expect(live).toHaveLength(1);
    expect(bodies(live[0]?.sid)).toContain("Me again");
  });

  it("an answer that came well before the end makes no second Task", async () => {
    const agent = await withAgent();
    agent.reply("Anything else?");
    await centre.simulator.settled();
    await centre.customerSends("no, thanks");
    await centre.simulator.advance(10);
    agent.wrapUp();
    agent.complete();
    await centre.simulator.settled();
    await centre.simulator.advance(11 * 60);
    expect(centre.state().conversations).toHaveLength(1);
    expect(openTasks()).toEqual([]);
  });

  it("a farewell typed after a late message does not hide it", async () => {
    const agent = await withAgent();
    write("Oh, and the other lamp?");
    agent.reply("Goodbye!");
    agent.wrapUp();
    agent.complete();
    await centre.simulator.settled();
    expect(bodies(successor()?.sid)).toEqual(["Oh, and the other lamp?"]);
    expect(openTasks()).toHaveLength(1);
  });

  it("several late messages make one successor, in their order, and none reaches the customer's own phone", async () => {
    const agent = await withAgent();
    const before = centre.heard().length;
    for (const body of ["One", "Two", "Three"]) write(body);
    agent.wrapUp();
    agent.complete();
    await centre.simulator.settled();
    await centre.simulator.advance(11 * 60);
    expect(bodies(successor()?.sid)).toEqual(["One", "Two", "Three"]);
    expect(openTasks()).toHaveLength(1);
    expect(centre.heard()).toHaveLength(before);
  });

  it("files go on, byte for byte, among the words they came with", async () => {
    const agent = await withAgent();
    const before = centre.heard().length;
    const { phones } = centre.simulator.world();
    write("Look at this");
    phones.send({ from: CUSTOMER, to: SMS_ADDRESS, body: "Both of them", media: [LAMP, BILL] });
    write("Well?");
    agent.wrapUp();
    agent.complete();
    await centre.simulator.settled();
    expect(filesIn(centre.simulator.world(), successor()?.sid)).toEqual([
      "Look at this",
      "Both of them",
      LAMP,
      BILL,
      "Well?",
    ]);
    expect(openTasks()).toHaveLength(1);
    expect(centre.heard()).toHaveLength(before);
  });

  it("the agent of the successor answers, and the customer's reply stays with them", async () => {
    const agent = await withAgent();
    write("One more thing");
    agent.wrapUp();
    agent.complete();
    await centre.simulator.settled();
    const next = centre.offeredTo() ?? "ada";
    await centre.agent(next, "accept");
    await centre.agentReplies(next, "Yes?");
    expect(centre.heard().at(-1)).toBe("Yes?");
    await centre.customerSends("Thanks!");
    expect(bodies(successor()?.sid)).toEqual(["One more thing", "Yes?", "Thanks!"]);
  });
});

describe("a customer who writes during wrap-up", () => {
  const centre = useContactCentre({ switches: { flexClosesConversationAt: "complete" } });

  const write = (body: string) => centre.simulator.world().phones.send({ from: CUSTOMER, to: SMS_ADDRESS, body });
  const carriedOver = () => {
    const successor = centre.state().conversations.find(({ uniqueName }) => uniqueName?.startsWith("after."));
    return centre.simulator
      .world()
      .conversations.messages(successor?.sid ?? "")
      .map(({ body }) => body);
  };

  async function wrappingUp() {
    await centre.customerSends("Hello");
    await centre.customerSends("2");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.simulator.advance(60);
    await centre.agent(agent, "wrapUp");
    await centre.simulator.advance(20);
  }

  it("twice, the second time as the first message is carried over: both go on", async () => {
    await wrappingUp();
    centre.simulator.world().faults.add({ operation: "ListConversationParticipant", kind: "slow", ms: 600 });
    write("I forgot something");
    await new Promise((resolve) => setTimeout(resolve, 300));
    write("Namely the lamp");
    await centre.simulator.settled();
    expect(carriedOver()).toEqual(["I forgot something", "Namely the lamp"]);
  });

  it("nothing at all: a file is said in its place, and they go on", async () => {
    await wrappingUp();
    const { conversationSid } = await write("My lamp");
    const picture = centre.simulator.world().conversations.messages(conversationSid).at(-1);
    if (picture) picture.body = "";
    await centre.simulator.settled();
    expect(carriedOver()).toEqual([expect.stringContaining("file")]);
    expect(centre.tasks().filter(({ status }) => ["pending", "reserved"].includes(status))).toHaveLength(1);
  });

  const successorSid = () =>
    centre.state().conversations.find(({ uniqueName }) => uniqueName?.startsWith("after."))?.sid;
  const carried = () => filesIn(centre.simulator.world(), successorSid());
  const A_FILE = expect.stringContaining("file");
  const send = (...media: (typeof LAMP)[]) =>
    centre.simulator.world().phones.send({ from: CUSTOMER, to: SMS_ADDRESS, media });
  const waiting = () => centre.tasks().filter(({ status }) => ["pending", "reserved"].includes(status));

  it("a file that cannot be carried: it is said in its place, and they go on", async () => {
    await wrappingUp();
    centre.twilioFails("FetchMediaDirectly", 403);
    await send(LAMP);
    await centre.simulator.settled();
    expect(carried()).toEqual([A_FILE]);
    const [before] = centre.state().media;
    const [said] = centre.simulator.world().conversations.messages(successorSid() ?? "");
    expect(JSON.parse(said?.attributes ?? "{}")).toMatchObject({ file: { shown: false, mediaSid: before?.sid } });
    expect(said?.body).not.toMatch(/http|www|\.jpg/);
    expect(waiting()).toHaveLength(1);
  });

  it.each(["FetchMedia", "FetchMediaDirectly", "CreateMedia"])(
    "a file that fails at %s for a moment: it goes on once",
    async (operation) => {
      await wrappingUp();
      centre.simulator.world().faults.add({ operation, kind: "reset after" });
      await send(LAMP);
      await centre.simulator.settled();
      expect(carried()).toEqual([LAMP]);
    },
  );

  it("files, and whoever carries them dies halfway: nothing is carried twice", async () => {
    await wrappingUp();
    centre.simulator.world().faults.add({ operation: "CreateConversationMessage", kind: "crash after", after: 1 });
    centre.simulator.world().phones.send({ from: CUSTOMER, to: SMS_ADDRESS, body: "Both", media: [LAMP, BILL] });
    await centre.simulator.settled();
    await centre.simulator.advance(21 * 60);
    expect(carried()).toEqual(["Both", LAMP, BILL]);
    expect(waiting()).toHaveLength(1);
  });

  it("a file that Flex may not show: its words go with it", async () => {
    await wrappingUp();
    const card = { contentType: "text/vcard", filename: "ana.vcf", content: Buffer.from("BEGIN:VCARD") };
    await send(card);
    await centre.simulator.settled();
    expect(carried()).toEqual([card]);
    const [message] = centre.simulator.world().conversations.messages(successorSid() ?? "");
    const { file } = JSON.parse(message?.attributes ?? "{}") as { file?: object };
    expect(file).toMatchObject({ shown: false, mediaSid: message?.media[0]?.sid, type: "text/vcard" });
  });
});
