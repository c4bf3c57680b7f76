import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { conversationsNamed, type Store } from "./store";

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
export const LONGEST_ATTRIBUTES = 16 * 1024;
export const LONGEST_PARTICIPANT_ATTRIBUTES = 4 * 1024;

/** 50303 and 50304: https://www.twilio.com/docs/api/errors/50304 */
export function refuseAttributes(attributes: string | undefined, longest: number): void {
  if (attributes === undefined) return;
  if (Buffer.byteLength(attributes) > longest) throw new ApiError(400, 50303, "Attributes are too long");
  if (!isJson(attributes)) throw new ApiError(400, 50304, "Attributes are not valid JSON");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** 50003, 50004 and 50390: https://www.twilio.com/docs/api/errors/50390 */
export function refuseNames({ friendlyName, uniqueName }: { friendlyName?: string; uniqueName?: string }): void {
  if (friendlyName && friendlyName.length > 256) throw new ApiError(400, 50003, "Friendly name is too long");
  if (!uniqueName) return;
  if (uniqueName.length > 256) throw new ApiError(400, 50004, "Unique name is too long");
  if (/^CH[0-9a-f]{32}$/.test(uniqueName)) {
    throw new ApiError(400, 50390, "Unique name must not look like the SID of a Conversation");
  }
}

/** 50353, https://www.twilio.com/docs/api/errors/50353 */
export function refuseTakenName(world: World, store: Store, serviceSid: string, uniqueName: string): void {
  const taken = conversationsNamed(store, serviceSid, uniqueName).some(
    ({ state }) => state !== "closed" || world.switches.closedConversationKeepsUniqueName,
  );
  if (taken) throw new ApiError(409, 50353, "Conversation with provided unique name already exists");
}

/** 50341, https://www.twilio.com/docs/api/errors/50341, of SIDs that are none; that it says so of unknown ones, too, is unverified. */
export function refuseMessagingService({ messaging }: World, sid: string | undefined): void {
  if (sid && !messaging.store.services.has(sid)) throw new ApiError(400, 50341, "Invalid messaging service SID");
}
