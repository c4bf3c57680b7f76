import type { ExecutionRow } from "./rows";

/** The Executions that are under way, by whom they serve: a Conversation, or a customer at one of our addresses. */
export interface ActiveExecutions {
  ofConversation(conversationSid: string): ExecutionRow | undefined;
  ofContact(contactAddress: string, channelAddress: string): ExecutionRow | undefined;
  note(execution: ExecutionRow): void;
  forget(execution: ExecutionRow): void;
}

export function createActiveExecutions(): ActiveExecutions {
  const byKey = new Map<string, ExecutionRow>();
  return {
    ofConversation: (conversationSid) => byKey.get(conversationSid),
    ofContact: (contactAddress, channelAddress) => byKey.get(pairKey(contactAddress, channelAddress)),
    note(execution) {
      for (const key of keysOf(execution)) byKey.set(key, execution);
    },
    forget(execution) {
      for (const key of keysOf(execution)) if (byKey.get(key) === execution) byKey.delete(key);
    },
  };
}

function keysOf({ conversationSid, contactAddress, channelAddress }: ExecutionRow): string[] {
  const pair = pairKey(contactAddress, channelAddress);
  return conversationSid ? [conversationSid, pair] : [pair];
}

const pairKey = (contactAddress: string, channelAddress: string) => JSON.stringify([contactAddress, channelAddress]);
