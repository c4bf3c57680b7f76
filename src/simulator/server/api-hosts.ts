import { accountRoutes } from "../accounts/routes";
import { contentRoutes } from "../content/routes";
import { conversationsRoutes } from "../conversations/routes/routes";
import { flexRoutes } from "../flex/routes";
import { tokenRoutes } from "../iam/routes";
import { interactionsRoutes } from "../interactions/routes";
import { mediaHosts } from "../media/routes";
import { programmableMessagingRoutes } from "../messaging/routes/routes";
import { messagingServiceRoutes } from "../messaging/routes/service-routes";
import { serverlessRoutes } from "../serverless/routes/routes";
import { UPLOAD_HOST, uploadRoutes } from "../serverless/routes/upload-routes";
import type { Serverless } from "../serverless/tables";
import { studioRoutes } from "../studio/routes";
import { FLOW_WEBHOOK_HOST, flowWebhookRoutes } from "../studio/webhook-routes";
import { syncRoutes } from "../sync/routes";
import { taskRouterRoutes } from "../taskrouter/routes";
import type { World } from "../world";
import type { Routes } from "./routes";

/** What is served of Twilio's REST APIs, by host. */
export function apiHosts(world: World, serverless: Serverless): Record<string, Routes> {
  return {
    "api.twilio.com": { ...accountRoutes(world), ...programmableMessagingRoutes(world) },
    "messaging.twilio.com": messagingServiceRoutes(world),
    "content.twilio.com": contentRoutes(world),
    "conversations.twilio.com": conversationsRoutes(world),
    ...mediaHosts(world),
    "flex-api.twilio.com": { ...interactionsRoutes(world), ...flexRoutes(world) },
    "taskrouter.twilio.com": taskRouterRoutes(world),
    "studio.twilio.com": studioRoutes(world),
    [FLOW_WEBHOOK_HOST]: flowWebhookRoutes(world),
    "sync.twilio.com": syncRoutes(world),
    "iam.twilio.com": tokenRoutes(world),
    "serverless.twilio.com": serverlessRoutes(serverless, {
      isBroken: () => world.faults.meet("PackageBuild") !== undefined,
      tell: (reason) => world.log.add({ kind: "warning", name: reason }),
    }),
    [UPLOAD_HOST]: uploadRoutes(serverless),
  };
}
