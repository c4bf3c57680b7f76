import { readDocuments } from "../../../src/simulator/contract/documents";
import { useSimulator } from "../use-simulator";

const sim = useSimulator();
const first = (rows: ReadonlyMap<string, unknown>) => String([...rows.keys()][0]);

/** Twilio's documents call links a map and name its keys in examples alone. */
it.each([
  ["FetchWorkspace", "taskrouter", () => workspace()],
  ["FetchWorkflow", "taskrouter", () => `${workspace()}/Workflows/${first(sim.world.taskrouter.workflows)}`],
  ["FetchWorker", "taskrouter", () => `${workspace()}/Workers/${first(sim.world.taskrouter.workers)}`],
  ["FetchService", "conversations", () => `/v1/Services/${sim.simulator.account.chatServiceSid}`],
])("%s has the links of the document's example", async (operation, product, path) => {
  const { body } = await sim.call("GET", `https://${product}.twilio.com${path()}`);
  expect(Object.keys(Object(body.links)).sort()).toEqual(linksInExample(`${product}.twilio.com`, operation));
});

it("links a queue to its statistics, and to the Activities it has", async () => {
  const queues = sim.twilio.taskrouter.v1.workspaces(sim.world.taskrouter.workspace.sid).taskQueues;
  const activity = first(sim.world.taskrouter.activities);
  const given = { reservationActivitySid: activity, assignmentActivitySid: activity };
  const { links } = await queues.create({ friendlyName: "Night", ...given });
  expect(Object.keys(links).sort()).toEqual(linksInExample("taskrouter.twilio.com", "FetchTaskQueue"));
});

const workspace = () => `/v1/Workspaces/${sim.world.taskrouter.workspace.sid}`;

function linksInExample(host: string, operation: string): string[] {
  const documented = readDocuments(host).flatMap(({ paths }) =>
    Object.values(paths).map(({ get }) => get as Described),
  );
  const found = documented.find((one) => one?.operationId === operation);
  const [{ examples = {} } = {}] = Object.values(found?.responses["200"]?.content ?? {});
  const [example] = Object.values(examples);
  return Object.keys(example?.value.links ?? {}).sort();
}

type Described =
  | undefined
  | {
      operationId: string;
      responses: Record<
        string,
        { content: Record<string, { examples?: Record<string, { value: { links?: object } }> }> }
      >;
    };
