import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Whether Twilio's tools noted in `.twiliodeployinfo` that they deployed to this service from here. */
export function isRemembered(root: string, accountSid: string, serviceSid: string): boolean {
  const file = join(root, ".twiliodeployinfo");
  if (!existsSync(file)) return false;
  try {
    const notes: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Object.entries(Object(notes)).some(
      ([account, note]) => account.split(":")[0] === accountSid && Object(note).serviceSid === serviceSid,
    );
  } catch {
    return false;
  }
}
