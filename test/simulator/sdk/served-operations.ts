import type { DocumentedOperation } from "../../../src/simulator/contract/documents";
import { type Operation, operationIndex } from "../../../src/simulator/contract/operations";
import { apiHosts } from "../../../src/simulator/server/api-hosts";
import type { Serverless } from "../../../src/simulator/serverless/tables";
import type { World } from "../../../src/simulator/world";

export interface ServedOperation extends Operation {
  readonly documentation: DocumentedOperation | undefined;
}

/**
 * What the simulator has a route for, with what Twilio's documents say of it. Jest asks for its tests before any
 * simulator can have started: the routes are told without a world, as none of their handlers is called.
 */
export function servedOperations(): ServedOperation[] {
  const { find, documentation } = operationIndex();
  const { world, serverless } = anything() as { world: World; serverless: Serverless };
  return Object.entries(apiHosts(world, serverless)).flatMap(([host, routes]) =>
    Object.keys(routes).map((route) => {
      const [method = "", path = ""] = route.split(" ");
      const operation = find(host, method, path.replace(/:\w+/g, "x"));
      if (!operation) throw new Error(`No document has ${route} of ${host}`);
      return { ...operation, documentation: documentation(operation) };
    }),
  );
}

/** Has every property, and can be called; all of them are it. As a text it is empty. */
function anything(): object {
  const get = (_: object, name: string | symbol) => (name === Symbol.toPrimitive ? () => "" : it);
  const it: object = new Proxy(() => it, { get, apply: () => it });
  return it;
}
