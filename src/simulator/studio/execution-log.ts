import type { EventLog } from "../event-log";
import type { ExecutionRow } from "./rows";

/** The log lines of one Execution. */
export function executionLog(log: EventLog, { sid, conversationSid }: ExecutionRow) {
  const about = { executionSid: sid, ...(conversationSid ? { conversationSid } : {}) };
  return {
    started: (data: Record<string, unknown>) => log.add({ kind: "execution", name: "started", ...about, data }),
    ended: (reason: string) => log.add({ kind: "execution", name: "ended", ...about, data: { reason } }),
    left: (widget: string, event: string, ms: number) =>
      log.add({ kind: "widget", name: `${widget} -> ${event}`, ms, ...about }),
    /** https://www.twilio.com/docs/api/errors */
    warn: (code: number, message: string, data: Record<string, unknown> = {}) =>
      log.add({ kind: "warning", name: `${code} ${message}`, ...about, data: { code, ...data } }),
    notSimulated: (what: string, data: Record<string, unknown> = {}) =>
      log.add({ kind: "warning", name: `not simulated: ${what}`, ...about, data }),
  };
}
