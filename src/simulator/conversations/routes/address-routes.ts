import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import type { Params } from "../../server/params";
import { created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { AddressConfigurationRow } from "../rows";
import { hookOf, refuseIncomplete } from "../scoped-webhooks";
import { HOST, wireFor } from "./place";

type AutoCreation = AddressConfigurationRow["autoCreation"];

const NO_AUTO_CREATION: AutoCreation = {
  enabled: false,
  type: "default",
  conversationServiceSid: null,
  webhookUrl: null,
  webhookMethod: "POST",
  webhookFilters: [],
  studioFlowSid: null,
  studioRetryCount: 0,
};

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
      const address = form.require("Address");
      if ([...addresses.values()].some((row) => row.address === address)) {
        // Twilio refuses a second configuration of one address; which code it gives is unverified.
        throw new ApiError(409, 20409, "This address is configured already");
      }
      const now = world.clock.now();
      const row: AddressConfigurationRow = {
        sid: world.newSid("IG"),
        type: form.require("Type"),
        address,
        friendlyName: form.get("FriendlyName") ?? "",
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
      row.autoCreation = readAutoCreation(world, form, row.autoCreation);
      row.friendlyName = form.get("FriendlyName") ?? row.friendlyName;
      row.updatedAt = world.clock.now();
      return ok(render(row));
    },
    "DELETE /v1/Configuration/Addresses/:address"({ params }) {
      addresses.delete(find(String(params.address)).sid);
      return noContent();
    },
  };
}

function readAutoCreation(world: World, form: Params, before: AutoCreation): AutoCreation {
  const filters = form.all("AutoCreation.WebhookFilters");
  const autoCreation: AutoCreation = {
    enabled: form.bool("AutoCreation.Enabled") ?? before.enabled,
    type: (form.get("AutoCreation.Type") as AutoCreation["type"] | undefined) ?? before.type,
    conversationServiceSid: form.get("AutoCreation.ConversationServiceSid") ?? before.conversationServiceSid,
    webhookUrl: form.get("AutoCreation.WebhookUrl") ?? before.webhookUrl,
    webhookMethod: form.get("AutoCreation.WebhookMethod")?.toUpperCase() ?? before.webhookMethod,
    webhookFilters: filters.length > 0 ? filters : before.webhookFilters,
    studioFlowSid: form.get("AutoCreation.StudioFlowSid") ?? before.studioFlowSid,
    studioRetryCount: form.int("AutoCreation.StudioRetryCount") ?? before.studioRetryCount,
  };
  const hook = autoCreation.enabled && hookOf(autoCreation);
  // That Twilio refuses a webhook here with the codes it has for Conversations is unverified.
  if (hook) refuseIncomplete(world, hook);
  return autoCreation;
}
