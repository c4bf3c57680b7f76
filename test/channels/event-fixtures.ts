import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChannelEvent } from "../../src/channels/adapter";

/** An event in the bytes a platform sends, written by hand, and what it tells. */
export interface EventFixture {
  name: string;
  raw: string;
  event: unknown;
  /** As JSON has it: times as text. */
  tells: unknown;
}

/** `<name>.json` in a folder of `test/fixtures`, with `<name>.events.json` beside. */
export function eventFixtures(folder: string): EventFixture[] {
  const path = join("test/fixtures", folder);
  const read = (file: string) => readFileSync(join(path, file), "utf8");
  const names = readdirSync(path).filter((file) => file.endsWith(".json") && !file.endsWith(".events.json"));
  return names.map((file) => {
    const name = file.slice(0, -".json".length);
    const raw = read(file);
    return { name, raw, event: JSON.parse(raw), tells: JSON.parse(read(`${name}.events.json`)) };
  });
}

export const asJson = (events: readonly ChannelEvent[]): unknown => JSON.parse(JSON.stringify(events));
