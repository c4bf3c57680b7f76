import { page } from "../../server/page";
import { created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { findService } from "../store";
import { HOST, wireFor } from "./place";

/** https://www.twilio.com/docs/conversations-classic/api/service-resource */
export function serviceRoutes(world: World): Routes {
  const { conversations } = world;
  const { store } = conversations;
  const wire = wireFor(world, { params: {} });
  return {
    "POST /v1/Services": ({ form }) =>
      created(wire.service(conversations.services.create(form.require("FriendlyName")))),
    "GET /v1/Services": (request) =>
      page(request, [...store.services.values()], { host: HOST, key: "services", render: wire.service, largest: 100 }),
    "GET /v1/Services/:service": ({ params }) => ok(wire.service(findService(store, String(params.service)))),
    "DELETE /v1/Services/:service"({ params }) {
      conversations.services.remove(findService(store, String(params.service)));
      return noContent();
    },
  };
}
