import { Twilio } from "twilio";
import { deadlineIn } from "../../src/runtime/deadline";
import { DeadlineError, TwilioRefusal, TwilioUnclear } from "../../src/runtime/errors";
import { twilioError, withinDeadline } from "../../src/runtime/twilio-client";
import { redirectTwilioHosts } from "../../src/simulator/redirect/redirect-twilio";
import { type Simulator, startSimulator } from "../../src/simulator/simulator";

let simulator: Simulator;
let restore: () => void;
beforeAll(async () => {
  simulator = await startSimulator();
  restore = redirectTwilioHosts(simulator.port);
});
afterAll(async () => {
  restore();
  await simulator.stop();
});
beforeEach(() => simulator.reset());

const client = (ms = 5_000) =>
  withinDeadline(new Twilio(simulator.account.sid, simulator.account.authToken), deadlineIn(ms));
const fail = (operation: string, status: number, times: number) =>
  simulator.world().faults.add({ operation, status, times });
const calls = (operation: string) =>
  simulator.log.entries
    .filter(({ kind, name }) => kind === "rest" && name.endsWith(` ${operation}`))
    .map(({ status }) => status);

describe("a call to Twilio", () => {
  it("is repeated after a 429, since that was never processed", async () => {
    fail("CreateConversation", 429, 2);
    await client().conversations.v1.conversations.create({});
    expect(calls("CreateConversation")).toEqual([429, 429, 201]);
  });

  it("waits out a burst of others, and is given up after six times 429", async () => {
    fail("CreateConversation", 429, 6);
    const error = await client(20_000).conversations.v1.conversations.create({}).catch(twilioError);
    expect(error).toMatchObject({ code: "twilio_refused", twilioStatus: 429, twilioCode: 20429 });
    expect(calls("CreateConversation")).toHaveLength(6);
  });

  it("is given up after a 429 when there is no time to wait", async () => {
    fail("CreateConversation", 429, 3);
    const error = await client(60).conversations.v1.conversations.create({}).catch(twilioError);
    expect(error).toMatchObject({ twilioStatus: 429 });
    expect(calls("CreateConversation")).toEqual([429]);
  });

  it("that reads is repeated after a failure on Twilio's side", async () => {
    fail("ListConversation", 503, 2);
    await client().conversations.v1.conversations.list({ limit: 1 });
    expect(calls("ListConversation")).toEqual([503, 503, 200]);
  });

  it("that writes is not repeated after a failure: it may have taken effect", async () => {
    fail("CreateConversation", 500, 1);
    const error = await client().conversations.v1.conversations.create({}).catch(twilioError);
    expect(error).toBeInstanceOf(TwilioUnclear);
    expect(calls("CreateConversation")).toEqual([500]);
  });

  it("that Twilio refuses is a refusal with Twilio's code", async () => {
    const error = await client()
      .conversations.v1.conversations(`CH${"0".repeat(32)}`)
      .fetch()
      .catch(twilioError);
    expect(error).toBeInstanceOf(TwilioRefusal);
    expect(error).toMatchObject({ twilioStatus: 404, twilioCode: 50350 });
  });

  it("does not outlast the deadline of the request", async () => {
    simulator.world().latency.set("CreateConversation", 2_000);
    const error = await client(200).conversations.v1.conversations.create({}).catch(twilioError);
    expect(error).toBeInstanceOf(TwilioUnclear);
    expect(simulator.world().conversations.conversations.size).toBe(0);
    await simulator.settled();
  });

  it("is not begun when no time is left", async () => {
    const error = await client(0)
      .conversations.v1.conversations.create({})
      .catch((cause: unknown) => cause);
    expect(error).toMatchObject({ cause: expect.any(DeadlineError) });
    expect(calls("CreateConversation")).toEqual([]);
  });
});
