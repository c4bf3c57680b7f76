import type { Routes } from "../server/routes";
import type { World } from "../world";
import { executionRoutes } from "./execution-routes";
import { flowRoutes } from "./flow-routes";

/** Studio's REST API, served at studio.twilio.com. */
export function studioRoutes(world: World): Routes {
  return { ...flowRoutes(world), ...executionRoutes(world) };
}
