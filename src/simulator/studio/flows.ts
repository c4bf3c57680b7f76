import { notFound } from "../server/api-error";
import type { World } from "../world";
import { type FlowDefinition, flowDefinition } from "./definition";
import type { FlowRow, FlowStatus, RevisionRow } from "./rows";
import { validateDefinition } from "./validate-definition";
import { definitionRefused } from "./wire";

export interface NewFlow {
  /** For seeded Flows, whose SIDs documentation can name. */
  sid?: string;
  friendlyName: string;
  status: FlowStatus;
  /** Parsed JSON; a wrong one is refused with every fault it has. */
  definition: unknown;
  commitMessage?: string;
}

export interface FlowChange {
  status: FlowStatus;
  friendlyName?: string;
  definition?: unknown;
  commitMessage?: string;
}

export interface Flows {
  flow(sid: string): FlowRow;
  createFlow(flow: NewFlow): FlowRow;
  /** Every update is a new Revision. */
  updateFlow(sid: string, change: FlowChange): FlowRow;
  deleteFlow(sid: string): void;
}

export function createFlows(world: World, flows: Map<string, FlowRow>): Flows {
  function flow(sid: string): FlowRow {
    const row = flows.get(sid);
    if (!row) throw notFound(`/v2/Flows/${sid}`);
    return row;
  }

  return {
    flow,
    createFlow({ sid = world.newSid("FW"), friendlyName, status, definition, commitMessage = null }) {
      const now = world.clock.now();
      const first = { revision: 1, friendlyName, status, commitMessage, createdAt: now };
      const row = {
        sid,
        revisions: [{ ...first, definition: readDefinition(definition) }],
        createdAt: now,
        updatedAt: now,
      };
      flows.set(sid, row);
      return row;
    },
    updateFlow(sid, change) {
      const row = flow(sid);
      const current = currentRevision(row);
      row.updatedAt = world.clock.now();
      row.revisions.push({
        revision: current.revision + 1,
        friendlyName: change.friendlyName ?? current.friendlyName,
        status: change.status,
        definition: change.definition === undefined ? current.definition : readDefinition(change.definition),
        commitMessage: change.commitMessage ?? null,
        createdAt: row.updatedAt,
      });
      return row;
    },
    deleteFlow(sid) {
      flows.delete(flow(sid).sid);
    },
  };
}

/** Unverified: whether Twilio keeps a faulty draft. Here no faulty definition gets in. */
export function readDefinition(definition: unknown): FlowDefinition {
  const errors = validateDefinition(definition);
  if (errors.length > 0) throw definitionRefused(errors);
  return flowDefinition.parse(definition);
}

export function currentRevision({ sid, revisions }: FlowRow): RevisionRow {
  const current = revisions.at(-1);
  if (!current) throw new Error(`Flow ${sid} has no Revision`);
  return current;
}

/** What customers get: a newer draft is for test users only. */
export function publishedRevision({ revisions }: FlowRow): RevisionRow | undefined {
  return revisions.findLast(({ status }) => status === "published");
}
