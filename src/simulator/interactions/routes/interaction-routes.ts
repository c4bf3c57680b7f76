import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import { type ApiReply, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { readInteraction } from "../read-request";
import { readRoutingStatus } from "../read-routing";
import { interactionsWire } from "../wire";
import { CHANNEL, channelAt, HOST } from "./channel-at";

/** https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions and its channels. */
export function interactionRoutes(world: World): Routes {
  const { interactions } = world;
  const wire = interactionsWire(world, interactions);
  return {
    "POST /v1/Interactions"({ form }): ApiReply {
      const request = readInteraction(form);
      const row = "channelSid" in request ? interactions.renew(request) : interactions.create(request);
      return { status: world.switches.interactionCreateStatus, body: wire.interaction(row) };
    },
    "GET /v1/Interactions/:interaction": ({ params }) =>
      ok(wire.interaction(interactions.interaction(String(params.interaction)))),
    "POST /v1/Interactions/:interaction"({ params, form }) {
      const row = interactions.update(String(params.interaction), form.get("WebhookTtid"));
      return ok({ ...wire.interaction(row), routing: null });
    },
    "GET /v1/Interactions/:interaction/Channels"(request) {
      const { channelSid } = interactions.interaction(String(request.params.interaction));
      const channel = interactions.channels.get(channelSid);
      return page(request, channel ? [channel] : [], { host: HOST, key: "channels", render: wire.channel });
    },
    [`GET ${CHANNEL}`]: ({ params }) => ok(wire.channel(channelAt(world, params))),
    [`POST ${CHANNEL}`]({ params, form }) {
      const row = channelAt(world, params);
      changeChannel(world, row.sid, form.require("Status"), readRoutingStatus(form.json("Routing")));
      return ok(wire.channel(row));
    },
  };
}

/** Documented are `closed` and `inactive`; Flex's own client also sends `pause` and `active`. */
function changeChannel(
  { interactions }: World,
  sid: string,
  status: string,
  routingStatus: "closed" | "wrapup" | undefined,
): void {
  switch (status) {
    case "active":
      interactions.resume(sid);
      return;
    case "inactive":
    case "pause":
      if (routingStatus !== "closed") {
        throw new ApiError(400, 20001, `Status ${status} needs Routing {"status":"closed"}`);
      }
      interactions.updateChannel(sid, status, "closed");
      return;
    case "closed":
      interactions.updateChannel(sid, status, routingStatus);
      return;
    default:
      throw new ApiError(400, 20001, "Status must be closed or inactive");
  }
}
