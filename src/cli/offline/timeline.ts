import { styleText } from "node:util";
import type { LogEntry, LogKind } from "../../simulator/event-log";

type Colour = Parameters<typeof styleText>[0];

const COLOURS: Record<LogKind, Colour> = {
  customer: "green",
  message: "green",
  conversation: "cyan",
  webhook: "blue",
  function: "magenta",
  output: "gray",
  rest: "gray",
  platform: "gray",
  execution: "yellow",
  widget: "yellow",
  interaction: "cyan",
  task: "cyan",
  reservation: "cyan",
  agent: "green",
  clock: "gray",
  contract: "red",
  fault: "red",
  warning: "red",
};

/** One line of the timeline: time, kind, what happened, how it went, whose it was. */
export function timelineLine(entry: LogEntry, colours = process.stdout.isTTY === true): string {
  const paint = (colour: Colour, text: string) => (colours ? styleText(colour, text) : text);
  const indent = entry.invocation && ["rest", "platform"].includes(entry.kind) ? "    " : "";
  const parts = [
    paint("gray", entry.at.slice(11, 23)),
    paint(COLOURS[entry.kind], entry.kind.padEnd(12)),
    indent + describe(entry),
    paint("gray", outcome(entry)),
  ];
  return parts.join(" ").trimEnd();
}

/** Set-up calls and the like say little to somebody who watches a customer's way. */
export function isWorthShowing({ kind, name, invocation, status }: LogEntry): boolean {
  if (kind === "rest") return invocation !== undefined || Number(status) >= 400;
  // Functions log every reply, which the timeline shows anyway: only what they warn of is news.
  return kind !== "output" || !name.includes('"level":"info"');
}

function describe({ kind, name, data = {} }: LogEntry): string {
  if (kind === "customer") return `${data.customer} ${name} “${data.body}”`;
  if (kind === "message") return `${name} by ${isFlow(data.author) ? "the Flow" : data.author}: “${data.body ?? ""}”`;
  if (kind === "conversation" && data.who) return `${name}: ${data.who}`;
  return name;
}

/** Studio writes under the Conversation's SID. */
function isFlow(author: unknown): boolean {
  return typeof author === "string" && /^CH[0-9a-f]{32}$/.test(author);
}

function outcome({ status, ms, conversationSid, taskSid }: LogEntry): string {
  const sid = conversationSid ?? taskSid;
  return [status, ms === undefined ? undefined : `${ms} ms`, sid && short(sid)]
    .filter((part) => part !== undefined)
    .join("  ");
}

/** Enough of a SID to tell two apart on a screen. */
function short(sid: string): string {
  return `${sid.slice(0, 8)}…`;
}
