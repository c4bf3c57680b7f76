import { isDeepStrictEqual } from "node:util";
import * as z from "zod/mini";
import type { LogEntry } from "../event-log";
import { readings, type SwitchName } from "../switches";
import { createWorld, type Surroundings, type World } from "../world";
import { SnapshotError } from "./snapshot-error";
import { fromTagged, toTagged } from "./tagged-json";

const FORMAT = "Flex Conversations simulator: snapshot";
const VERSION = 1;

const anything = z.record(z.string(), z.unknown());
const snapshotSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Simulated time. */
  at: z.iso.datetime(),
  account: z.string(),
  seed: z.string(),
  seeds: anything,
  switches: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])),
  openFacts: z.array(z.string()),
  log: z.strictObject({ lastSeq: z.int(), entries: z.array(z.unknown()) }),
  /** By the names that products gave them, with what JSON has not in tags. */
  tables: anything,
});

/** A simulated world at rest, as a file holds it. */
export type Snapshot = z.output<typeof snapshotSchema>;

/** Of a world that has come to rest: what is under way is in no row. */
export function takeSnapshot({ account, seed, seeds, clock, log, positions, openFacts, memory }: World): Snapshot {
  const entries = log.entries.map((entry) => toTagged(entry, "log"));
  const tables = Object.entries(memory.tables()).map(([name, table]) => [name, toTagged(table, name)]);
  return {
    format: FORMAT,
    version: VERSION,
    at: clock.now().toISOString(),
    account: account.sid,
    seed,
    seeds,
    switches: { ...positions },
    openFacts: [...openFacts],
    log: { lastSeq: log.lastSeq(), entries },
    tables: Object.fromEntries(tables),
  };
}

/** Checks what comes from outside; throws SnapshotError. */
export function readSnapshot(input: unknown): Snapshot {
  const head = z.object({ format: z.literal(FORMAT), version: z.unknown() }).safeParse(input);
  if (!head.success) throw new SnapshotError("It is no snapshot: take one with `GET /simulator/snapshot` or `--save`.");
  if (head.data.version !== VERSION) {
    const theirs = String(head.data.version);
    throw new SnapshotError(
      `Its version is ${theirs}, and this simulator reads ${VERSION}: take it anew with this one.`,
    );
  }
  const read = snapshotSchema.safeParse(input);
  if (read.success) return read.data;
  const places = read.error.issues.map(({ path, message }) => `${path.join(".") || "the file"}: ${message}`);
  throw new SnapshotError(`It was changed by somebody (${places.join("; ")}): take it anew.`);
}

/**
 * The world as it was. Time is what it was too, and what comes later comes as much later as it would have: time went on
 * only while the world did.
 */
export function restoreWorld(surroundings: Surroundings, snapshot: Snapshot): World {
  refuseStranger(surroundings, snapshot);
  const switches = readPositions(snapshot.switches);
  const tables = Object.entries(snapshot.tables).map(([name, table]) => [name, fromTagged(table)]);
  const world = createWorld(surroundings);
  world.memory.putBack(Object.fromEntries(tables));
  const { clock, log, positions, openFacts } = surroundings;
  clock.clear();
  clock.set(Date.parse(snapshot.at));
  Object.assign(positions, switches);
  openFacts.clear();
  for (const name of snapshot.openFacts) if (isSwitch(name)) openFacts.add(name);
  log.restore(snapshot.log.entries.map(fromTagged) as LogEntry[], snapshot.log.lastSeq);
  world.memory.rebuild();
  return world;
}

/** Functions are configured with SIDs of the account and its seeds when they start: with others they would ask for what is not there. */
function refuseStranger({ account, seed, seeds }: Surroundings, snapshot: Snapshot): void {
  if (snapshot.account !== account.sid) {
    throw new SnapshotError(
      `It is of account ${snapshot.account}, and this one is ${account.sid}: its SIDs are others.`,
    );
  }
  if (snapshot.seed !== seed) {
    throw new SnapshotError(
      `It was made with the seed "${snapshot.seed}": start with that one, or SIDs would come twice.`,
    );
  }
  // The file has no keys without a value.
  if (!isDeepStrictEqual(snapshot.seeds, JSON.parse(JSON.stringify(seeds)))) {
    throw new SnapshotError(
      "It was made with other seeds, whose SIDs the Functions were started with: start with the same --seeds, or take it anew.",
    );
  }
}

function readPositions(switches: Snapshot["switches"]): Snapshot["switches"] {
  const fits = (name: string) => isSwitch(name) && readings[name].some((reading) => reading === switches[name]);
  const odd = [...new Set([...Object.keys(readings), ...Object.keys(switches)])].filter((name) => !fits(name));
  if (odd.length === 0) return switches;
  throw new SnapshotError(
    `It has other switches (${odd.join(", ")}): another version wrote it. Take it anew with this one.`,
  );
}

const isSwitch = (name: string): name is SwitchName => Object.hasOwn(readings, name);
