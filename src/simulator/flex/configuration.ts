import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { channelConfigs } from "./channel-configs";
import type { FlexConfigurationRow } from "./rows";

export interface FlexConfiguration {
  readonly row: FlexConfigurationRow;
  update(changes: Record<string, unknown>): FlexConfigurationRow;
}

/** What Flex itself writes: sent back to it, as clients do that change one key of what they fetched, it is left alone. */
const FIXED = [
  "account_sid",
  "date_created",
  "date_updated",
  "status",
  "url",
  "taskrouter_workspace_sid",
  "chat_service_instance_sid",
  "flex_service_instance_sid",
  "flex_instance_sid",
  "service_version",
  "runtime_domain",
];

/** https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api */
export function createFlexConfiguration(world: World): FlexConfiguration {
  const now = world.clock.now();
  const row: FlexConfigurationRow = world.memory.keep("flex configuration", {
    settings: defaults(world),
    createdAt: now,
    updatedAt: now,
  });
  return {
    row,
    update(changes) {
      if (changes.account_sid !== world.account.sid) {
        throw new ApiError(400, 20001, "account_sid is missing or another account's");
      }
      const wanted = Object.entries(changes).filter(([key]) => !FIXED.includes(key));
      const unknown = wanted.map(([key]) => key).filter((key) => !(key in row.settings));
      // That Flex refuses what it does not know is unverified.
      if (unknown.length > 0) throw new ApiError(400, 20001, `Flex has no setting ${unknown.join(", ")}`);
      Object.assign(row.settings, Object.fromEntries(wanted));
      row.updatedAt = world.clock.now();
      return row;
    },
  };
}

/** A new Flex account's, as far as Twilio's document shows one. */
function defaults({ account, taskrouter }: World): Record<string, unknown> {
  const [workflowSid] = taskrouter.workflows.keys();
  const queues = [...taskrouter.queues.keys()];
  return {
    attributes: {},
    taskrouter_target_workflow_sid: workflowSid ?? null,
    taskrouter_target_taskqueue_sid: queues[0] ?? null,
    taskrouter_taskqueues: queues.map((sid) => ({ sid, targettable: true })),
    taskrouter_skills: [],
    taskrouter_worker_channels: {},
    taskrouter_worker_attributes: {},
    taskrouter_offline_activity_sid: taskrouter.workspace.timeoutActivitySid,
    runtime_domain: account.functionsDomain,
    messaging_service_instance_sid: null,
    ui_language: null,
    ui_attributes: {},
    ui_dependencies: {},
    ui_version: "2",
    service_version: "1.0",
    call_recording_enabled: false,
    call_recording_webhook_url: null,
    crm_enabled: false,
    crm_type: null,
    crm_callback_url: null,
    crm_fallback_url: null,
    crm_attributes: null,
    public_attributes: {},
    plugin_service_enabled: true,
    plugin_service_attributes: {},
    integrations: [],
    outbound_call_flows: {},
    serverless_service_sids: [account.serverlessServiceSid],
    queue_stats_configuration: null,
    notifications: { enabled: true, mode: "whenNotInFocus" },
    markdown: { enabled: false, mode: "readOnly" },
    flex_insights_hr: null,
    flex_insights_drilldown: false,
    flex_url: null,
    channel_configs: channelConfigs(),
    debugger_integration: { enabled: false },
    flex_ui_status_report: { enabled: false },
    // Off in a new account; this one's agents leave and pause.
    agent_conv_end_methods: { enabled: ["Leave", "Pause"] },
    citrix_voice_vdi: { enabled: false },
    offline_config: null,
  };
}
