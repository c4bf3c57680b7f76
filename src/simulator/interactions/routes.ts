import type { Routes } from "../server/routes";
import type { World } from "../world";
import { interactionRoutes } from "./routes/interaction-routes";
import { memberRoutes } from "./routes/member-routes";
import { transferRoutes } from "./routes/transfer-routes";

/** The Interactions API: https://www.twilio.com/docs/flex/developer/conversations/interactions-api */
export function interactionsRoutes(world: World): Routes {
  return { ...interactionRoutes(world), ...memberRoutes(world), ...transferRoutes(world) };
}
