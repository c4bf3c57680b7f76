import { CUSTOMER, SENDER } from "../use-simulator";
import { useResponsibility } from "./use-responsibility";

const desk = useResponsibility();

let sid: string;
beforeEach(async () => {
  sid = await desk.conversation();
});

/** An agent answers; some time later they end the chat. */
async function answered(): Promise<void> {
  await desk.writes();
  await desk.accepted(sid);
  await desk.simulator.advance(60);
}

async function ends(): Promise<void> {
  desk.simulator.agent("ada").complete();
  await desk.simulator.settled();
}

describe("a closed Conversation", () => {
  it("needs nobody when the customer had been silent as its channel closed", async () => {
    await answered();
    await ends();
    expect(desk.who()).toEqual(["closed"]);
    expect(desk.left()).toEqual([]);
  });

  it("needs nobody when the customer wrote four seconds before", async () => {
    await answered();
    await desk.writes("Thanks");
    await desk.simulator.advance(4);
    await ends();
    expect(desk.who()).toEqual(["closed"]);
  });

  it("has lost the customer who wrote in the last three seconds", async () => {
    await answered();
    await desk.writes("One more thing");
    await desk.simulator.advance(2);
    await ends();
    expect(desk.left()).toMatchObject([
      { conversationSid: sid, who: "late message", detail: expect.stringMatching(/^#1 /) },
    ]);
  });

  it("is judged by the time it closed itself when its channel never did", async () => {
    await answered();
    await desk.writes("Hello?");
    desk.close(sid);
    expect(desk.who()).toEqual(["late message"]);
  });

  it("is judged alike after its Task is deleted", async () => {
    await answered();
    await ends();
    await desk.simulator.advance(601);
    expect(desk.simulator.state().tasks).toEqual([]);
    expect(desk.who()).toEqual(["closed"]);
  });
});

describe("a late message", () => {
  beforeEach(async () => {
    await answered();
    await desk.writes("One more thing");
    await desk.writes("And another");
    await ends();
    expect(desk.who()).toEqual(["late message"]);
  });
  const late = ["One more thing", "And another"];

  it.each([
    ["its unique name", () => desk.successor({}, late, `after.${sid}`)],
    ["its attributes", () => desk.successor({ previousConversationSid: sid }, late)],
    ["our notes about it", async () => desk.note(await desk.successor({}, late), { state: "open", previous: sid })],
  ])("is in good hands in a successor that is known by %s", async (_, succeed) => {
    await succeed();
    expect(desk.who()).toEqual(["closed", "queue"]);
  });

  it("is lost while a successor lacks one of several", async () => {
    await desk.successor({}, ["One more thing"], `after.${sid}`);
    expect(desk.left()).toMatchObject([{ conversationSid: sid, detail: expect.stringMatching(/^#2 /) }]);
  });

  it("is not saved by a Conversation that is no successor", async () => {
    await desk.successor({}, late, "another");
    expect(desk.who()).toEqual(["late message", "queue"]);
  });

  it("counts once for each time it was written", async () => {
    const again = await desk.conversations.conversations.create({ uniqueName: `after.${sid}` });
    await desk.conversations.conversations(again.sid).participants.create({
      "messagingBinding.address": CUSTOMER,
      "messagingBinding.proxyAddress": SENDER,
    });
    await desk.conversations.conversations(again.sid).messages.create({ author: CUSTOMER, body: "And another" });
    expect(desk.verdictOn(sid)).toMatchObject({ detail: expect.stringMatching(/^#1 /) });
  });
});

describe("a Conversation that is closed before any agent had the customer", () => {
  it("has let them down when their words are the last", async () => {
    await desk.writes();
    desk.close(sid);
    expect(desk.left()).toMatchObject([{ who: "nobody", detail: expect.stringContaining("without a notice") }]);
  });

  it("needs nobody when they were told", async () => {
    await desk.writes();
    desk.says(sid, "Nobody could answer you.");
    desk.close(sid);
    expect(desk.who()).toEqual(["closed"]);
  });

  it("needs nobody when they said a last word after the notice", async () => {
    await desk.writes();
    desk.says(sid, "Nobody could answer you.", { notice: "gave-up" });
    await desk.writes("Pity");
    desk.close(sid);
    expect(desk.who()).toEqual(["closed"]);
  });

  it("needs nobody when a successor has their last words", async () => {
    await desk.writes("Anyone?");
    desk.close(sid);
    await desk.successor({}, ["Anyone?"], `after.${sid}`);
    expect(desk.who()).toEqual(["closed", "queue"]);
  });
});

describe("where Flex closes the Conversation at complete", () => {
  const later = useResponsibility({ flexClosesConversationAt: "complete" });

  async function wrapsUp(): Promise<void> {
    const open = await later.conversation();
    await later.accepted(open);
    await later.simulator.advance(60);
    later.simulator.agent("ada").wrapUp();
    await later.simulator.settled();
  }

  it("it is closing while the agent wraps up", async () => {
    await wrapsUp();
    expect(later.who()).toEqual(["closing"]);
  });

  it("a message into it meanwhile is late", async () => {
    await wrapsUp();
    await later.writes("Wait!");
    expect(later.who()).toEqual(["late message"]);
  });
});
