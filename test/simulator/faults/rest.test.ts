import twilio from "twilio";
import { useInteractions } from "../interactions/use-interactions";

const flex = useInteractions();
const faults = () => flex.world.faults;
const create = (uniqueName: string) => flex.conversations.conversations.create({ uniqueName });
const names = () => flex.simulator.state().conversations.map(({ uniqueName }) => uniqueName);
const struck = () => flex.simulator.log.entries.filter(({ kind }) => kind === "fault");
const outcomeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: { status?: number; code?: unknown }) => error.status ?? error.code,
  );

describe("an operation that is refused", () => {
  it("is not done, and says why", async () => {
    faults().add({ operation: "CreateConversation", kind: "refused", status: 400, code: 50300 });
    await expect(create("one")).rejects.toMatchObject({ status: 400, code: 50300 });
    expect(names()).toEqual([]);
  });

  it("is refused without saying the kind, too", async () => {
    faults().add({ operation: "CreateConversation", status: 503 });
    await expect(create("one")).rejects.toMatchObject({ status: 503, code: 20500 });
  });

  it("for its rate says after how many seconds to come again", async () => {
    faults().add({ operation: "CreateConversation", kind: "refused", status: 429, retryAfter: 7 });
    const { account } = flex.simulator;
    const basic = Buffer.from(`${account.sid}:${account.authToken}`).toString("base64");
    const answer = await fetch("https://conversations.twilio.com/v1/Conversations", {
      method: "POST",
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams(),
    });
    expect([answer.status, answer.headers.get("retry-after"), await answer.json()]).toEqual([
      429,
      "7",
      expect.objectContaining({ code: 20429 }),
    ]);
  });
});

describe("a connection that is reset", () => {
  it("before the deed leaves nothing done", async () => {
    faults().add({ operation: "CreateConversation", kind: "reset before" });
    expect(await outcomeOf(create("one"))).toBe("ECONNRESET");
    expect(names()).toEqual([]);
  });

  it("after the deed leaves it done, and the caller without an answer", async () => {
    faults().add({ operation: "CreateConversation", kind: "reset after" });
    expect(await outcomeOf(create("one"))).toBe("ECONNRESET");
    expect(names()).toEqual(["one"]);
  });

  it("is a call without a status in the event log", async () => {
    faults().add({ operation: "CreateConversation", kind: "reset after" });
    await outcomeOf(create("one"));
    expect(flex.simulator.log.entries).toContainEqual(
      expect.objectContaining({ kind: "rest", name: "POST CreateConversation", status: 0 }),
    );
  });

  it("does not harm the next call", async () => {
    faults().add({ operation: "CreateConversation", kind: "reset before" });
    await outcomeOf(create("one"));
    expect(await outcomeOf(create("two"))).toBe("done");
  });
});

it.each([500, 503])("answers %s although the deed is done", async (status) => {
  faults().add({ operation: "CreateConversation", kind: "error after", status });
  await expect(create("one")).rejects.toMatchObject({ status });
  expect(names()).toEqual(["one"]);
});

it("answers 200 with JSON that breaks off although the deed is done", async () => {
  faults().add({ operation: "CreateConversation", kind: "malformed" });
  const { account } = flex.simulator;
  const raw = await twilio(account.sid, account.authToken).request({
    method: "post",
    uri: "https://conversations.twilio.com/v1/Conversations",
    data: { UniqueName: "one" },
  });
  expect(raw).toMatchObject({ statusCode: 200, body: expect.stringMatching(/^\{"/) });
  expect(() => JSON.parse(String(raw.body))).toThrow(SyntaxError);
  expect(names()).toEqual(["one"]);
});

it("makes Twilio's own SDK fail without a status when the answer breaks off", async () => {
  faults().add({ operation: "CreateConversation", kind: "malformed" });
  await expect(create("one")).rejects.toThrow(SyntaxError);
  expect(names()).toEqual(["one"]);
});

it("answers a call that it does slowly, in the end", async () => {
  faults().add({ operation: "CreateConversation", kind: "slow", ms: 30 });
  const creating = create("one");
  await flex.conversations.conversations.create({ uniqueName: "two" });
  expect((await creating).uniqueName).toBe("one");
  expect(names()).toContain("one");
  expect(struck()).toMatchObject([{ data: { kind: "slow", ms: 30 } }]);
});

it("resets the call of a program that is no Function when it should crash", async () => {
  faults().add({ operation: "CreateConversation", kind: "crash after" });
  expect(await outcomeOf(create("one"))).toBe("ECONNRESET");
  expect(names()).toEqual(["one"]);
});

it("keeps a failed deed to itself when its answer is lost", async () => {
  await create("one");
  faults().add({ operation: "CreateConversation", kind: "reset after" });
  expect(await outcomeOf(create("one"))).toBe("ECONNRESET");
  expect(names()).toEqual(["one"]);
});

describe("a fault", () => {
  it("lets as many calls pass as it was told to, then strikes as often as ordered", async () => {
    faults().add({ operation: "CreateConversation", kind: "refused", status: 500, after: 1, times: 2 });
    const outcomes = [];
    for (const name of ["one", "two", "three", "four"]) outcomes.push(await outcomeOf(create(name)));
    expect(outcomes).toEqual(["done", 500, 500, "done"]);
  });

  it("counts the calls that another fault strikes", async () => {
    faults().add({ operation: "CreateConversation", kind: "refused", status: 400 });
    faults().add({ operation: "CreateConversation", kind: "refused", status: 503, after: 1 });
    expect([await outcomeOf(create("one")), await outcomeOf(create("two"))]).toEqual([400, 503]);
  });

  it("for any call of a Function spares everybody else", async () => {
    faults().add({ operation: "*", kind: "refused", status: 500 });
    expect(await outcomeOf(create("one"))).toBe("done");
  });

  it("that strikes is one entry of the event log, with the SIDs it concerns", async () => {
    const conversationSid = await flex.conversation();
    faults().add({ operation: "FetchConversation", kind: "refused", status: 503, times: 5 });
    await outcomeOf(flex.conversations.conversations(conversationSid).fetch());
    expect(struck()).toEqual([
      expect.objectContaining({
        name: "refused: FetchConversation",
        conversationSid,
        data: { operation: "FetchConversation", kind: "refused", status: 503 },
      }),
    ]);
  });
});
