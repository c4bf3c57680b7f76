import type { Routes } from "../../server/routes";
import type { World } from "../../world";
import { addressRoutes } from "./address-routes";
import { configurationRoutes } from "./configuration-routes";
import { conversationRoutes } from "./conversation-routes";
import { messageRoutes } from "./message-routes";
import { participantRoutes } from "./participant-routes";
import { withPreEvents } from "./pre-events";
import { receiptRoutes } from "./receipt-routes";
import { roleRoutes } from "./role-routes";
import { serviceConfigurationRoutes } from "./service-configuration-routes";
import { serviceRoutes } from "./service-routes";
import { userConversationRoutes } from "./user-conversation-routes";
import { userRoutes } from "./user-routes";
import { webhookRoutes } from "./webhook-routes";

/** Everything served on conversations.twilio.com. */
export function conversationsRoutes(world: World): Routes {
  return withPreEvents(world, {
    ...conversationRoutes(world),
    ...participantRoutes(world),
    ...messageRoutes(world),
    ...receiptRoutes(world),
    ...webhookRoutes(world),
    ...addressRoutes(world),
    ...configurationRoutes(world),
    ...serviceRoutes(world),
    ...serviceConfigurationRoutes(world),
    ...roleRoutes(world),
    ...userRoutes(world),
    ...userConversationRoutes(world),
  });
}
