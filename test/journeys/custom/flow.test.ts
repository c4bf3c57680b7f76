import { defaultHours, openingAt } from "../../../src/config/hours";
import { useContactCentre } from "../../support/contact-centre";
import { CUSTOM_CHANNELS, customTalks } from "../../support/custom-talks";

const GREETING = "Hello, and thank you for writing to us.";
const MENU = "What can we help you with?";
const MENU_AGAIN = "Sorry, we did not get that.";
const CONNECTING = "Thank you. A colleague will answer you here.";
const CLOSED = "We are closed at the moment.";
const TROUBLE = "Something went wrong on our side.";
const PICTURE = { contentType: "image/jpeg", content: Buffer.from("\xff\xd8\xff\xe0\0\x10JFIF\0 lamp", "latin1") };

describe.each(CUSTOM_CHANNELS)("a customer who meets the Flow of $channel", ({ channel, customer, says, refusals }) => {
  const centre = useContactCentre();
  const talks = customTalks(centre);
  const world = () => centre.simulator.world();
  const write = (...texts: string[]) =>
    texts.reduce((before, text) => before.then(() => talks.writes(customer, text)), Promise.resolve());
  const send = (sent: { body?: string; media?: (typeof PICTURE)[] }) =>
    world().platforms.customer(customer)?.send(sent);
  /** How each thing began that the Flow said. */
  const heard = () =>
    talks.heard(customer).map(({ body }) => {
      const known = [GREETING, MENU, MENU_AGAIN, CONNECTING, CLOSED, TROUBLE];
      return known.find((beginning) => body.startsWith(beginning)) ?? body;
    });
  const teams = () => centre.tasks().map(({ attributes }) => attributes.team);
  const document = () => centre.state().documents.find(({ uniqueName }) => uniqueName?.startsWith("conversation."));
  const executions = () => centre.state().executions.map(({ status }) => status);

  /** Does something in the moment in which the customer hears this. */
  function when(beginning: string, deed: () => void): void {
    const stop = centre.simulator.log.subscribe(({ name, data }) => {
      if (name !== "receives" || !String(data?.body).startsWith(beginning)) return;
      stop();
      deed();
    });
  }

  it("is greeted and asked for a team; the answer makes one Task with what the Flow learned", async () => {
    await write("Hello");
    expect(heard()).toEqual([GREETING, MENU]);
    expect(document()?.data).toMatchObject({ state: "flow", step: { name: "team", asked: 1 } });
    expect(centre.tasks()).toEqual([]);
    await write("2");
    expect(heard()).toEqual([GREETING, MENU, CONNECTING]);
    expect(centre.tasks().map(({ attributes }) => attributes)).toMatchObject([
      { team: "support", channel, customerAddress: customer, customer: "new", hours: "open", language: "en" },
    ]);
    expect(document()?.data).toMatchObject({ state: "open" });
    expect(executions()).toEqual(["ended", "ended"]);
  });

  it("is asked again twice at most, then goes to an agent", async () => {
    await write("Hello", "hm?", "what");
    expect(heard()).toEqual([GREETING, MENU, MENU_AGAIN, MENU_AGAIN]);
    expect(centre.tasks()).toEqual([]);
    await write("I do not know");
    expect(heard().at(-1)).toBe(CONNECTING);
    expect(teams()).toEqual(["general"]);
  });

  it("and says nothing goes to an agent after 15 minutes, by name and language", async () => {
    await write("Hello");
    await centre.simulator.advance(14 * 60);
    expect(centre.tasks()).toEqual([]);
    await centre.simulator.advance(2 * 60);
    expect(centre.tasks().map(({ attributes }) => attributes)).toMatchObject([{ channel, customerAddress: customer }]);
    expect(heard()).toEqual([GREETING, MENU]);
  });

  it("and answers while it still speaks is taken at their word", async () => {
    // Long enough for the answer to be there before the menu is.
    talks.fails(says, { kind: "slow", ms: 800, after: 1 });
    when(GREETING, () => send({ body: "2" }));
    await write("Hello");
    expect(heard()).toEqual([GREETING, MENU, CONNECTING]);
    expect(teams()).toEqual(["support"]);
    expect(executions()).toEqual(["ended"]);
  });

  it("and writes something else while it speaks has been asked, and is awaited", async () => {
    talks.fails(says, { kind: "slow", ms: 800, after: 1 });
    when(GREETING, () => send({ body: "My lamp is broken" }));
    await write("Hello");
    expect(heard()).toEqual([GREETING, MENU]);
    await write("1");
    expect(teams()).toEqual(["sales"]);
  });

  it("by two messages at once is greeted once, and has one Task in the end", async () => {
    send({ body: "Hello" });
    send({ body: "My lamp is broken" });
    await centre.simulator.settled();
    expect(heard().filter((words) => words === GREETING)).toHaveLength(1);
    expect(centre.state().conversations).toHaveLength(1);
    await write("2");
    expect(teams()).toEqual(["support"]);
  });

  it("by a file is thanked for it, and by a file at the menu goes to an agent", async () => {
    send({ media: [PICTURE] });
    await centre.simulator.settled();
    expect(talks.heard(customer)[0]?.body).toContain("Your file has reached us.");
    send({ media: [PICTURE] });
    await centre.simulator.settled();
    expect(heard()).not.toContain(MENU_AGAIN);
    expect(teams()).toEqual(["general"]);
  });

  it("at night is told so once, and has a Task that lives past the opening", async () => {
    const { clock } = centre.simulator;
    const { closesAt } = openingAt(defaultHours, clock.now());
    if (closesAt) await centre.simulator.advance((closesAt.getTime() - clock.ms()) / 1000 + 3600);
    await write("Anyone there?", "Hello?");
    expect(heard()).toEqual([CLOSED]);
    expect(centre.tasks()).toMatchObject([{ timeout: 604_800, attributes: { hours: "closed" } }]);
  });

  it("and speaks Spanish is spoken to in Spanish", async () => {
    const { telegram, viber } = world().platforms;
    telegram.customer(customer)?.is({ language: "es" });
    viber.customer(customer)?.is({ language: "es-MX" });
    await write("Hola", "ventas");
    expect(talks.heard(customer).map(({ body }) => body)).toMatchObject([
      "Hola, gracias por escribirnos.",
      expect.stringContaining("Ventas"),
      "Gracias. Un compañero le responderá aquí.",
    ]);
    expect(centre.tasks()[0]?.attributes).toMatchObject({ language: "es", team: "sales" });
  });

  it("hears nothing of it while an agent has them, though Studio still hears every message", async () => {
    await write("Hello", "2");
    await centre.agent(centre.offeredTo() ?? "ada", "accept");
    const before = heard().length;
    await write("It is the green one", "1");
    expect(heard()).toHaveLength(before);
    expect(centre.tasks()).toHaveLength(1);
  });

  it("and comes back after the close is known, in their next Conversation", async () => {
    await write("Hello", "2");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.agent(agent, "complete");
    await centre.simulator.advance(5);
    await write("Me again");
    expect(talks.heard(customer).at(-2)?.body).toBe("Welcome back.");
    expect(heard().at(-1)).toBe(MENU);
    expect(talks.live(customer)?.uniqueName).toBe(`${customer}.2`);
    await write("1");
    expect(teams()).toEqual(["support", "sales"]);
  });

  it("and is on the block list hears nothing, and makes no Task", async () => {
    const settings = { uniqueName: "settings", data: { blocked: [customer] } };
    await centre.twilio.sync.v1.services("default").documents.create(settings);
    await centre.simulator.advance(61);
    await write("Buy this", "2");
    await centre.simulator.advance(30 * 60);
    expect(heard()).toEqual([]);
    expect(centre.tasks()).toEqual([]);
  });

  describe("when something fails on the way", () => {
    it.each(["/studio/customer-context", "/studio/say"])("%s down: goes to an agent", async (path) => {
      centre.functionFails(path, 10);
      await write("Hello");
      expect(centre.tasks()).toHaveLength(1);
    });

    it("/studio/opening-hours down: gets the menu and an agent", async () => {
      centre.functionFails("/studio/opening-hours", 10);
      await write("Hello", "1");
      expect(heard()).toEqual([GREETING, MENU, CONNECTING]);
      expect(teams()).toEqual(["sales"]);
    });

    it.each([
      ["takes nothing for a minute", { ...refusals.rateLimited, retryAfter: 60 }],
      ["refuses what it says", refusals.refused],
    ])("the platform %s: goes to an agent", async (_, refusal) => {
      talks.fails(says, { ...refusal, times: 20 });
      await write("Hello");
      expect(heard()).toEqual([]);
      expect(teams()).toEqual(["general"]);
    });

    it("the Flow was changed while it waited, and knows no such step: goes to an agent", async () => {
      await write("Hello");
      const flow = centre.twilio.studio.v2.flows(String(document()?.data.flowSid));
      const { definition } = await flow.fetch();
      const changed = JSON.parse(JSON.stringify(definition).replaceAll('"value":"team"', '"value":"department"'));
      await flow.update({ status: "published", definition: changed });
      await write("2");
      expect(heard().at(-1)).toBe(CONNECTING);
      expect(teams()).toEqual(["general"]);
    });

    it("Studio does not start at the answer: goes to an agent when the time is up", async () => {
      await write("Hello");
      const conversation = talks.live(customer);
      const hook = conversation?.webhooks.find(({ target }) => target === "studio");
      await centre.twilio.conversations.v1
        .conversations(conversation?.sid ?? "")
        .webhooks(hook?.sid ?? "")
        .remove();
      await write("2");
      expect(centre.tasks()).toEqual([]);
      await centre.simulator.advance(21 * 60);
      expect(centre.tasks()).toHaveLength(1);
    });

    it("Send to Flex refused: the Function takes over within the same Execution", async () => {
      await write("Hello");
      centre.twilioFails("widget send-to-flex", 500);
      await write("2");
      expect(teams()).toEqual(["support"]);
      expect(centre.tasks()[0]?.attributes).toMatchObject({ channel, customerAddress: customer });
      expect(centre.callsOf("CreateInteraction")).toHaveLength(1);
    });

    it("Send to Flex and the Function refused: hears so, and is routed five minutes later", async () => {
      await write("Hello");
      centre.twilioFails("widget send-to-flex", 500);
      centre.twilioFails("CreateInteraction", 400);
      await write("2");
      expect(heard().at(-1)).toBe(TROUBLE);
      expect(centre.tasks()).toEqual([]);
      await centre.simulator.advance(301);
      expect(centre.tasks()).toHaveLength(1);
    });

    it("and they write again before that: are routed once", async () => {
      await write("Hello");
      centre.twilioFails("widget send-to-flex", 500);
      centre.twilioFails("CreateInteraction", 400);
      await write("2");
      await centre.simulator.advance(60);
      await write("Hello?", "2");
      await centre.simulator.advance(21 * 60);
      expect(centre.tasks()).toHaveLength(1);
    });
  });
});
