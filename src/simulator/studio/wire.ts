import { ApiError } from "../server/api-error";
import { latestRevision } from "./revisions";
import type { ExecutionRow, FlowRow, RevisionRow, StepRow } from "./rows";
import { definitionWarnings } from "./validate-definition";
import type { DefinitionError } from "./validation/schema-errors";

const ROOT = "https://studio.twilio.com/v2";

/** The JSON of Studio's resources, https://www.twilio.com/docs/studio/rest-api/v2 */
export function studioWire(account: { sid: string }) {
  const owned = { account_sid: account.sid };
  return {
    flow(flow: FlowRow) {
      const { definition } = latestRevision(flow);
      return { ...flowSummary(flow), definition, ...VALID, warnings: definitionWarnings(definition).map(fault) };
    },
    /** Lists leave the definition out. */
    flowInList(flow: FlowRow) {
      return { ...flowSummary(flow), definition: null, ...UNCHECKED, warnings: null };
    },
    revision(flow: FlowRow, revision: RevisionRow) {
      return { ...revisionSummary(flow, revision), definition: revision.definition, ...VALID };
    },
    revisionInList(flow: FlowRow, revision: RevisionRow) {
      return { ...revisionSummary(flow, revision), definition: null, ...UNCHECKED };
    },
    testUsers: ({ sid, testUsers }: FlowRow) => ({ sid, test_users: testUsers, url: `${flowUrl(sid)}/TestUsers` }),
    execution(execution: ExecutionRow) {
      const url = executionUrl(execution);
      return {
        ...owned,
        sid: execution.sid,
        flow_sid: execution.flowSid,
        contact_channel_address: execution.contactAddress,
        // Empty on the Execution itself, as in Twilio's examples; the Context resource has it.
        context: {},
        status: execution.status,
        date_created: date(execution.createdAt),
        date_updated: date(execution.updatedAt),
        url,
        links: { steps: `${url}/Steps`, execution_context: `${url}/Context` },
      };
    },
    executionContext(execution: ExecutionRow) {
      return {
        ...owned,
        flow_sid: execution.flowSid,
        execution_sid: execution.sid,
        context: execution.context,
        url: `${executionUrl(execution)}/Context`,
      };
    },
    step(execution: ExecutionRow, step: StepRow) {
      const url = `${executionUrl(execution)}/Steps/${step.sid}`;
      return {
        ...owned,
        sid: step.sid,
        flow_sid: step.flowSid,
        execution_sid: step.executionSid,
        parent_step_sid: step.parentStepSid,
        name: step.event,
        type: step.widgetType,
        context: {},
        transitioned_from: step.from,
        transitioned_to: step.to ?? "Ended",
        date_created: date(step.createdAt),
        date_updated: null,
        url,
        links: { step_context: `${url}/Context` },
      };
    },
    stepContext(execution: ExecutionRow, step: StepRow) {
      return {
        ...owned,
        flow_sid: step.flowSid,
        execution_sid: step.executionSid,
        step_sid: step.sid,
        context: step.context,
        url: `${executionUrl(execution)}/Steps/${step.sid}/Context`,
      };
    },
  };

  function flowSummary(flow: FlowRow) {
    const { revision, friendlyName, status, commitMessage } = latestRevision(flow);
    const url = flowUrl(flow.sid);
    return {
      ...owned,
      sid: flow.sid,
      friendly_name: friendlyName,
      status,
      revision,
      commit_message: commitMessage,
      date_created: date(flow.createdAt),
      date_updated: date(flow.updatedAt),
      webhook_url: `https://webhooks.twilio.com/v1/Accounts/${account.sid}/Flows/${flow.sid}`,
      url,
      links: { test_users: `${url}/TestUsers`, revisions: `${url}/Revisions`, executions: `${url}/Executions` },
    };
  }

  function revisionSummary(
    { sid }: FlowRow,
    { revision, friendlyName, status, commitMessage, createdAt }: RevisionRow,
  ) {
    return {
      ...owned,
      sid,
      friendly_name: friendlyName,
      status,
      revision,
      commit_message: commitMessage,
      date_created: date(createdAt),
      date_updated: null,
      url: `${flowUrl(sid)}/Revisions/${revision}`,
    };
  }
}

/** 81022, https://www.twilio.com/docs/api/errors/81022 */
export function definitionRefused(errors: readonly DefinitionError[]): ApiError {
  return new ApiError(400, 81022, "The Flow definition is not valid", {
    errors: errors.map(fault),
  });
}

const fault = ({ path, message }: DefinitionError) => ({ property_path: path, message });

const VALID = { valid: true, errors: [] };
const UNCHECKED = { valid: null, errors: null };

const date = (value: Date) => `${value.toISOString().slice(0, 19)}Z`;
const flowUrl = (sid: string) => `${ROOT}/Flows/${sid}`;
const executionUrl = ({ flowSid, sid }: ExecutionRow) => `${flowUrl(flowSid)}/Executions/${sid}`;
