import { ApiError } from "../server/api-error";
import { page } from "../server/page";
import { type ApiReply, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { readNewInteraction, readRouting, readRoutingStatus } from "./read-request";
import type { ChannelRow } from "./rows";
import { interactionsWire } from "./wire";

const HOST = "flex-api.twilio.com";
const CHANNEL = "/v1/Interactions/:interaction/Channels/:channel";

/** The Interactions API: https://www.twilio.com/docs/flex/developer/conversations/interactions-api */
export function interactionsRoutes(world: World): Routes {
  const { interactions } = world;
  const wire = interactionsWire(world, interactions);

  function channelAt(params: Record<string, string>): ChannelRow {
    const { sid } = interactions.interaction(String(params.interaction));
    const row = interactions.channel(String(params.channel));
    if (row.interactionSid !== sid) throw new ApiError(404, 20404, "Interaction channel not found");
    return row;
  }

  return {
    "POST /v1/Interactions"({ form }): ApiReply {
      const row = interactions.create(readNewInteraction(form));
      return { status: world.switches.interactionCreateStatus, body: wire.interaction(row) };
    },
    "GET /v1/Interactions/:interaction": ({ params }) =>
      ok(wire.interaction(interactions.interaction(String(params.interaction)))),
    "GET /v1/Interactions/:interaction/Channels"(request) {
      const { sid } = interactions.interaction(String(request.params.interaction));
      const rows = [...interactions.channels.values()].filter(({ interactionSid }) => interactionSid === sid);
      return page(request, rows, { host: HOST, key: "channels", render: wire.channel });
    },
    [`GET ${CHANNEL}`]: ({ params }) => ok(wire.channel(channelAt(params))),
    [`POST ${CHANNEL}`]({ params, form }) {
      const row = channelAt(params);
      const status = form.require("Status");
      if (status !== "closed" && status !== "inactive")
        throw new ApiError(400, 20001, "Status must be closed or inactive");
      const routingStatus = readRoutingStatus(form.json("Routing"));
      if (status === "inactive" && routingStatus !== "closed") {
        throw new ApiError(400, 20001, 'Status inactive needs Routing {"status":"closed"}');
      }
      interactions.updateChannel(row.sid, status, routingStatus);
      return ok(wire.channel(row));
    },
    [`GET ${CHANNEL}/Participants`](request) {
      const { sid } = channelAt(request.params);
      const rows = [...interactions.participants.values()].filter(({ channelSid }) => channelSid === sid);
      return page(request, rows, { host: HOST, key: "participants", render: wire.participant });
    },
    [`POST ${CHANNEL}/Participants/:participant`]({ params, form }) {
      const channel = channelAt(params);
      const row = interactions.participants.get(String(params.participant));
      if (row?.channelSid !== channel.sid) throw new ApiError(404, 20404, "Interaction channel participant not found");
      const status = form.require("Status");
      if (status !== "closed" && status !== "wrapup") throw new ApiError(400, 20001, "Status must be closed or wrapup");
      interactions.updateParticipant(row.sid, status);
      return ok(wire.participant(row));
    },
    [`GET ${CHANNEL}/Invites`](request) {
      const { sid } = channelAt(request.params);
      const rows = [...interactions.invites.values()].filter(({ channelSid }) => channelSid === sid);
      return page(request, rows, { host: HOST, key: "invites", render: wire.invite });
    },
    [`POST ${CHANNEL}/Invites`]({ params, form }) {
      const row = interactions.invite(channelAt(params).sid, readRouting(form.json("Routing")));
      return ok(wire.invite(row));
    },
  };
}
