import { createHmac } from "node:crypto";
import type { Logger } from "../runtime/log";
import type { TwilioClient } from "../runtime/twilio-client";
import { createDocument } from "../twilio/sync";

/** A customer hears once a night that we are closed, not at every message or Conversation. */
const QUIET_SECONDS = 12 * 3_600;

interface NotifyDesk {
  twilio: TwilioClient;
  log: Logger;
  /** Keys the name of the mark, so that it tells nobody whose it is. */
  secret: string;
}

/**
 * Whether this customer is to be told now. The mark is a Document that Sync forgets by itself, so two Conversations at
 * once tell them once; without Sync they are told, since silence is worse.
 */
export async function isNoticeDue({ twilio, log, secret }: NotifyDesk, address: string): Promise<boolean> {
  const name = `notice.${createHmac("sha256", secret).update(address).digest("hex").slice(0, 40)}`;
  try {
    return (await createDocument(twilio, name, {}, QUIET_SECONDS)) !== undefined;
  } catch {
    log.warn("notice_unmarked");
    return true;
  }
}
