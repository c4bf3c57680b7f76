import { isDeepStrictEqual } from "node:util";
import type { LogEntry } from "../event-log";
import type { Switches, SwitchName } from "../switches";
import type { World } from "../world";
import { copyRows } from "./copy-rows";

/** What made a fresh account ready left in it, to be put into the next one in place of making it ready again. */
export interface Preparation {
  at: number;
  positions: Switches;
  openFacts: ReadonlySet<SwitchName>;
  entries: readonly LogEntry[];
  tables: unknown;
}

/** Of a world that has come to rest, and was prepared since that entry of the log. */
export function keepPreparation(world: World, since: number): Preparation {
  const { clock, positions, openFacts, log, memory } = world;
  return {
    at: clock.ms(),
    positions: { ...positions },
    openFacts: new Set(openFacts),
    entries: copyRows(log.entries.filter(({ seq }) => seq > since)) as LogEntry[],
    tables: copyRows(memory.tables()),
  };
}

/** Under other switches the account might have become another. */
export function fitsTo({ positions }: World, preparation: Preparation): boolean {
  return isDeepStrictEqual({ ...positions }, preparation.positions);
}

/** What was done to the account is told, and dated, as if it were done now. */
export function repeatPreparation({ clock, openFacts, log, memory }: World, done: Preparation): void {
  memory.putBack(copyRows(done.tables, clock.ms() - done.at) as Record<string, unknown>);
  memory.rebuild();
  for (const fact of done.openFacts) openFacts.add(fact);
  for (const { seq: _, at: __, ...entry } of done.entries) log.add(copyRows(entry) as LogEntry);
}
