import { useContactCentre } from "./contact-centre";

export const MINUTE = 60;
const SECRET = "the-sweep-of-the-simulated-account";
const OPEN = ["pending", "reserved", "assigned"];

interface Swept {
  cursor?: string;
  checked: number;
  found: { conversationSid: string; problem: string; action: string; done: boolean }[];
}

/** A contact centre in which things have gone wrong, and the Function that finds them. */
export function useSweeps() {
  const centre = useContactCentre();

  async function call(fields: Record<string, string>): Promise<Swept> {
    const response = await fetch(`http://127.0.0.1:${centre.simulator.port}/maintenance/sweep`, {
      method: "POST",
      headers: { "X-Sweep-Secret": SECRET },
      body: new URLSearchParams(fields),
    });
    await centre.simulator.settled();
    expect(response.status).toBe(200);
    return (await response.json()) as Swept;
  }

  /** Page by page to the end: what is found, each as `problem: action` or, repaired, `problem: action, done`. */
  async function sweep(fields: Record<string, string> = {}): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | undefined = "";
    while (cursor !== undefined) {
      const swept: Swept = await call({ ...fields, cursor });
      found.push(...swept.found.map(({ problem, action, done }) => `${problem}: ${action}${done ? ", done" : ""}`));
      cursor = swept.cursor;
    }
    return found;
  }

  const world = () => centre.simulator.world();
  const openTasks = () => centre.tasks().filter(({ status }) => OPEN.includes(status));
  const conversation = () => centre.state().conversations[0];
  const sidOf = () => conversation()?.sid ?? "";
  const stateDocument = () =>
    centre.state().documents.find(({ uniqueName }) => uniqueName === `conversation.${sidOf()}`);

  async function withAgentAt(...said: string[]) {
    for (const body of said) await centre.customerSends(body);
    const agent = centre.offeredTo() ?? "ada";
    await centre.agent(agent, "accept");
    return agent;
  }

  return {
    centre,
    call,
    sweep,
    /** Tells, repairs, and finds nothing more; the dry run before changes nothing. */
    async expectRepaired(...problems: string[]): Promise<void> {
      const before = JSON.stringify(centre.state().documents);
      expect(await sweep()).toEqual(problems);
      expect(JSON.stringify(centre.state().documents)).toBe(before);
      expect(await sweep({ fix: "true" })).toEqual(problems.map((problem) => `${problem}, done`));
      expect(await sweep({ fix: "true" })).toEqual([]);
    },
    world,
    openTasks,
    conversation,
    sidOf,
    hooks: () => world().conversations.webhooks(sidOf()),
    conversationRow: () => world().conversations.conversations.get(sidOf()),
    async write(change: Record<string, unknown>): Promise<void> {
      const { documents } = centre.twilio.sync.v1.services("default");
      await documents(`conversation.${sidOf()}`).update({ data: { ...Object(stateDocument()?.data), ...change } });
    },
    /** The clocks that would find it by themselves are stopped, as if their events were lost. */
    async stopClocks(): Promise<void> {
      const { conversations } = centre.twilio.conversations.v1;
      for (const { sid, state } of centre.state().conversations) {
        if (state !== "closed") await conversations(sid).update({ "timers.inactive": "", "timers.closed": "" });
      }
    },
    /** Older than what may be just in somebody's hands. */
    later: () => centre.simulator.advance(3 * MINUTE),
    async customerWaits(): Promise<void> {
      for (const name of ["ada", "grace"] as const) centre.simulator.agent(name).setActivity("Offline");
      await centre.customerSends("Hello");
      await centre.customerSends("1");
    },
    withAgentAt,
    withAgent: () => withAgentAt("Hello", "1"),
    async cancelUnheard(): Promise<void> {
      centre.functionFails("/hooks/task-events", 5);
      world().taskrouter.cancelTask(openTasks()[0]?.sid ?? "", "canceled by somebody");
      await centre.simulator.settled();
      world().faults.clear();
    },
  };
}
