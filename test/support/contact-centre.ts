import { appendFileSync } from "node:fs";
import { customerOf, readConversationName } from "../../src/channels/custom-identity";
import {
  type ContactCentre,
  type ContactCentreOptions,
  openContactCentre,
  variablesOf,
} from "../../src/cli/offline/contact-centre";
import { readAddresses } from "../../src/cli/read-flows";
import { readSwitch } from "../../src/cli/read-switches";
import { isTwilioType } from "../../src/deploy/apply-address";
import type { LogEntry } from "../../src/simulator/event-log";
import { unattended } from "../../src/simulator/levers/who-is-responsible";
import type { AgentName } from "../../src/simulator/seeds";
import type { Switches } from "../../src/simulator/switches";

export const CUSTOMER = "+15550101234";
export const SMS_ADDRESS = "+15550100100";

/** Customers on channels of ours meet agents at once, and no Flow. */
export const NO_FLOW_ON_OURS = { addresses: readAddresses("studio-flows").filter(({ type }) => isTwilioType(type)) };

const PICTURE = { contentType: "image/jpeg", filename: "lamp.jpg", content: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) };

/**
 * Opens the contact centre for the tests of a file; each begins with a fresh account, in opening hours. A test after
 * which something has left Twilio's contract, a log line tells of a customer, or a customer is left with nobody, fails.
 */
export function useContactCentre(options: ContactCentreOptions = {}) {
  let centre: ContactCentre;
  let whyUnattended: string | undefined;
  beforeAll(async () => {
    const switches = { ...options.switches, ...switchesFromOutside() };
    centre = await openContactCentre({ whenOpen: true, ...options, switches });
  }, 30_000);
  afterAll(async () => {
    noteOpenFacts(centre.simulator.world().openFacts);
    await centre.stop();
  });
  beforeEach(async () => {
    await centre.simulator.reset();
    centre.simulator.world().faults.clear();
    whyUnattended = undefined;
  });
  afterEach(async () => {
    await centre.simulator.settled();
    expectContractKept(centre.simulator.violations());
    expect(leaksIn(centre.simulator)).toEqual([]);
    const left = unattended(centre.simulator.world());
    // A reason that no longer holds has to go.
    if (whyUnattended) expect({ whyUnattended, left }).not.toEqual({ whyUnattended, left: [] });
    else expect(left).toEqual([]);
  });
  const simulator = () => centre.simulator;
  const state = () => simulator().state();
  return {
    get twilio() {
      return centre.twilio;
    },
    get simulator() {
      return simulator();
    },
    state,
    /** This test ends with a customer whom nobody has, for a reason. */
    leavesUnattended(why: string) {
      whyUnattended = why;
    },
    async customerSends(body: string, from = CUSTOMER) {
      return simulator().customerSends(from, body);
    },
    /** The agent leaves in Flex, having read what was written: the channel goes inactive. */
    async agentLeaves() {
      await simulator().advance(10);
      simulator()
        .world()
        .interactions.updateChannel(state().channels[0]?.sid ?? "", "inactive", "closed");
      await simulator().settled();
    },
    /** Into a channel that was left: Flex makes a Task at once, or, set otherwise, our watchdog does. */
    async customerReturns(body: string) {
      await simulator().customerSends(CUSTOMER, body);
      if (!simulator().world().switches.flexRevivesLeftChannel) await simulator().advance(21 * 60);
    },
    /** What the customer's phone received, oldest first. */
    heard: (customer = CUSTOMER) =>
      simulator()
        .world()
        .phones.messages(customer)
        .filter(({ direction }) => direction === "in")
        .map(({ body }) => body),
    /** An agent reads before ending anything: what was written in the last seconds before counts as unseen. */
    async agent(name: AgentName, act: "accept" | "reject" | "wrapUp" | "complete") {
      if (act === "wrapUp" || act === "complete") await simulator().advance(10);
      simulator().agent(name)[act]();
      await simulator().settled();
    },
    /** Who has written first has the Task at once or, set otherwise, is offered it and takes it. */
    async takesOwn(name: AgentName) {
      if (!simulator().world().switches.agentTaskAcceptedByItself) simulator().agent(name).accept();
      await simulator().settled();
    },
    /** Whoever is offered the customer takes them, and finishes: Flex closes the Conversation. */
    async agentFinishes() {
      const name = this.offeredTo() ?? "ada";
      for (const act of ["accept", "wrapUp", "complete"] as const) await this.agent(name, act);
    },
    async agentReplies(name: AgentName, body: string) {
      await simulator().agent(name).reply(body);
      await simulator().settled();
    },
    /** Whom the pending Reservation is offered to. */
    offeredTo(): AgentName | undefined {
      const pending = state().reservations.find(({ status }) => status === "pending");
      return state().workers.find(({ sid }) => sid === pending?.workerSid)?.friendlyName as AgentName | undefined;
    },
    tasks: () => state().tasks.map((task) => ({ ...task, attributes: task.attributes as Record<string, unknown> })),
    /** Makes the next calls of a Function fail at the gateway. */
    functionFails(path: string, times = 1) {
      simulator()
        .world()
        .faults.add({ operation: `function ${path}`, status: 500, times });
    },
    twilioFails(operation: string, status: number, times = 1) {
      simulator().world().faults.add({ operation, status, times });
    },
    /** REST calls of Functions, by operation. */
    callsOf: (operation: string) =>
      simulator().log.entries.filter(
        ({ kind, name, invocation }) => kind === "rest" && invocation && name.endsWith(` ${operation}`),
      ),
    /** REST calls of the last call of a Function, in order. */
    callsIn(path: string) {
      const { entries } = simulator().log;
      const last = entries.filter(({ kind, name }) => kind === "function" && name === path).at(-1)?.invocation;
      return entries.filter(({ kind, invocation }) => kind === "rest" && invocation === last).map(({ name }) => name);
    },
    /** A picture without a word. */
    async customerSendsPicture(from = CUSTOMER) {
      await simulator()
        .world()
        .phones.send({ from, media: [PICTURE] });
      await simulator().settled();
    },
    /** Binds an address to a webhook instead of a Flow. */
    async bindToWebhook(path = "inbound/message-added", address = SMS_ADDRESS) {
      await centre.twilio.conversations.v1.addressConfigurations(address).update({
        "autoCreation.type": "webhook",
        "autoCreation.webhookUrl": `https://${simulator().account.functionsDomain}/${path}`,
        "autoCreation.webhookMethod": "post",
        "autoCreation.webhookFilters": ["onMessageAdded"],
      });
    },
  };
}

