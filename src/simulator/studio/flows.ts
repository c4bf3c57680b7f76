import { notFound } from "../server/api-error";
import type { World } from "../world";
import { levelOf } from "./codes";
import { type FlowDefinition, flowDefinition } from "./definition";
import { MOST_WIDGETS } from "./limits";
import { latestRevision } from "./revisions";
import type { FlowRow, FlowStatus } from "./rows";
import { widgetsWithSubflows } from "./subflow-size";
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
  /** Whose contact addresses get drafts. */
  setTestUsers(sid: string, testUsers: readonly string[]): FlowRow;
  deleteFlow(sid: string): void;
}

export function createFlows(world: World, flows: Map<string, FlowRow>): Flows {
  function flow(sid: string): FlowRow {
    const row = flows.get(sid);
    if (!row) throw notFound(`/v2/Flows/${sid}`);
    return row;
  }

  /** 81025: https://www.twilio.com/docs/api/errors/81025 */
  function tooLarge(sid: string, definition: FlowDefinition): void {
    if (widgetsWithSubflows(flows, definition) <= MOST_WIDGETS) return;
    const name = `81025 Flow ${sid} and its subflows have more than ${MOST_WIDGETS} widgets`;
    world.log.add({ kind: "warning", name, data: { code: 81025, level: levelOf(81025), flowSid: sid } });
  }

  return {
    flow,
    createFlow({ sid = world.newSid("FW"), friendlyName, status, definition, commitMessage = null }) {
      const now = world.clock.now();
      const first = { revision: 1, friendlyName, status, commitMessage, createdAt: now };
      const revisions = [{ ...first, definition: readDefinition(definition) }];
      const row = { sid, revisions, testUsers: [], createdAt: now, updatedAt: now };
      flows.set(sid, row);
      tooLarge(sid, latestRevision(row).definition);
      return row;
    },
    updateFlow(sid, change) {
      const row = flow(sid);
      const current = latestRevision(row);
      const definition = change.definition === undefined ? current.definition : readDefinition(change.definition);
      row.updatedAt = world.clock.now();
      row.revisions.push({
        revision: current.revision + 1,
        friendlyName: change.friendlyName ?? current.friendlyName,
        status: change.status,
        definition,
        commitMessage: change.commitMessage ?? null,
        createdAt: row.updatedAt,
      });
      tooLarge(sid, definition);
      return row;
    },
    setTestUsers(sid, testUsers) {
      const row = flow(sid);
      row.testUsers = [...new Set(testUsers)];
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
