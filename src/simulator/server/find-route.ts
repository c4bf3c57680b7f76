import findMyWay, { type HTTPMethod } from "find-my-way";
import type { Routes } from "./routes";

interface Found {
  handler: Routes[string];
  /** From the path, decoded. */
  params: Record<string, string>;
}

export type FindRoute = (host: string, routes: Routes, method: string, path: string) => Found | undefined;

/** Unique names and identities in a path have up to 256 characters, each up to twelve when encoded. */
const LONGEST_SEGMENT = 256 * 12;

/** Where paths lead is worked out once a host, at its first request: a reset changes what handlers work on, and no path. */
export function routeFinder(): FindRoute {
  const routers = new Map<string, ReturnType<typeof routerOf>>();
  return (host, routes, method, path) => {
    const router = routers.get(host) ?? routerOf(routes);
    routers.set(host, router);
    const route = router.find(method as HTTPMethod, path);
    const handler = route && routes[(route.store as { key: string }).key];
    if (!handler) return undefined;
    return { handler, params: route.params as Record<string, string> };
  };
}

function routerOf(routes: Routes) {
  const router = findMyWay({ maxParamLength: LONGEST_SEGMENT });
  for (const key of Object.keys(routes)) {
    const [method, path] = key.split(" ");
    router.on(method as HTTPMethod, String(path), () => undefined, { key });
  }
  return router;
}
