import { notFound } from "../server/api-error";
import type { Routes } from "../server/routes";
import type { World } from "../world";

/** Routes below `/2010-04-01/Accounts/:account`. That another account's resources are not found, rather than forbidden, is unverified. */
export function ownAccount(world: World, routes: Routes): Routes {
  return Object.fromEntries(
    Object.entries(routes).map(([key, handler]): [string, Routes[string]] => [
      key.replace(" /", " /2010-04-01/Accounts/:account/"),
      (request) => {
        if (request.params.account !== world.account.sid) throw notFound(String(request.url));
        return handler(request);
      },
    ]),
  );
}
