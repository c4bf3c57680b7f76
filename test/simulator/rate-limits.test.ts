import { useSimulator } from "./use-simulator";

const sim = useSimulator();
const all = () => sim.conversations.conversations;

/** The codes of those that were refused, of so many calls at once. */
async function codes(times: number, call: (n: number) => Promise<unknown>): Promise<unknown[]> {
  const outcomes = await Promise.allSettled(Array.from({ length: times }, (_, n) => call(n)));
  return outcomes.flatMap((outcome) =>
    outcome.status === "rejected" && outcome.reason.status === 429 ? [outcome.reason.code] : [],
  );
}

describe("writes to one Conversation", () => {
  let sid: string;
  beforeEach(async () => {
    ({ sid } = await all().create({ uniqueName: "one" }));
  });
  const post = (n: number) => all()(sid).messages.create({ body: String(n) });

  it("are thirty a second, and those beyond are not done", async () => {
    expect(await codes(33, post)).toEqual([50063, 50063, 50063]);
    expect(sim.world.conversations.messages(sid)).toHaveLength(30);
  });

  it("may be thirty more when the second is over", async () => {
    await codes(30, post);
    await sim.simulator.advance(1);
    expect(await codes(31, post)).toHaveLength(1);
  });

  it("count together, whatever they write and however it is named", async () => {
    await codes(28, post);
    await all()("one").update({ friendlyName: "Ana" });
    await all()(sid).participants.create({ identity: "ada" });
    await expect(post(31)).rejects.toMatchObject({ status: 429 });
  });

  it("do not count for another Conversation, and reading is free", async () => {
    await codes(30, post);
    const other = await all().create();
    await all()(other.sid).messages.create({ body: "Hello" });
    expect(await codes(40, () => all()(sid).fetch())).toEqual([]);
  });

  it("do not count when a fault kept them from being done", async () => {
    sim.world.faults.add({ operation: "CreateConversationMessage", status: 503, times: 10 });
    await codes(10, post);
    expect(await codes(30, post)).toEqual([]);
  });
});

it("lets a service have thirty new Conversations, Users and Roles a second, together", async () => {
  expect(await codes(29, () => all().create())).toEqual([]);
  await sim.conversations.users.create({ identity: "eve" });
  await expect(all().create()).rejects.toMatchObject({ status: 429, code: 50063 });
});

it("lets each service have its own", async () => {
  const { sid } = await sim.conversations.services.create({ friendlyName: "Other" });
  await codes(30, () => all().create());
  await sim.conversations.services(sid).conversations.create();
});

it("takes twenty calls a second of each Interactions operation", async () => {
  const { interaction } = sim.twilio.flexApi.v1;
  const none = interaction(`KD${"0".repeat(32)}`);
  expect(await codes(22, () => none.fetch())).toEqual([20429, 20429]);
  expect(await codes(1, () => none.channels.list())).toEqual([]);
});

it("takes twenty writes a second of a Sync Document, over ten seconds", async () => {
  const { documents } = sim.twilio.sync.v1.services("default");
  await documents.create({ uniqueName: "state", data: {} });
  expect(await codes(201, (n) => documents("state").update({ data: { n } }))).toEqual([54009]);
  await sim.simulator.advance(10);
  await documents("state").update({ data: {} });
});
