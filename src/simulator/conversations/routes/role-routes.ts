import { page } from "../../server/page";
import { type ApiRequest, created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { RoleRow } from "../rows";
import { usersWire } from "../user-wire";
import { HOST, inBothForms, placeOf } from "./place";

/** https://www.twilio.com/docs/conversations-classic/api/role-resource */
export function roleRoutes(world: World): Routes {
  const { roles } = world.conversations;
  const render = (request: ApiRequest) => usersWire(world.account, placeOf(world, request)).role;
  const find = (request: ApiRequest): RoleRow =>
    roles.find(placeOf(world, request).serviceSid, String(request.params.role));
  return inBothForms({
    "POST /v1/Roles"(request) {
      const { form } = request;
      const row = roles.create({
        serviceSid: placeOf(world, request).serviceSid,
        friendlyName: form.require("FriendlyName"),
        type: form.require("Type") as RoleRow["type"],
        permissions: form.all("Permission"),
      });
      return created(render(request)(row));
    },
    "GET /v1/Roles": (request) =>
      page(request, roles.list(placeOf(world, request).serviceSid), {
        host: HOST,
        key: "roles",
        render: render(request),
        largest: 50,
      }),
    "GET /v1/Roles/:role": (request) => ok(render(request)(find(request))),
    "POST /v1/Roles/:role"(request) {
      const row = find(request);
      roles.update(row, request.form.all("Permission"));
      return ok(render(request)(row));
    },
    "DELETE /v1/Roles/:role"(request) {
      roles.remove(find(request));
      return noContent();
    },
  });
}
