import * as z from "zod/mini";
import { ApiError } from "../server/api-error";
import { created, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { requireInstance } from "./instance";
import { webhookRoutes } from "./webhook-routes";
import { flexWire } from "./wire";

const settings = z.record(z.string(), z.unknown());
const USER = "/v2/Instances/:instance/Users/:user";

/** What Flex serves besides the Interactions API. */
export function flexRoutes(world: World): Routes {
  const { configuration, users, startWebChat } = world.flex;
  const wire = flexWire(world);

  function userAt(params: Record<string, string>): string {
    requireInstance(world, params.instance);
    return users.user(String(params.user)).sid;
  }

  return {
    ...webhookRoutes(world),
    // `UiVersion` asks for the settings of another Flex UI; there is one here.
    "GET /v1/Configuration": () => ok(wire.configuration(configuration.row)),
    "POST /v1/Configuration"({ json }) {
      const read = settings.safeParse(json);
      if (!read.success) throw new ApiError(400, 20001, "The body must be a JSON object");
      return ok(wire.configuration(configuration.update(read.data)));
    },
    "POST /v2/WebChats"({ form }) {
      const chat = startWebChat({
        addressSid: form.require("AddressSid"),
        chatFriendlyName: form.get("ChatFriendlyName"),
        customerFriendlyName: form.get("CustomerFriendlyName"),
        preEngagementData: form.get("PreEngagementData"),
        identity: form.get("Identity"),
      });
      return created(wire.webChat(chat));
    },
    [`GET ${USER}`]: ({ params }) => ok(wire.user(users.user(userAt(params)))),
    [`POST ${USER}`]({ params, form }) {
      const sent = { email: form.get("Email"), locale: form.get("Locale"), userSid: form.get("UserSid") };
      const changes = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
      return ok(wire.user(users.update(userAt(params), changes)));
    },
  };
}
