import { notFound } from "../server/api-error";
import { pageOfPaths } from "../server/page";
import { created, noContent, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { ownAccount } from "./own-account";
import { renderAccount, renderKey } from "./wire";

/** Accounts and Keys of api.twilio.com: https://www.twilio.com/docs/iam/api/account, https://www.twilio.com/docs/iam/api-keys/key-resource-v2010 */
export function accountRoutes(world: World): Routes {
  const { account, apiKeys } = world;
  /** As old as what it began with. */
  const since = () => world.taskrouter.workspace.createdAt;
  return {
    "GET /2010-04-01/Accounts.json"(request) {
      const own = renderAccount(account, since());
      const { form } = request;
      const asked = (name: string, value: string) => (form.get(name) ?? value) === value;
      const rows = asked("FriendlyName", own.friendly_name) && asked("Status", own.status) ? [own] : [];
      return pageOfPaths(request, rows, { key: "accounts", render: (row) => row });
    },
    "GET /2010-04-01/Accounts/:sid.json"({ params, url }) {
      if (params.sid !== account.sid) throw notFound(url);
      return ok(renderAccount(account, since()));
    },
    ...ownAccount(world, {
      "GET /Keys.json": (request) =>
        pageOfPaths(request, [...apiKeys.keys.values()], { key: "keys", render: renderKey }),
      "POST /Keys.json"({ form }) {
        const row = apiKeys.create(form.get("FriendlyName") ?? "");
        return created({ ...renderKey(row), secret: row.secret });
      },
      "GET /Keys/:sid.json": ({ params }) => ok(renderKey(apiKeys.key(String(params.sid)))),
      "POST /Keys/:sid.json"({ params, form }) {
        const row = apiKeys.key(String(params.sid));
        row.friendlyName = form.get("FriendlyName") ?? row.friendlyName;
        row.updatedAt = world.clock.now();
        return ok(renderKey(row));
      },
      "DELETE /Keys/:sid.json"({ params }) {
        apiKeys.keys.delete(apiKeys.key(String(params.sid)).sid);
        return noContent();
      },
    }),
  };
}
