import type { EventLog } from "../event-log";
import { levelOf, type StudioCode } from "./codes";
import type { ExecutionRow } from "./rows";

type Data = Record<string, unknown>;

/** The log lines of one Execution. */
export function executionLog(log: EventLog, { sid, conversationSid }: ExecutionRow) {
  const about = { executionSid: sid, ...(conversationSid ? { conversationSid } : {}) };
  const note = (name: string, data: Data = {}) => log.add({ kind: "warning", name, ...about, data });
  return {
    started: (data: Data) => log.add({ kind: "execution", name: "started", ...about, data }),
    ended: (reason: string) => log.add({ kind: "execution", name: "ended", ...about, data: { reason } }),
    left: (widget: string, event: string, ms: number) =>
      log.add({ kind: "widget", name: `${widget} -> ${event}`, ms, ...about }),
    warn: (code: StudioCode, message: string, data: Data = {}) =>
      note(`${code} ${message}`, { code, level: levelOf(code), ...data }),
    /** What goes wrong without a code of Twilio's. */
    note,
    notSimulated: (what: string, data?: Data) => note(`not simulated: ${what}`, data),
  };
}
