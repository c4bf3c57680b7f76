import type { Routes } from "../server/routes";
import type { World } from "../world";
import { eventRoutes } from "./event-routes";
import { inWorkspace } from "./request";
import { reservationRoutes } from "./reservation-routes";
import { statisticsRoutes } from "./statistics-routes";
import { taskRoutes } from "./task-routes";
import { workerRoutes } from "./worker-routes";
import { workflowRoutes } from "./workflow-routes";
import { workspaceRoutes } from "./workspace-routes";

/** Everything served on taskrouter.twilio.com. */
export function taskRouterRoutes(world: World): Routes {
  const routes = {
    ...workspaceRoutes(world),
    ...workflowRoutes(world),
    ...workerRoutes(world),
    ...taskRoutes(world),
    ...reservationRoutes(world),
    ...eventRoutes(world),
    ...statisticsRoutes(world),
  };
  return Object.fromEntries(Object.entries(routes).map(([key, handler]) => [key, inWorkspace(world, handler)]));
}
