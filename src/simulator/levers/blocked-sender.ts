import type { ConversationView } from "./conversation-view";
import type { Verdict } from "./who-is-responsible";

/** Nobody is to have a sender whom an administrator has put on the block list, unless somebody has them already. */
export function blockedVerdict({ world, customerMessages, openTasks }: ConversationView): Verdict | undefined {
  if (openTasks.length > 0 || customerMessages.length === 0) return undefined;
  const settings = [...world.sync.documents.values()].find(({ uniqueName }) => uniqueName === "settings");
  const listed = Array.isArray(settings?.data.blocked) ? settings.data.blocked.map(String) : [];
  const isListed = (author: string) =>
    listed.some((entry) => author === entry || (entry.endsWith("*") && author.startsWith(entry.slice(0, -1))));
  if (!customerMessages.every(({ author }) => isListed(author))) return undefined;
  return { who: "blocked", detail: "the sender is on the block list of the settings" };
}
