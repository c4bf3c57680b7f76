import type { World } from "../world";
import { createFlexConfiguration, type FlexConfiguration } from "./configuration";
import { createInteractionWebhooks, type InteractionWebhooks } from "./interaction-webhooks";
import { createFlexUsers, type FlexUsers } from "./users";
import { createWebChat, type NewWebChat, type WebChat } from "./web-chats";

/** The parts of Flex around its Interactions. */
export interface Flex {
  readonly webhooks: InteractionWebhooks;
  readonly configuration: FlexConfiguration;
  readonly users: FlexUsers;
  startWebChat(chat: NewWebChat): WebChat;
}

export function createFlex(world: World): Flex {
  return {
    webhooks: createInteractionWebhooks(world),
    configuration: createFlexConfiguration(world),
    users: createFlexUsers(world),
    startWebChat: (chat) => createWebChat(world, chat),
  };
}
