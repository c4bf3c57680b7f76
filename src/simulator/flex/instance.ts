import { ApiError } from "../server/api-error";
import type { World } from "../world";

/** An account has one Flex instance. */
export function requireInstance({ account }: World, sid: string | undefined): void {
  if (sid !== account.flexInstanceSid) throw new ApiError(404, 20404, "Flex instance not found");
}
