import { ownAccount } from "../../accounts/own-account";
import type { Routes } from "../../server/routes";
import type { World } from "../../world";
import { mediaRoutes, messageRoutes } from "./message-routes";
import { numberRoutes } from "./number-routes";

/** What Programmable Messaging has on api.twilio.com. */
export function programmableMessagingRoutes(world: World): Routes {
  return ownAccount(world, { ...messageRoutes(world), ...mediaRoutes(world), ...numberRoutes(world) });
}
