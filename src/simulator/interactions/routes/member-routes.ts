import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import { ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { readMember } from "../read-request";
import { readInviteAnswer, readRouting } from "../read-routing";
import { interactionsWire } from "../wire";
import { CHANNEL, channelAt, HOST, within } from "./channel-at";

/** Who is in a channel, and who is asked to come: Participants and Invites. */
export function memberRoutes(world: World): Routes {
  const { interactions } = world;
  const wire = interactionsWire(world, interactions);
  return {
    [`GET ${CHANNEL}/Participants`](request) {
      const rows = interactions.participantsOf(channelAt(world, request.params).sid);
      return page(request, rows, { host: HOST, key: "participants", render: wire.participant });
    },
    [`POST ${CHANNEL}/Participants`]({ params, form }) {
      const { sid } = channelAt(world, params);
      return ok(wire.participant(interactions.addParticipant(sid, readMember(form))));
    },
    [`POST ${CHANNEL}/Participants/:participant`]({ params, form }) {
      const { sid: channelSid } = channelAt(world, params);
      const known = interactions.participants.get(String(params.participant));
      const row = within(known, "Interaction channel participant", { channelSid });
      const status = form.require("Status");
      if (status !== "closed" && status !== "wrapup") throw new ApiError(400, 20001, "Status must be closed or wrapup");
      interactions.updateParticipant(row.sid, status);
      return ok(wire.participant(row));
    },
    [`GET ${CHANNEL}/Invites`](request) {
      const rows = interactions.invitesOf(channelAt(world, request.params).sid);
      return page(request, rows, { host: HOST, key: "invites", render: wire.invite });
    },
    [`POST ${CHANNEL}/Invites`]({ params, form }) {
      const row = interactions.invite(channelAt(world, params).sid, readRouting(form.json("Routing")));
      return ok(wire.invite(row));
    },
    [`POST ${CHANNEL}/Invites/:invite`]({ params, json }) {
      const { sid: channelSid } = channelAt(world, params);
      const row = within(interactions.invites.get(String(params.invite)), "Interaction channel invite", { channelSid });
      const { action, reservationSid } = readInviteAnswer(json);
      return ok(wire.invite(interactions.answerInvite(row.sid, action, reservationSid)));
    },
  };
}
