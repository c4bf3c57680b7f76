import type { ChannelView } from "./look";

/** How a channel stands, a line each, and what is wrong. */
export function printView({ channel, platform, flow, problems }: ChannelView): string {
  const { account, url, pending, lastError, lastErrorAt, events } = platform ?? {};
  const at = lastErrorAt ? ` (${lastErrorAt.toISOString()})` : "";
  const lines: [label: string, value: string | undefined][] = [
    ["Account", account],
    ["Webhook", platform && (url ?? "none")],
    ["Pending", pending?.toString()],
    ["Last error", lastError && lastError + at],
    ["Events", events?.join(", ")],
    ["Flow", flow ? `${flow.name ?? "unknown"} (${flow.sid})` : "none: agents answer at once"],
  ];
  return [
    channel,
    ...lines.flatMap(([label, value]) => (value === undefined ? [] : `  ${label.padEnd(11)} ${value}`)),
    ...problems,
  ].join("\n");
}
