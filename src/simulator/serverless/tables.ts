import type { Clock } from "../clock";
import type { Account } from "../seeds";
import { type NewSid, sidGenerator } from "../sids";
import type {
  BuildRow,
  DeploymentRow,
  EnvironmentRow,
  LogRow,
  ResourceRow,
  ServiceRow,
  VariableRow,
  VersionRow,
} from "./rows";

type Table<Row> = Map<string, Row>;

/**
 * The account's Serverless objects, by SID. They outlive a reset of the world, as the seeded service does: what a
 * reset makes fresh is the contact centre, and its Functions stay deployed.
 */
export interface Serverless {
  readonly account: Account;
  readonly clock: Clock;
  readonly newSid: NewSid;
  readonly services: Table<ServiceRow>;
  readonly environments: Table<EnvironmentRow>;
  readonly variables: Table<VariableRow>;
  readonly resources: Table<ResourceRow>;
  readonly versions: Table<VersionRow>;
  readonly builds: Table<BuildRow>;
  readonly deployments: Table<DeploymentRow>;
  readonly logs: Table<LogRow>;
  /** Where the packages lie that a build may install; none can be without it. */
  readonly modules: string | undefined;
}

/** An account without any service. */
export function createServerless(account: Account, clock: Clock, modules?: string): Serverless {
  return {
    account,
    clock,
    newSid: sidGenerator("serverless"),
    services: new Map(),
    environments: new Map(),
    variables: new Map(),
    resources: new Map(),
    versions: new Map(),
    builds: new Map(),
    deployments: new Map(),
    logs: new Map(),
    modules,
  };
}

/** The rows of a table that `is` is true of, oldest first. */
export function select<Row>(table: Table<Row>, is: (row: Row) => boolean): Row[] {
  return [...table.values()].filter(is);
}

export function remove<Row>(table: Table<Row>, is: (row: Row) => boolean): void {
  for (const [sid, row] of table) if (is(row)) table.delete(sid);
}
