import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import { created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { NO_AUTO_CREATION, readAutoCreation, readCountry, readFriendlyName, refuseAddress } from "../read-address";
import type { AddressConfigurationRow } from "../rows";
import { refuseEmptyUpdate } from "./conversation-routes";
import { HOST, wireFor } from "./place";

/** Address Configurations: https://www.twilio.com/docs/conversations-classic/api/address-configuration-resource */
export function addressRoutes(world: World): Routes {
  const { addresses } = world.conversations.store;
  const render = wireFor(world, { params: {} }).address;

  function find(sidOrAddress: string): AddressConfigurationRow {
    const row = addresses.get(sidOrAddress) ?? [...addresses.values()].find(({ address }) => address === sidOrAddress);
    if (!row) throw new ApiError(404, 20404, "Address Configuration not found");
    return row;
  }

  return {
    "POST /v1/Configuration/Addresses"({ form }) {
      const type = form.require("Type");
      const address = form.require("Address");
      refuseAddress(world, type, address);
      if ([...addresses.values()].some((row) => row.address === address)) {
        // Twilio refuses a second configuration of one address; which code it gives is unverified.
        throw new ApiError(409, 20409, "This address is configured already");
      }
      const now = world.clock.now();
      const row: AddressConfigurationRow = {
        sid: world.newSid("IG"),
        type,
        address,
        addressCountry: readCountry(form),
        friendlyName: readFriendlyName(form) ?? "",
        autoCreation: readAutoCreation(world, form, NO_AUTO_CREATION),
        createdAt: now,
        updatedAt: now,
      };
      addresses.set(row.sid, row);
      return created(render(row));
    },
    "GET /v1/Configuration/Addresses"(request) {
      const type = request.form.get("Type")?.toLowerCase();
      const rows = [...addresses.values()].filter((row) => !type || row.type.toLowerCase() === type);
      return page(request, rows, { host: HOST, key: "address_configurations", render, largest: 50 });
    },
    "GET /v1/Configuration/Addresses/:address": ({ params }) => ok(render(find(String(params.address)))),
    "POST /v1/Configuration/Addresses/:address"({ params, form }) {
      const row = find(String(params.address));
      refuseEmptyUpdate(form);
      const friendlyName = readFriendlyName(form) ?? row.friendlyName;
      const autoCreation = readAutoCreation(world, form, row.autoCreation);
      Object.assign(row, { friendlyName, autoCreation, updatedAt: world.clock.now() });
      return ok(render(row));
    },
    "DELETE /v1/Configuration/Addresses/:address"({ params }) {
      addresses.delete(find(String(params.address)).sid);
      return noContent();
    },
  };
}
