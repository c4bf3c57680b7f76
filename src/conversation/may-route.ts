import { type ConversationDocument, isAlive } from "./state";

/**
 * What somebody who wants to route may do: `claim` it, `settle` first whether a dead claim (or their own) made an
 * Interaction, or leave it to whoever has the customer. On a Conversation whose channel has closed nothing is routed.
 */
export function mayRoute(
  document: ConversationDocument,
  owner: string,
  now: Date,
): "claim" | "settle" | "open" | "busy" | "over" {
  switch (document.state) {
    case "flow":
    case "blocked":
      return "claim";
    case "routing":
      return isAlive(document, now) && document.owner !== owner ? "busy" : "settle";
    case "open":
    case "parked":
    case "left":
      return "open";
    case "closing":
    case "ended":
      return "over";
  }
}
