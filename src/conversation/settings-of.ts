import { isOnBlockList } from "../config/block-list";
import { loadSettings, SETTINGS_DOCUMENT, type Settings } from "../config/settings";
import { readDocument } from "../twilio/sync";
import type { Desk } from "./desk";

/** The settings in force for the account at this desk. */
export function settingsOf({ twilio, log, now }: Pick<Desk, "twilio" | "log" | "now">): Promise<Settings> {
  return loadSettings(async () => (await readDocument(twilio, SETTINGS_DOCUMENT))?.data, log, now());
}

/** Whether a sender, told by address or identity, is to be turned away. While the list cannot be read nobody is. */
export async function isBlocked(desk: Desk, sender: string): Promise<boolean> {
  return isOnBlockList((await settingsOf(desk)).blocked, sender);
}
