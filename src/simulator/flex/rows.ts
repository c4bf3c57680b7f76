import type { InteractionEvent } from "../interactions/events";

/** Calls somebody when something happens to Interactions: to all of them, or to those that name it. */
export interface InteractionWebhookRow {
  ttid: string;
  type: "global" | "interaction";
  url: string;
  method: "GET" | "POST";
  events: InteractionEvent["type"][];
  friendlyName: string | null;
}

/** The account's Flex settings, by their wire names: what is in them is Flex's own business. */
export interface FlexConfigurationRow {
  settings: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
}

/** What of a Flex user is not told by their Worker. */
export interface FlexUserRow {
  sid: string;
  workerSid: string;
  email: string;
  locale: string | null;
  userSid: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}
