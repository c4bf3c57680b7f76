import type { Logger } from "../runtime/log";

/** Who is turned away until an administrator says otherwise in Sync: nobody. */
export const defaultBlockList: readonly string[] = [];

/** A Sync Document holds 16 KB; a longer list belongs elsewhere. */
const MOST_ENTRIES = 500;

/**
 * An address (`+15550101234`, `whatsapp:+15550101234`) or identity as it stands on a customer's Message, or its beginning
 * with a star (`+1900*`): at least four characters, so that a slip of the keyboard does not turn everybody away.
 */
const ENTRY = /^[^\s*]{4,256}\*?$/;

/** The entries that can be used; the others are left out, and the log says how many. */
export function readBlockList(given: unknown, log: Logger): readonly string[] {
  if (given === undefined) return defaultBlockList;
  if (!Array.isArray(given)) {
    log.warn("block_list_malformed");
    return defaultBlockList;
  }
  const usable = given.filter((entry): entry is string => typeof entry === "string" && ENTRY.test(entry));
  const kept = usable.slice(0, MOST_ENTRIES);
  if (kept.length < given.length) log.warn("block_list_entries_ignored", { count: given.length - kept.length });
  return kept;
}

export function isOnBlockList(list: readonly string[], sender: string): boolean {
  return list.some((entry) => (entry.endsWith("*") ? sender.startsWith(entry.slice(0, -1)) : sender === entry));
}
