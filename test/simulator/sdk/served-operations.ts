import { createClock } from "../../../src/simulator/clock";
import type { DocumentedOperation } from "../../../src/simulator/contract/documents";
import { type Operation, operationIndex } from "../../../src/simulator/contract/operations";
import { createEventLog } from "../../../src/simulator/event-log";
import { readSeeds } from "../../../src/simulator/seeding/read-seeds";
import { account } from "../../../src/simulator/seeds";
import { apiHosts } from "../../../src/simulator/server/api-hosts";
import { createServerless } from "../../../src/simulator/serverless/tables";
import { switchboard } from "../../../src/simulator/switches";
import { createWork } from "../../../src/simulator/work";
import { createWorld } from "../../../src/simulator/world";

export interface ServedOperation extends Operation {
  readonly documentation: DocumentedOperation | undefined;
}

/** What the simulator has a route for, with what Twilio's documents say of it: told at once, as Jest asks for its tests. */
export function servedOperations(): ServedOperation[] {
  const { find, documentation } = operationIndex();
  return Object.entries(registered()).flatMap(([host, routes]) =>
    Object.keys(routes).map((route) => {
      const [method = "", path = ""] = route.split(" ");
      const operation = find(host, method, path.replace(/:\w+/g, "x"));
      if (!operation) throw new Error(`No document has ${route} of ${host}`);
      return { ...operation, documentation: documentation(operation) };
    }),
  );
}

function registered() {
  const work = createWork(() => undefined);
  const clock = createClock(work.settled);
  const world = createWorld({
    account,
    ...switchboard(),
    seed: "routes",
    seeds: readSeeds({}),
    clock,
    log: createEventLog(clock.now),
    work,
    sendWebhook: () => Promise.reject(new Error("Nothing is sent")),
    crash: async () => undefined,
  });
  return apiHosts(world, createServerless(account, clock));
}
