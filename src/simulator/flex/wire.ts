import type { World } from "../world";
import type { FlexConfigurationRow, FlexUserRow, InteractionWebhookRow } from "./rows";
import type { WebChat } from "./web-chats";

export const HOST = "flex-api.twilio.com";

/** No fractions of a second. */
const date = (value: Date) => `${value.toISOString().slice(0, 19)}Z`;

/** The JSON of Flex's own resources. */
export function flexWire({ account, taskrouter }: World) {
  return {
    interactionWebhook(row: InteractionWebhookRow) {
      return {
        ttid: row.ttid,
        account_sid: account.sid,
        instance_sid: account.flexInstanceSid,
        webhook_url: row.url,
        webhook_events: row.events,
        webhook_method: row.method,
        type: row.type,
        url: `https://${HOST}/v1/Instances/${account.flexInstanceSid}/InteractionWebhooks/${row.ttid}`,
      };
    },
    configuration({ settings, createdAt, updatedAt }: FlexConfigurationRow) {
      return {
        ...settings,
        account_sid: account.sid,
        date_created: date(createdAt),
        date_updated: date(updatedAt),
        status: "ok",
        taskrouter_workspace_sid: taskrouter.workspace.sid,
        chat_service_instance_sid: account.chatServiceSid,
        flex_service_instance_sid: account.chatServiceSid,
        flex_instance_sid: account.flexInstanceSid,
        url: `https://${HOST}/v1/Configuration`,
      };
    },
    user(row: FlexUserRow) {
      const worker = taskrouter.worker(row.workerSid);
      const { roles = [] } = JSON.parse(worker.attributes) as { roles?: string[] };
      return {
        account_sid: account.sid,
        instance_sid: account.flexInstanceSid,
        user_sid: row.userSid,
        flex_user_sid: row.sid,
        worker_sid: worker.sid,
        workspace_sid: taskrouter.workspace.sid,
        flex_team_sid: null,
        username: worker.friendlyName,
        email: row.email,
        locale: row.locale,
        roles,
        created_date: date(row.createdAt),
        updated_date: date(row.updatedAt),
        version: row.version,
        url: `https://${HOST}/v2/Instances/${account.flexInstanceSid}/Users/${row.sid}`,
      };
    },
    webChat: ({ conversationSid, identity }: WebChat) => ({ conversation_sid: conversationSid, identity }),
  };
}
