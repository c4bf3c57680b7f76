import { defaultHours, openingAt } from "../../src/config/hours";
import { CUSTOMER, useContactCentre } from "../support/contact-centre";

const centre = useContactCentre();

const CLOSED = "We are closed at the moment.";
const MENU = "What can we help you with?";
const MENU_AGAIN = "Sorry, we did not get that.";

async function goToNight(): Promise<void> {
  const { clock } = centre.simulator;
  const { closesAt } = openingAt(defaultHours, clock.now());
  if (closesAt) await centre.simulator.advance((closesAt.getTime() - clock.ms()) / 1000 + 3600);
}

const starts = (beginning: string) => (body: string) => body.startsWith(beginning);

describe("an SMS in opening hours", () => {
  it("is greeted, asked for a team, and becomes one Task with what the Flow learned", async () => {
    await centre.customerSends("Hello");
    await centre.customerSends(" Support ");
    expect(centre.heard()).toEqual([
      "Hello, and thank you for writing to us.",
      expect.stringContaining(MENU),
      "Thank you. A colleague will answer you here.",
    ]);
    const [conversation] = centre.state().conversations;
    const [interaction] = centre.state().interactions;
    expect(centre.tasks()).toEqual([
      expect.objectContaining({
        status: "reserved",
        timeout: 86_400,
        attributes: expect.objectContaining({
          team: "support",
          customer: "new",
          language: "en",
          hours: "open",
          channelType: "sms",
          customerAddress: CUSTOMER,
          customerName: CUSTOMER,
          customers: { name: CUSTOMER, phone: CUSTOMER },
          conversationSid: conversation?.sid,
          flexInteractionSid: interaction?.sid,
          initiatedBy: "customer",
          direction: "inbound",
        }),
      }),
    ]);
  });

  it("reaches an agent who accepts, answers on the customer's phone, wraps up and completes", async () => {
    await centre.customerSends("Hello");
    await centre.customerSends("1");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.agentReplies(agent, "Hi, how can I help?");
    expect(centre.heard().at(-1)).toBe("Hi, how can I help?");
    await centre.agent(agent, "wrapUp");
    expect(centre.tasks()[0]?.status).toBe("wrapping");
    await centre.agent(agent, "complete");
    expect(centre.tasks()[0]?.status).toBe("completed");
    expect(centre.state().conversations).toEqual([expect.objectContaining({ state: "closed" })]);
    expect(centre.state().channels).toEqual([expect.objectContaining({ status: "closed" })]);
  });

  it("keeps the Flow silent while an agent has the customer, though Studio still hears every message", async () => {
    await centre.customerSends("Hello");
    await centre.customerSends("1");
    await centre.agent(centre.offeredTo() ?? "ada", "accept");
    const before = centre.heard().length;
    await centre.customerSends("And another thing");
    expect(centre.heard()).toHaveLength(before);
    expect(centre.tasks()).toHaveLength(1);
  });

  it("starts a new Conversation for a customer who returns after the close, and knows them", async () => {
    await centre.customerSends("Hello");
    await centre.customerSends("1");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.agent(agent, "complete");
    await centre.customerSends("Me again");
    expect(centre.state().conversations.map(({ state }) => state)).toEqual(["closed", "active"]);
    expect(centre.heard()).toContain("Welcome back.");
  });

  it("speaks the language the Conversation is marked with", async () => {
    await centre.customerSends("Hola");
    const conversation = centre.state().conversations[0]?.sid ?? "";
    await centre.twilio.conversations.v1.conversations(conversation).update({ attributes: '{"language":"es-MX"}' });
    const { executions } = centre.state();
    await centre.twilio.studio.v2
      .flows(executions[0]?.flowSid ?? "")
      .executions(executions[0]?.sid ?? "")
      .update({ status: "ended" });
    await centre.customerSends("Otra vez");
    expect(centre.heard().at(-1)).toContain("¿En qué podemos ayudarle?");
  });
});

describe("the menu", () => {
  it("is asked again twice at most, then the customer goes to an agent", async () => {
    for (const body of ["Hello", "hm?", "no idea", "just help me"]) await centre.customerSends(body);
    expect(centre.heard().filter(starts(MENU_AGAIN))).toHaveLength(2);
    expect(centre.tasks()).toEqual([
      expect.objectContaining({ attributes: expect.objectContaining({ team: "general" }) }),
    ]);
  });

  it("takes an answer at the second try", async () => {
    for (const body of ["Hello", "hm?", "2"]) await centre.customerSends(body);
    expect(centre.tasks()[0]?.attributes.team).toBe("support");
  });

  it("gives up waiting after 15 minutes and takes the customer to an agent", async () => {
    await centre.customerSends("Hello");
    await centre.simulator.advance(899);
    expect(centre.tasks()).toEqual([]);
    await centre.simulator.advance(2);
    expect(centre.tasks()).toHaveLength(1);
  });
});

