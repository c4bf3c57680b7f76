import { addressRoutes } from "../conversations/routes/address-routes";
import { ApiError } from "../server/api-error";
import { Params } from "../server/params";
import { sidFor } from "../sids";
import type { World } from "../world";
import { SeedsError } from "./read-seeds";
import type { Seeds } from "./seeds-schema";

/** Puts what was given into a fresh account; the products hold the agents, queues, Workflows and senders themselves. */
export function plantSeeds(world: World, seeds: Seeds): void {
  const { conversations, content, sync, account, clock } = world;
  for (const name of seeds.conversationServices ?? []) conversations.services.create(name);
  for (const { attributes, ...user } of seeds.users ?? []) {
    const given = { ...user, ...(attributes ? { attributes: JSON.stringify(attributes) } : {}) };
    accepted(`users: ${user.identity}`, () =>
      conversations.users.create(account.chatServiceSid, given, { source: "API", webhooks: false }),
    );
  }
  for (const address of seeds.addresses ?? []) {
    accepted(`addresses: ${address.address}`, () => configureAddress(world, address));
  }
  for (const document of seeds.documents ?? []) sync.createDocument(document);
  for (const { name, ...template } of seeds.contentTemplates ?? []) {
    const dates = { createdAt: clock.now(), updatedAt: clock.now() };
    const sid = sidFor("HX", name);
    content.contents.set(sid, { sid, friendlyName: name, ...template, approval: null, ...dates });
  }
}

/** What Twilio would refuse is said with its place, as other mistakes are. */
function accepted(place: string, plant: () => unknown): void {
  try {
    plant();
  } catch (refusal) {
    throw refusal instanceof ApiError ? new SeedsError(`${place}: ${refusal.message}`) : refusal;
  }
}

/** By the operation Twilio has for it, so that it refuses what Twilio refuses. */
function configureAddress(
  world: World,
  { address, type, friendlyName, webhook }: NonNullable<Seeds["addresses"]>[number],
) {
  const form = new URLSearchParams({ Address: address, Type: type, FriendlyName: friendlyName ?? address });
  if (webhook) {
    form.set("AutoCreation.Enabled", "true");
    form.set("AutoCreation.Type", "webhook");
    form.set("AutoCreation.WebhookUrl", webhook.url);
    for (const filter of webhook.filters) form.append("AutoCreation.WebhookFilters", filter);
  }
  const url = "/v1/Configuration/Addresses";
  addressRoutes(world)[`POST ${url}`]?.({ params: {}, form: new Params(form), headers: {}, url });
}
