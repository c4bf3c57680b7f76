import type { Routes } from "../../server/routes";
import type { World } from "../../world";
import { addressRoutes } from "./address-routes";
import { configurationRoutes } from "./configuration-routes";
import { conversationRoutes } from "./conversation-routes";
import { messageRoutes } from "./message-routes";
import { participantRoutes } from "./participant-routes";
import { serviceRoutes } from "./service-routes";
import { webhookRoutes } from "./webhook-routes";

/** Everything served on conversations.twilio.com. */
export function conversationsRoutes(world: World): Routes {
  return {
    ...conversationRoutes(world),
    ...participantRoutes(world),
    ...messageRoutes(world),
    ...webhookRoutes(world),
    ...addressRoutes(world),
    ...configurationRoutes(world),
    ...serviceRoutes(world),
  };
}
