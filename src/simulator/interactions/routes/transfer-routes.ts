import { requireInstance } from "../../flex/instance";
import { type ApiRequest, created, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { readTransfer, readTransferChanges } from "../read-request";
import type { TransferRow } from "../rows";
import { interactionsWire } from "../wire";
import { CHANNEL, channelAt, within } from "./channel-at";

/** Twilio documents the first; Flex's own client posts to the second. */
const TRANSFERS = [`${CHANNEL}/Transfers`, `/v1/Instances/:instance${CHANNEL.slice("/v1".length)}/Transfers`];

export function transferRoutes(world: World): Routes {
  const { interactions } = world;
  const wire = interactionsWire(world, interactions);

  function channelOf({ params }: ApiRequest): string {
    if (params.instance) requireInstance(world, params.instance);
    return channelAt(world, params).sid;
  }

  function at(request: ApiRequest): TransferRow {
    const channelSid = channelOf(request);
    return within(interactions.transfers.get(String(request.params.transfer)), "Transfer", { channelSid });
  }

  const routes = TRANSFERS.map(
    (path): Routes => ({
      [`POST ${path}`]: (request) =>
        created(wire.transfer(interactions.transfer(channelOf(request), readTransfer(request.json)))),
      [`GET ${path}/:transfer`]: (request) => ok(wire.transfer(at(request))),
      [`POST ${path}/:transfer`](request) {
        const changes = readTransferChanges(request.json);
        return ok(wire.transfer(interactions.updateTransfer(at(request).sid, changes)));
      },
    }),
  );
  return Object.assign({}, ...routes) as Routes;
}
