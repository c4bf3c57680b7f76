import { page } from "../../server/page";
import type { Params } from "../../server/params";
import { type ApiRequest, created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { UserRow } from "../rows";
import { findService } from "../store";
import { usersWire } from "../user-wire";
import type { Telling, UserChange } from "../users";
import { refuseEmptyUpdate, webhooksEnabled } from "./conversation-routes";
import { HOST, inBothForms, placeOf } from "./place";

/** https://www.twilio.com/docs/conversations-classic/api/user-resource */
export function userRoutes(world: World): Routes {
  const { users, store } = world.conversations;
  const wire = (request: ApiRequest) => usersWire(world.account, placeOf(world, request));
  const find = (request: ApiRequest): UserRow => userAt(world, request);
  const render = (request: ApiRequest, row: UserRow) => wire(request).user(row, findService(store, row.serviceSid));
  return inBothForms({
    "POST /v1/Users"(request) {
      const { form } = request;
      const user = { identity: form.get("Identity") ?? "", ...changeIn(form) };
      return created(render(request, users.create(placeOf(world, request).serviceSid, user, telling(request))));
    },
    "GET /v1/Users"(request) {
      const rows = users.list(placeOf(world, request).serviceSid);
      return page(request, rows, { host: HOST, key: "users", render: wire(request).listedUser, largest: 50 });
    },
    "GET /v1/Users/:user": (request) => ok(render(request, find(request))),
    "POST /v1/Users/:user"(request) {
      const row = find(request);
      refuseEmptyUpdate(request.form);
      users.update(row, changeIn(request.form), telling(request));
      return ok(render(request, row));
    },
    "DELETE /v1/Users/:user"(request) {
      users.remove(find(request));
      return noContent();
    },
  });
}

/** The User in the path of a request, by SID or identity. */
export function userAt(world: World, request: ApiRequest): UserRow {
  return world.conversations.users.find(placeOf(world, request).serviceSid, String(request.params.user));
}

const telling = (request: ApiRequest): Telling => ({ source: "API", webhooks: webhooksEnabled(request) });

/** What a form says of a User. */
export function changeIn(form: Params): UserChange {
  const friendlyName = form.get("FriendlyName");
  const attributes = form.get("Attributes");
  const roleSid = form.get("RoleSid");
  return {
    ...(friendlyName === undefined ? {} : { friendlyName }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(roleSid === undefined ? {} : { roleSid }),
  };
}