describe("outside opening hours", () => {
  it("tells the customer once, and makes the Task at once with a life past the next opening", async () => {
    await goToNight();
    await centre.customerSends("Anyone there?");
    await centre.customerSends("Hello?");
    expect(centre.heard().filter(starts(CLOSED))).toHaveLength(1);
    const { opensAt } = openingAt(defaultHours, centre.simulator.clock.now());
    const [task] = centre.tasks();
    expect(task?.attributes.hours).toBe("closed");
    expect(Number(task?.createdAt.getTime()) + Number(task?.timeout) * 1000).toBeGreaterThan(
      Number(opensAt?.getTime()),
    );
    expect(centre.tasks()).toHaveLength(1);
  });

  it("tells them once in twelve hours, also when an agent has closed the Conversation in between", async () => {
    await goToNight();
    await centre.customerSends("Anyone there?");
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    await centre.agent(agent, "complete");
    await centre.customerSends("Still there?");
    expect(centre.heard().filter(starts(CLOSED))).toHaveLength(1);
    expect(centre.tasks().filter(({ status }) => status === "reserved")).toHaveLength(1);
    const second = centre.offeredTo() ?? "ada";
    await centre.agent(second, "accept");
    await centre.agent(second, "complete");
    await centre.simulator.advance(24 * 3600);
    await centre.customerSends("Tomorrow night");
    expect(centre.heard().filter(starts(CLOSED))).toHaveLength(2);
  });

  it("follows the hours an administrator sets in Sync, a minute later at most, without a deployment", async () => {
    const always = Object.fromEntries(
      ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].map((day) => [day, [["00:00", "24:00"]]]),
    );
    const hours = { timeZone: "Europe/Berlin", week: always, holidays: [] };
    await centre.twilio.sync.v1.services("default").documents.create({ uniqueName: "settings", data: { hours } });
    await goToNight();
    await centre.customerSends("Anyone there?");
    expect(centre.heard().filter(starts(CLOSED))).toEqual([]);
    expect(centre.heard().at(-1)).toContain(MENU);
  });
});

describe("when something fails on the way", () => {
  it.each(["/studio/customer-context", "/studio/opening-hours"])(
    "%s down: the customer still gets the menu and an agent",
    async (path) => {
      centre.functionFails(path, 10);
      await centre.customerSends("Hello");
      expect(centre.heard().at(-1)).toContain(MENU);
      await centre.customerSends("1");
      expect(centre.tasks()).toEqual([
        expect.objectContaining({ attributes: expect.objectContaining({ team: "sales" }) }),
      ]);
    },
  );

  it("Send to Flex refused: the Function takes over within the same Execution", async () => {
    await centre.customerSends("Hello");
    centre.twilioFails("widget send-to-flex", 500);
    await centre.customerSends("2");
    expect(centre.tasks()).toEqual([
      expect.objectContaining({ attributes: expect.objectContaining({ team: "support" }) }),
    ]);
    expect(centre.callsOf("CreateInteraction")).toHaveLength(1);
  });

  it("Send to Flex refused at night: the Function's Task lives past the opening too", async () => {
    await goToNight();
    centre.twilioFails("widget send-to-flex", 500);
    await centre.customerSends("Anyone there?");
    expect(centre.tasks()).toEqual([expect.objectContaining({ timeout: 604_800 })]);
  });

  it("Send to Flex and the Function refused: the customer hears so, and the Flow tries again by itself", async () => {
    await centre.customerSends("Hello");
    centre.twilioFails("widget send-to-flex", 500);
    centre.twilioFails("CreateInteraction", 400);
    await centre.customerSends("2");
    expect(centre.heard().at(-1)).toContain("Something went wrong on our side");
    expect(centre.tasks()).toEqual([]);
    await centre.simulator.advance(301);
    expect(centre.tasks()).toHaveLength(1);
  });

  it("the route stays closed: the Flow ends after its tries, and the customer's next message starts it again", async () => {
    await centre.customerSends("Hello");
    centre.twilioFails("widget send-to-flex", 500);
    centre.twilioFails("CreateInteraction", 400, 4);
    await centre.customerSends("2");
    for (let i = 0; i < 3; i += 1) await centre.simulator.advance(301);
    expect(centre.state().executions.map(({ status }) => status)).toEqual(["ended"]);
    await centre.customerSends("Hello?");
    await centre.customerSends("2");
    expect(centre.tasks()).toHaveLength(1);
  });

  it("Sync is down: the customer reaches an agent all the same, once", async () => {
    for (const operation of ["FetchDocument", "CreateDocument", "UpdateDocument"])
      centre.twilioFails(operation, 503, 100);
    await centre.customerSends("Hello");
    await centre.customerSends("1");
    await centre.customerSends("Hello?");
    expect(centre.tasks()).toHaveLength(1);
  });
});

describe("an offer to an agent", () => {
  it("goes to the next agent when it is rejected", async () => {
    await centre.customerSends("Hello");
    await centre.customerSends("1");
    const first = centre.offeredTo() ?? "ada";
    await centre.agent(first, "reject");
    expect(centre.offeredTo()).not.toBe(first);
    expect(centre.offeredTo()).toBeDefined();
  });

  it("goes to the next agent when it times out, and the one who let it pass is set offline", async () => {
    await centre.customerSends("Hello");
    await centre.customerSends("1");
    const first = centre.offeredTo();
    await centre.simulator.advance(121);
    expect(centre.state().workers.find(({ friendlyName }) => friendlyName === first)?.activity).toBe("Offline");
    expect(centre.offeredTo()).not.toBe(first);
    expect(centre.tasks()).toEqual([expect.objectContaining({ status: "reserved" })]);
  });
});
