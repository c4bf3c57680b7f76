import type { MessageRow } from "../conversations/rows";

/** What Conversations asks of Studio, and what the levers read. */
export interface Studio {
  /** A scoped webhook with target `studio` delivers a Message: it starts an Execution, answers a waiting one, or is ignored (81002). */
  deliver(flowSid: string, message: MessageRow): void;
  hasFlow(flowSid: string): boolean;
}
