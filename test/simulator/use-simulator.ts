import twilio, { type Twilio } from "twilio";
import { redirectTwilioHosts } from "../../src/simulator/redirect/redirect-twilio";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator/simulator";

export const CUSTOMER = "+15550101234";
export const SENDER = "+15550100100";
export const PAIR = { "messagingBinding.address": CUSTOMER, "messagingBinding.proxyAddress": SENDER };

/**
 * A simulator for the tests of a file, reached by Twilio's own SDK; each test begins with a fresh account. A test that
 * leaves Twilio's contract fails, unless it takes the violations it provoked.
 */
export function useSimulator(options: SimulatorOptions = {}) {
  let simulator: Simulator;
  let client: Twilio;
  let undo: () => void;
  beforeAll(async () => {
    simulator = await startSimulator(options);
    undo = redirectTwilioHosts(simulator.port);
    client = twilio(simulator.account.sid, simulator.account.authToken);
  });
  afterAll(async () => {
    undo();
    await simulator.stop();
  });
  beforeEach(() => simulator.reset());
  afterEach(async () => {
    await simulator.settled();
    const failures = simulator.log.entries.filter(({ name }) => name.startsWith("the simulator failed"));
    expect([...simulator.violations(), ...failures].map(({ name }) => name)).toEqual([]);
  });
  return {
    get simulator() {
      return simulator;
    },
    get world() {
      return simulator.world();
    },
    get twilio() {
      return client;
    },
    get conversations() {
      return client.conversations.v1;
    },
    /** The violations so far, which are forgotten with the rest of the log. */
    takeViolations(): string[] {
      const names = simulator.violations().map(({ name }) => name);
      simulator.log.clear();
      return names;
    },
    /** What the customer's phone received, oldest first. */
    heard: (customer = CUSTOMER) =>
      simulator
        .world()
        .phones.messages(customer)
        .filter(({ direction }) => direction === "in")
        .map(({ body }) => body),
    /** A REST call without the SDK, as a form. */
    async call(method: string, url: string, form?: Record<string, string>, authorization = basic(simulator)) {
      const headers = { authorization, ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}) };
      const body = form && new URLSearchParams(form).toString();
      const response = await fetch(url, { method, headers, body });
      const text = await response.text();
      return { status: response.status, body: (text ? JSON.parse(text) : undefined) as Record<string, unknown> };
    },
  };
}

function basic({ account }: Simulator): string {
  return `Basic ${Buffer.from(`${account.sid}:${account.authToken}`).toString("base64")}`;
}