/** `OPEN_FACTS=file` collects which open facts each file of tests rests on, so that only those need be read otherwise. */
function noteOpenFacts(facts: ReadonlySet<string>): void {
  const file = process.env.OPEN_FACTS;
  const { testPath } = expect.getState();
  if (file) appendFileSync(file, `${JSON.stringify({ testPath, facts: [...facts] })}\n`);
}

/** `SWITCHES="name=reading name=reading" npm test` plays every journey under other readings of Twilio's open facts. */
function switchesFromOutside(): Partial<Switches> {
  const given = (process.env.SWITCHES ?? "").split(" ").filter(Boolean);
  return given.reduce<Partial<Switches>>((before, one) => readSwitch(one, before), {});
}

export function expectContractKept(violations: readonly LogEntry[]): void {
  expect(violations.map(({ name }) => name)).toEqual([]);
}

/** What Functions printed that tells of a customer (an address, a name, words, a file's name), or a secret of the service's. */
function leaksIn({ log: { entries }, world, state }: ContactCentre["simulator"]): string[] {
  const told = entries
    .filter(({ kind, data }) => kind === "customer" && data)
    .flatMap(({ data }) => [String(data?.customer), String(data?.body)]);
  const files = world().phones.all.flatMap(({ media = [] }) => media.map(({ filename }) => filename));
  const customers = state().conversations.flatMap(({ friendlyName, uniqueName }) => {
    const { identity } = readConversationName(uniqueName ?? "") ?? {};
    return identity ? [friendlyName ?? "", identity, customerOf(identity)?.userId ?? ""] : [];
  });
  const variables = Object.entries(variablesOf(world())).flatMap(([name, value]) =>
    /TOKEN|SECRET|WEBHOOK_KEY/.test(name) ? [value] : [],
  );
  const secrets = [...told, ...files, ...customers, ...variables, world().account.authToken, "?key="].filter(
    (secret) => secret.length > 3,
  );
  // Among their random digits any short id may stand.
  const withoutIds = (line: string) => line.replace(/"requestId":"[^"]*"|\b[A-Z]{2}[0-9a-f]{32}\b/g, "");
  return entries
    .filter(({ kind, name }) => kind === "output" && secrets.some((secret) => withoutIds(name).includes(secret)))
    .map(({ name }) => name);
}
